import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { ImportBatch, KeyUsage } from '../../../shared/contract/keys/ssh-keys.ts';
import { useIsStale, useKeysLock } from '../../account/resource-state.ts';
import { useHost } from '../../host/host.ts';
import { endOfDay, faultOfDay } from '../../lib/days.ts';
import { t } from '../../lib/i18n/text.ts';
import { createResource } from '../../lib/resource/resource.ts';

/** How a saved private half is to be written. `rounds` of bcrypt for `openssh`; null for what is usual. */
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

/** The SSH keys of the account that is shown (E11). */
export const useSshKeysStore = defineStore('ssh-keys', () => {
  const host = useHost();
  const { sshKeys } = host.calls;
  const resource = createResource(host, 'sshKeys.changed', {
    read: (id, from) => sshKeys.list({ accountId: id, from }),
    hasCache: true,
  });
  const { accountId, snapshot, isRefreshing, loadError, apply, refresh, open } = resource;
  const lock = useKeysLock(resource);
  const nameKey = (keyId: string) => ({ accountId: accountId.value, keyId });

  /** Why none can be added, in words; undefined if one can. */
  const addLock = computed(() => {
    const { limit, keys } = snapshot.value ?? { limit: null, keys: [] };
    const isFull = limit !== null && keys.length >= limit;
    return lock.value ?? (isFull ? t('sshKeys.limitReached', { count: limit }) : undefined);
  });

  /** What a new key is to be for, where the service tells them apart. */
  const usage = shallowRef<KeyUsage>();
  const usages = computed(() => snapshot.value?.usages ?? []);
  watch(usages, (known) => {
    if (!usage.value || !known.includes(usage.value)) [usage.value] = known;
  });

  /** `YYYY-MM-DD`, where keys can have an end; empty for none. */
  const lastDayOfNew = shallowRef('');
  /** Half a date counts as none in its field, and a key would get none without a word. */
  const isDayHalfTyped = shallowRef(false);
  watch(accountId, () => (lastDayOfNew.value = ''));
  /** What is wrong with that day, in words. */
  const endFault = computed(() => {
    const fault = snapshot.value?.canExpire && faultOfDay(lastDayOfNew.value, isDayHalfTyped.value);
    return fault ? t(fault) : undefined;
  });
  const endOfNew = computed(() => {
    const end = snapshot.value?.canExpire ? endOfDay(lastDayOfNew.value) : null;
    return end ?? undefined;
  });

  /** Null if it was added; else what was found in the text instead, of which nothing has left this computer. */
  async function addPublic(title: string, line: string): Promise<ImportBatch | null> {
    const answer = await sshKeys.addPublic({
      accountId: accountId.value,
      title,
      line,
      usage: usage.value,
      expiresAt: endOfNew.value,
    });
    if (answer.snapshot) apply(answer.snapshot);
    return answer.batch;
  }

  /** `at` is the account that it belongs to. */
  async function rename(keyId: string, title: string, at = accountId.value): Promise<void> {
    apply(await sshKeys.rename({ keyId, accountId: at, title }));
  }

  /** Where the service renames none: it is another key afterwards. */
  async function replace(keyId: string, title: string): Promise<void> {
    apply(await sshKeys.replace({ ...nameKey(keyId), title }));
  }

  /** Where it was written to; null if the person cancelled. */
  async function exportPrivate(keyId: string, wish: ExportWish): Promise<string | null> {
    return (await sshKeys.exportPrivate({ ...nameKey(keyId), ...wish })).file;
  }

  async function addToAgent(keyId: string, wish: AgentWish): Promise<void> {
    apply(await sshKeys.addToAgent({ ...nameKey(keyId), ...wish }));
  }

  return {
    accountId,
    snapshot,
    isRefreshing,
    loadError,
    isStale: useIsStale(resource),
    lock,
    addLock,
    usage,
    usages,
    lastDayOfNew,
    isDayHalfTyped,
    endFault,
    endOfNew,
    apply,
    open,
    refresh,
    addPublic,
    rename,
    replace,
    exportPrivate,
    addToAgent,
    details: (keyId: string) => sshKeys.details(nameKey(keyId)),
    remove: async (keyId: string) => apply(await sshKeys.remove(nameKey(keyId))),
    verify: async (keyId: string) => apply(await sshKeys.verify(nameKey(keyId))),
    signProof: (keyId: string) => sshKeys.signProof(nameKey(keyId)),
    forgetPrivate: async (keyId: string) => apply(await sshKeys.forgetPrivate(nameKey(keyId))),
    removeFromAgent: async (keyId: string) => apply(await sshKeys.removeFromAgent(nameKey(keyId))),
  };
});
