import { describe, expect, it } from 'vitest';
import { createHostWithAccount } from '../../testing/host-with-account.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import SessionsElsewhere from './SessionsElsewhere.vue';

describe('R1 E8 sessions that a page of the service shows', () => {
  it('says whose page it is, and opens it', async () => {
    const testHost = await createHostWithAccount();
    const account = testHost.services.accounts.accounts[0]!;
    mountWithHost(SessionsElsewhere, { account, page: 'gitlab.example' }, testHost);
    // Loaded late.
    await expect.poll(() => document.querySelector('button')).not.toBeNull();
    expect(document.body.textContent).toContain(`${account.providerName} shows your sessions on its own page`);
    const button = document.querySelector('button')!;
    expect(button.textContent).toContain('See sessions at gitlab.example');
    button.click();
    await settle();
    expect(testHost.services.asked.filter(({ channel }) => channel === 'handOff.begin')).toMatchObject([
      { input: { operation: 'sessions.close' } },
    ]);
  });
});
