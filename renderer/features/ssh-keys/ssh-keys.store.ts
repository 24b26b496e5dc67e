import { defineStore } from 'pinia';
import { computed } from 'vue';
import { createKeysReading } from '../../account/keys-reading.ts';
import { useHost } from '../../host/host.ts';
import { t } from '../../lib/i18n/text.ts';

/** How a kept private half is to be written. `rounds` of bcrypt for `openssh`; null for what is usual. */
export interface ExportWish {
  readonly format: 'openssh' | 'pkcs8';
  readonly passphrase: string;
  readonly rounds: number | null;
}

/** `lifetime` in seconds, null until the agent ends. */
export interface AgentWish {
  readonly lifetime: number | null;
  readonly confirm: boolean;
  /** Without a limit of the agent's own: taken back from here. */
  readonly takesBack?: boolean;
}

/** The SSH SSH keys of the account that is shown (E11). */
export const useSshKeysStore = defineStore('identity-keys', () => {
  const host = useHost();
  const reading = createKeysReading(host, 'sshKeys.changed', (accountId, from) =>
    host.calls.sshKeys.list({ accountId, from }),
  );
  const { accountId, snapshot, apply } = reading;
  const of = (keyId: string) => ({ accountId: accountId.value, keyId });

  /** Why none can be added, in words; undefined if one can. */
  const addLock = computed(() => {
    const { limit, keys } = snapshot.value ?? { limit: null, keys: [] };
    return (
      reading.lock.value ??
      (limit !== null && keys.length >= limit ? t('sshKeys.limitReached', { count: limit }) : undefined)
    );
  });

  /** Null if it was added; else what was found in the text instead, of which nothing has left this computer. */
  async function addPublic(title: string, line: string) {
    const answer = await host.calls.sshKeys.addPublic({ accountId: accountId.value, title, line });
    if (answer.snapshot) apply(answer.snapshot);
    return answer.batch;
  }

  return {
    ...reading,
    addLock,
    addPublic,
    details: (keyId: string) => host.calls.sshKeys.details(of(keyId)),
    /** `at` is the account that it belongs to. */
    rename: async (keyId: string, title: string, at = accountId.value) =>
      apply(await host.calls.sshKeys.rename({ keyId, accountId: at, title })),
    remove: async (keyId: string) => apply(await host.calls.sshKeys.remove(of(keyId))),
    verify: async (keyId: string) => apply(await host.calls.sshKeys.verify(of(keyId))),
    forgetPrivate: async (keyId: string) => apply(await host.calls.sshKeys.forgetPrivate(of(keyId))),
    /** Where it was written to; null if the person cancelled. */
    exportPrivate: async (keyId: string, wish: ExportWish) =>
      (await host.calls.sshKeys.exportPrivate({ ...of(keyId), ...wish })).file,
    addToAgent: async (keyId: string, wish: AgentWish) =>
      apply(await host.calls.sshKeys.addToAgent({ ...of(keyId), ...wish })),
    removeFromAgent: async (keyId: string) => apply(await host.calls.sshKeys.removeFromAgent(of(keyId))),
  };
});
