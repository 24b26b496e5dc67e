import { describe, expect, it, vi } from 'vitest';
import { createHostWithAccount } from '../../../testing/host-with-account.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import ApiKeyElsewhere from './ApiKeyElsewhere.vue';

describe('R1 E7 an API key that a page of the service shows', () => {
  it('says what a new one does, and opens the page', async () => {
    const testHost = await createHostWithAccount();
    const account = testHost.services.accounts.accounts[0]!;
    mountWithHost(ApiKeyElsewhere, { account, page: 'app.elastic.io' }, testHost);
    // Loaded late.
    await vi.waitFor(() => expect(document.querySelector('button')).not.toBeNull(), 20_000);
    expect(document.body.textContent).toContain('programs that use that one fail until they have it');
    const button = document.querySelector('button')!;
    expect(button.textContent).toContain('See your API key at app.elastic.io');
    button.click();
    await settle();
    expect(testHost.services.asked.filter(({ channel }) => channel === 'handOff.begin')).toMatchObject([
      { input: { operation: 'apiKey.generate' } },
    ]);
  });
});
