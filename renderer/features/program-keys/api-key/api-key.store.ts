import { defineStore } from 'pinia';
import type { MadeApiKey } from '../../../../shared/contract/keys/api-key.ts';
import type { KeyTest } from '../../../../shared/contract/keys/keys.ts';
import { createKeysReading } from '../../../account/keys-reading.ts';
import { useHost } from '../../../host/host.ts';
import type { NewKey } from '../NewKeyDialog.vue';

/** The API key of the account that is shown (W7, E7), never the key itself: that lives where it is shown. */
export const useApiKeyStore = defineStore('api-key', () => {
  const host = useHost();
  const reading = createKeysReading(host, 'apiKey.changed', (accountId, from) =>
    host.calls.apiKey.get({ accountId, from }),
  );
  const here = () => ({ accountId: reading.accountId.value });

  function take({ snapshot, newApiKey }: MadeApiKey): string | null {
    reading.apply(snapshot);
    return newApiKey;
  }

  /** The provider saw it used just now; the page says so too. */
  function tested(result: KeyTest): KeyTest {
    if (result.isAccepted) void reading.refresh();
    return result;
  }

  return {
    ...reading,
    /** Takes over the answer; gives the key, null if it got lost. */
    take,
    generate: async (key: NewKey) => take(await host.calls.apiKey.generate({ ...here(), ...key })),
    remove: async () => reading.apply(await host.calls.apiKey.remove(here())),
    /** `at` is the account that it belongs to. */
    setOwnEnd: async (ownEnd: string | null, at = reading.accountId.value) =>
      reading.apply(await host.calls.apiKey.setOwnEnd({ accountId: at, ownEnd })),
    resume: async () => (await host.calls.apiKey.resume(here())).newApiKey,
    reveal: async () => (await host.calls.apiKey.reveal(here())).apiKey,
    copy: () => host.calls.apiKey.copy(here()),
    save: () => host.calls.apiKey.save(here()),
    test: async () => tested(await host.calls.apiKey.test(here())),
    finish: () => host.calls.apiKey.finish(here()),
  };
});
