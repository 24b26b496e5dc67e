import { describe, expect, it } from 'vitest';
import { keyUsages } from '../../../../shared/contract/keys/ssh-keys.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import KeyUsageField from './KeyUsageField.vue';

describe('E11 R6 what new keys are for', () => {
  it('is asked for only where the service tells usages apart', async () => {
    const { wrapper, services } = mountWithHost(KeyUsageField, { id: 'usage' });
    const { id } = services.addAccount();
    const store = useSshKeysStore();
    await store.open(id);
    expect(wrapper.find('select').exists()).toBe(false);
    services.sshKeys.head = { ...services.sshKeys.head, usages: [...keyUsages] };
    await store.refresh();
    await settle();
    expect(wrapper.findAll('option').map((each) => each.text())).toEqual([
      'Signing in',
      'Signing',
      'Signing in and signing',
    ]);
    await wrapper.find('select').setValue('both');
    expect(store.usage).toBe('both');
  });
});
