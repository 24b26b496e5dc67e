import { describe, expect, it } from 'vitest';
import { createHostWithAccount } from '../../../testing/host-with-account.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { sampleSshKey } from '../../../testing/sample-ssh-keys.ts';
import { settle } from '../../../testing/waiting.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import KeyTitle from './KeyTitle.vue';

async function setUp(canRename: boolean) {
  const testHost = await createHostWithAccount();
  const { services } = testHost;
  const sshKey = services.sshKeys.addKey({ title: 'Laptop' });
  await useSshKeysStore(testHost.pinia).open('c1');
  const { wrapper } = mountWithHost(
    KeyTitle,
    { sshKey, lock: undefined, canRename, canReplace: !canRename, provider: 'Git' },
    testHost,
  );
  await wrapper.get('button').trigger('click');
  const saveAs = async (title: string) => {
    await wrapper.get('input').setValue(title);
    await wrapper.get('form').trigger('submit');
    await settle();
  };
  return { wrapper, services, saveAs };
}

describe('E11 R5 the title of a key', () => {
  it('is changed in its place where the service renames', async () => {
    const { wrapper, services, saveAs } = await setUp(true);
    expect(wrapper.text()).not.toContain('removed');
    await saveAs('Desk');
    expect(services.sshKeys.keys).toMatchObject([{ id: 'ik1', title: 'Desk' }]);
  });

  it('stays where neither is possible', () => {
    const props = { sshKey: sampleSshKey(), lock: undefined, canRename: false, canReplace: false, provider: 'Git' };
    expect(mountWithHost(KeyTitle, props).wrapper.findAll('button')).toHaveLength(0);
  });

  it('makes it another key elsewhere, which is said before', async () => {
    const { wrapper, services, saveAs } = await setUp(false);
    expect(wrapper.text()).toContain('Git renames no key: it is removed and added again');
    await saveAs('Laptop');
    expect(
      services.asked.some(({ channel }) => channel === 'sshKeys.replace'),
      'nothing to do',
    ).toBe(false);
    await wrapper.get('button').trigger('click');
    await saveAs('Desk');
    expect(services.sshKeys.keys).toMatchObject([{ id: 'ik1+', title: 'Desk' }]);
  });
});
