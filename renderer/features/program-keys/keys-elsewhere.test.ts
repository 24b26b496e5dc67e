import { describe, expect, it } from 'vitest';
import { createHostWithAccount } from '../../testing/host-with-account.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import KeysElsewhere from './KeysElsewhere.vue';

describe('R1 keys of programs that a page of the service shows', () => {
  it.each([
    ['E7 an API key', 'apiKey.generate', 'programs that use that one fail until they have it', 'See your API key at'],
    ['R5 R6 access tokens', 'accessKeys.create', 'You see, make and delete them there', 'Make a token at'],
  ] as const)('%s: says what is there, and opens the page', async (_what, operation, words, label) => {
    const testHost = await createHostWithAccount();
    const account = testHost.services.accounts.accounts[0]!;
    mountWithHost(KeysElsewhere, { account, operation, page: 'app.elastic.io' }, testHost);
    // Loaded late.
    await expect.poll(() => document.querySelector('button')).not.toBeNull();
    expect(document.body.textContent).toContain(words);
    const button = document.querySelector('button')!;
    expect(button.textContent).toContain(`${label} app.elastic.io`);
    button.click();
    await settle();
    expect(testHost.services.asked.filter(({ channel }) => channel === 'handOff.begin')).toMatchObject([
      { input: { operation } },
    ]);
  });
});
