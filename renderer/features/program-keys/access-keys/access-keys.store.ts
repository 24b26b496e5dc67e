import { defineStore } from 'pinia';
import type { MadeAccessKey, NewAccessKey } from '../../../../shared/contract/keys/access-keys.ts';
import type { KeyTest } from '../../../../shared/contract/keys/keys.ts';
import { useIsStale, useKeysLock } from '../../../account/resource-state.ts';
import { useHost } from '../../../host/host.ts';
import { createResource } from '../../../lib/resource/resource.ts';
import type { NewKey } from '../NewKeyDialog.vue';

/** The access keys of the account that is shown (C7), never a secret: that lives where it is shown. */
export const useAccessKeysStore = defineStore('access-keys', () => {
  const host = useHost();
  const { accessKeys } = host.calls;
  const resource = createResource(host, 'accessKeys.changed', {
    read: (id, from) => accessKeys.list({ accountId: id, from }),
    hasCache: true,
  });
  const { accountId, snapshot, isRefreshing, loadError, apply, refresh, open } = resource;
  const account = () => ({ accountId: accountId.value });

  /** Shows what a call has answered; gives the new key, null if its secret got lost. */
  function applyMade({ snapshot: next, newKey }: MadeAccessKey): NewAccessKey | null {
    apply(next);
    return newKey;
  }

  async function create(key: NewKey): Promise<NewAccessKey | null> {
    return applyMade(await accessKeys.create({ ...account(), ...key }));
  }

  /** A new one in its place; null if its secret got lost. */
  async function rotate(keyId: string, expiresAt: string | null): Promise<NewAccessKey | null> {
    return applyMade(await accessKeys.rotate({ ...account(), keyId, expiresAt }));
  }

  async function setActive(keyId: string, isActive: boolean): Promise<void> {
    apply(await accessKeys.setActive({ ...account(), keyId, isActive }));
  }

  async function remove(keyId: string): Promise<void> {
    apply(await accessKeys.remove({ ...account(), keyId }));
  }

  /** `at` is the account that it belongs to. */
  async function setOwnEnd(keyId: string, ownEnd: string | null, at = accountId.value): Promise<void> {
    apply(await accessKeys.setOwnEnd({ accountId: at, keyId, ownEnd }));
  }

  async function test(): Promise<KeyTest> {
    const result = await accessKeys.test(account());
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
    create,
    rotate,
    setActive,
    remove,
    setOwnEnd,
    test,
    resume: async () => (await accessKeys.resume(account())).newKey,
    copySecret: () => accessKeys.copySecret(account()),
    save: () => accessKeys.save(account()),
    finish: () => accessKeys.finish(account()),
  };
});
