import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { FieldAccess } from '../../../shared/contract/account/profile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { createHostWithAccount } from '../../testing/host-with-account.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { useToasts } from '../../ui/feedback/use-toasts.ts';
import { settle } from '../../testing/waiting.ts';
import DeviceList from './DeviceList.vue';

describe('R4 devices of a service that asks for no name', () => {
  it('have one here, also where something is done with them', () => {
    const devices = [
      { id: 'd1', name: '', createdAt: null },
      { id: 'd2', name: 'Phone', createdAt: null },
    ];
    const act = '<template #act="{ device }">Remove {{ device.name }}.</template>';
    const text = mount(DeviceList, { props: { title: 'Devices', devices }, slots: { act } }).text();
    expect(text).toMatch(/Device without a name *Remove Device without a name\. *Phone *Remove Phone\./);
  });

  it('say nothing of a day or a use that the service does not tell', () => {
    const devices = [{ id: 'd1', name: 'Phone', createdAt: null }];
    expect(mount(DeviceList, { props: { title: 'Devices', devices } }).text()).not.toMatch(/Added|used/);
  });
});

describe('R4 another name for a device', () => {
  async function setUp(access: FieldAccess = { kind: 'editable' }) {
    const host = await createHostWithAccount();
    const [account] = host.services.accounts.accounts;
    host.services.security.turnOn();
    const { devices } = host.services.security;
    return mountWithHost(DeviceList, { title: 'Devices', devices, rename: { account, access } }, host);
  }
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);
  const edit = async (name: string) => {
    find('li button')!.click();
    await expect.poll(() => find('li input')).not.toBeNull();
    const input = find('li input') as HTMLInputElement;
    input.value = name;
    input.dispatchEvent(new Event('input'));
    find('li form')!.dispatchEvent(new Event('submit'));
    await settle();
  };
  const names = (asked: readonly { channel: string; input: unknown }[]) =>
    asked.flatMap(({ channel, input }) => (channel === 'mfa.renameDevice' ? (input as { name: string }).name : []));

  it('is sent, and can be taken back', async () => {
    const { services, pinia } = await setUp();
    const toasts = useToasts(pinia);
    await edit('  Blue phone ');
    expect(names(services.asked)).toEqual(['Blue phone']);
    await expect.poll(() => find('li input')).toBeNull();
    expect(document.activeElement?.textContent).toContain('Rename Phone');
    const [toast] = toasts.toasts;
    expect(toast!.title).toBe('Now called “Blue phone”');
    toasts.undo(toast!);
    await settle();
    expect(names(services.asked)).toEqual(['Blue phone', 'Phone']);
  });

  it('that another one has is told at the field, and can be typed again', async () => {
    const { services } = await setUp();
    const fields = { name: { code: 'duplicate' } } as const;
    services.faults.set('mfa.renameDevice', new AppError('invalid-request', { fields }));
    await edit('Tablet');
    expect(find('li form')!.textContent).toContain('This is in the list already');
    const input = find('li input') as HTMLInputElement;
    input.value = 'x'.repeat(201);
    input.dispatchEvent(new Event('input'));
    find('li form')!.dispatchEvent(new Event('submit'));
    await settle();
    expect(find('li form')!.textContent).toContain('200 characters at most');
    expect(names(services.asked)).toEqual(['Tablet']);
  });

  it('X6 is locked with the role that is missing, and has no button where the service names none', async () => {
    await setUp({ kind: 'needs-permission', permission: 'manage-account' });
    expect(find('li button')!.getAttribute('aria-disabled')).toBe('true');
    expect(document.body.textContent).toContain('manage-account');
    const devices = [{ id: 'd1', name: 'Phone', createdAt: null }];
    expect(
      mount(DeviceList, { props: { title: 'Devices', devices } })
        .find('button')
        .exists(),
    ).toBe(false);
  });
});
