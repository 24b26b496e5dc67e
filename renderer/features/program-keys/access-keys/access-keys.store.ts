import { defineStore } from 'pinia';
import type { MadeAccessKey, NewAccessKey } from '../../../../shared/contract/keys/access-keys.ts';
import type { KeyTest } from '../../../../shared/contract/keys/keys.ts';
import { createKeysReading } from '../../../account/keys-reading.ts';
import { useHost } from '../../../host/host.ts';
import type { NewKey } from '../NewKeyDialog.vue';

/** The access keys of the account that is shown (C7), never a secret: that lives where it is shown. */
export const useAccessKeysStore = defineStore('access-keys', () => {
  const host = useHost();
  const reading = createKeysReading(host, 'accessKeys.changed', (accountId, from) =>
    host.calls.accessKeys.list({ accountId, from }),
  );
  const here = () => ({ accountId: reading.accountId.value });

  function take({ snapshot, newKey }: MadeAccessKey): NewAccessKey | null {
    reading.apply(snapshot);
    return newKey;
  }

  /** The provider saw it used just now; the page says so too. */
  function tested(result: KeyTest): KeyTest {
    if (result.isAccepted) void reading.refresh();
    return result;
  }

  return {
    ...reading,
    /** Takes over the answer; gives the new key, null if its secret got lost. */
    take,
    create: async (key: NewKey) => take(await host.calls.accessKeys.create({ ...here(), ...key })),
    setActive: async (keyId: string, isActive: boolean) =>
      reading.apply(await host.calls.accessKeys.setActive({ ...here(), keyId, isActive })),
    remove: async (keyId: string) => reading.apply(await host.calls.accessKeys.remove({ ...here(), keyId })),
    /** `at` is the account that it belongs to. */
    setOwnEnd: async (keyId: string, ownEnd: string | null, at = reading.accountId.value) =>
      reading.apply(await host.calls.accessKeys.setOwnEnd({ accountId: at, keyId, ownEnd })),
    resume: async () => (await host.calls.accessKeys.resume(here())).newKey,
    copySecret: () => host.calls.accessKeys.copySecret(here()),
    save: () => host.calls.accessKeys.save(here()),
    test: async () => tested(await host.calls.accessKeys.test(here())),
    finish: () => host.calls.accessKeys.finish(here()),
  };
});
