import { defineStore } from 'pinia';
import type { MadeApiKey } from '../../../../shared/contract/keys/api-key.ts';
import type { KeyTest } from '../../../../shared/contract/keys/keys.ts';
import { useIsStale, useKeysLock } from '../../../account/resource-state.ts';
import { useHost } from '../../../host/host.ts';
import { createResource } from '../../../lib/resource/resource.ts';
import type { NewKey } from '../NewKeyDialog.vue';

/** The API key of the account that is shown (W7, E7), never the key itself: that lives where it is shown. */
export const useApiKeyStore = defineStore('api-key', () => {
  const host = useHost();
  const { apiKey } = host.calls;
  const resource = createResource(host, 'apiKey.changed', {
    read: (id, from) => apiKey.get({ accountId: id, from }),
    hasCache: true,
  });
  const { accountId, snapshot, isRefreshing, loadError, apply, refresh, open } = resource;
  const account = () => ({ accountId: accountId.value });

  /** Shows what a call has answered; gives the key, null if it got lost. */
  function applyMade({ snapshot: next, newApiKey }: MadeApiKey): string | null {
    apply(next);
    return newApiKey;
  }

  async function generate(key: NewKey): Promise<string | null> {
    return applyMade(await apiKey.generate({ ...account(), ...key }));
  }

  async function remove(): Promise<void> {
    apply(await apiKey.remove(account()));
  }

  /** `at` is the account that it belongs to. */
  async function setOwnEnd(ownEnd: string | null, at = accountId.value): Promise<void> {
    apply(await apiKey.setOwnEnd({ accountId: at, ownEnd }));
  }

  async function test(): Promise<KeyTest> {
    const result = await apiKey.test(account());
    // The provider saw it used just now; the page says so too.
    if (result.isAccepted) void refresh();
    return result;
  }

  return {
    accountId,
    snapshot,
    isRefreshing,
    loadError,
    isStale: useIsStale(resource),
    lock: useKeysLock(resource),
    open,
    refresh,
    applyMade,
    generate,
    remove,
    setOwnEnd,
    test,
    resume: async () => (await apiKey.resume(account())).newApiKey,
    reveal: async () => (await apiKey.reveal(account())).apiKey,
    copy: () => apiKey.copy(account()),
    save: () => apiKey.save(account()),
    finish: () => apiKey.finish(account()),
  };
});
