import { describe, expect, it } from 'vitest';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { sampleSshKey } from '../../../testing/sample-ssh-keys.ts';
import SshKeyRow from './SshKeyRow.vue';

describe('E11 X13 a key where it is narrow', () => {
  it('has a word for each of its signs, read out once', () => {
    const sshKey = sampleSshKey({ verifiedAt: '2026-02-01T08:15:00.000Z', isInAgent: true });
    const { wrapper } = mountWithHost(SshKeyRow, { sshKey, now: Date.now(), isActive: true });
    expect(wrapper.find('span[aria-hidden=true]').text()).toBe('ssh-ed25519 · Verified · In the agent');
  });

  it.each([
    ['signing', 'ssh-ed25519 · Signing'],
    ['both', 'ssh-ed25519 · Signing in and signing'],
    ['authentication', 'ssh-ed25519'],
  ] as const)('R6 says of one for %s what it is for: %s', (usage, words) => {
    const { wrapper } = mountWithHost(SshKeyRow, { sshKey: sampleSshKey({ usage }), now: Date.now(), isActive: true });
    expect(wrapper.find('span[aria-hidden=true]').text()).toBe(words);
  });

  it.each([
    [5, 'ssh-ed25519 · Expires in 5 days'],
    [-1, 'ssh-ed25519 · Expired'],
    [60, 'ssh-ed25519'],
  ])('R7 says that one ends in %i days, once that is near', (days, words) => {
    const expiresAt = new Date(Date.now() + days * 86_400_000).toISOString();
    const sshKey = sampleSshKey({ expiresAt });
    const { wrapper } = mountWithHost(SshKeyRow, { sshKey, now: Date.now(), isActive: true });
    expect(wrapper.find('span[aria-hidden=true]').text()).toBe(words);
  });

  it('has none where there is nothing special', () => {
    const sshKey = sampleSshKey();
    const { wrapper } = mountWithHost(SshKeyRow, { sshKey, now: Date.now(), isActive: true });
    expect(wrapper.find('span[aria-hidden=true]').text()).toBe('ssh-ed25519');
  });
});
