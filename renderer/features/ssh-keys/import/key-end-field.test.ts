import { describe, expect, it } from 'vitest';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import { useImportActs } from './use-import-acts.ts';
import KeyEndField from './KeyEndField.vue';

describe('E11 R7 until when new keys work', () => {
  it('is asked for only where keys can have an end, and goes along with a new one', async () => {
    const { wrapper, services } = mountWithHost(KeyEndField, { id: 'end' });
    const { id } = services.addAccount();
    const store = useSshKeysStore();
    await store.open(id);
    expect(wrapper.find('input').exists()).toBe(false);
    store.lastDayOfNew = '2099-05-01';
    expect(store.endOfNew, 'of a service that knows none').toBeUndefined();
    services.sshKeys.head = { ...services.sshKeys.head, canExpire: true };
    await store.refresh();
    await settle();
    expect(wrapper.find('input').element.value).toBe('2099-05-01');
    await store.addPublic('Laptop', 'ssh-ed25519 AAAA');
    const asked = services.asked.find(({ channel }) => channel === 'sshKeys.addPublic');
    expect(asked?.input).toMatchObject({ expiresAt: new Date('2099-05-01T23:59:59').toISOString() });
  });

  it('says what is wrong with a day once it is left, and adds nothing until that is mended', async () => {
    const { wrapper, services } = mountWithHost(KeyEndField, { id: 'end' });
    services.sshKeys.head = { ...services.sshKeys.head, canExpire: true };
    const store = useSshKeysStore();
    await store.open(services.addAccount().id);
    await settle();
    const { lock } = useImportActs();
    await wrapper.find('input').setValue('2020-01-01');
    expect([wrapper.text().includes('still to come'), lock.value]).toEqual([
      false,
      'Choose a day that is still to come.',
    ]);
    await wrapper.find('input').trigger('focusout');
    expect(wrapper.text()).toContain('Choose a day that is still to come.');
    await wrapper.find('input').setValue('');
    expect(lock.value).toBeUndefined();
    Object.defineProperty(wrapper.find('input').element, 'validity', { value: { badInput: true } });
    await wrapper.find('input').trigger('focusout');
    expect([wrapper.text().includes('Give day, month and year.'), lock.value]).toEqual([
      true,
      'Give day, month and year.',
    ]);
    wrapper.unmount();
    expect(lock.value, 'gone with what was half typed').toBeUndefined();
  });

  it('is empty again for another account', async () => {
    const { services } = mountWithHost(KeyEndField, { id: 'end' });
    const store = useSshKeysStore();
    await store.open(services.addAccount().id);
    store.lastDayOfNew = '2099-05-01';
    await store.open(services.addAccount().id);
    expect(store.lastDayOfNew).toBe('');
  });
});
