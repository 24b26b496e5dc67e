import { describe, expect, it } from 'vitest';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import KeysList from './KeysList.vue';

function setUp(generateLock: string | undefined) {
  const testHost = createTestHost();
  const { id } = testHost.services.addAccount();
  const props = {
    snapshot: testHost.services.keys.accessKeysOf(id),
    now: Date.now(),
    isEditing: false,
    busy: new Set<string>(),
    replacedId: null,
    canReplace: true,
    generateLock,
  };
  const { wrapper } = mountWithHost(KeysList, props, testHost);
  return { wrapper, button: () => wrapper.find('button') };
}

describe('C7 no access key yet', () => {
  it('the first one is made from where it is missed', async () => {
    const { wrapper, button } = setUp(undefined);
    await button().trigger('click');
    expect(wrapper.emitted('generate')).toHaveLength(1);
  });

  it('X6 or it is said why it cannot be', async () => {
    const { wrapper, button } = setUp('To change this, your account needs the permission “Access Key Create”.');
    await button().trigger('click');
    expect(wrapper.emitted('generate')).toBeUndefined();
    expect(wrapper.text()).toContain('Access Key Create');
  });
});
