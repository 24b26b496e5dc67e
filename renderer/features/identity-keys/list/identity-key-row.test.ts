import { describe, expect, it } from 'vitest';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { sampleIdentityKey } from '../../../testing/sample-identity-keys.ts';
import IdentityKeyRow from './IdentityKeyRow.vue';

describe('E11 X13 a key where it is narrow', () => {
  it('has a word for each of its signs, read out once', () => {
    const identityKey = sampleIdentityKey({ verifiedAt: '2026-02-01T08:15:00.000Z', isInAgent: true });
    const { wrapper } = mountWithHost(IdentityKeyRow, { identityKey, now: Date.now(), isActive: true });
    expect(wrapper.find('span[aria-hidden=true]').text()).toBe('ssh-ed25519 · Verified · In the agent');
  });

  it('has none where there is nothing special', () => {
    const identityKey = sampleIdentityKey();
    const { wrapper } = mountWithHost(IdentityKeyRow, { identityKey, now: Date.now(), isActive: true });
    expect(wrapper.find('span[aria-hidden=true]').text()).toBe('ssh-ed25519');
  });
});
