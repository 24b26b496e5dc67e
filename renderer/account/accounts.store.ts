import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { Account } from '../../shared/contract/account/accounts.ts';
import { useHost } from '../host/host.ts';
import { createLiveSnapshot } from '../lib/snapshots/live-snapshot.ts';
import { useAccountCalls } from './use-account-calls.ts';

/** Every account on this computer, and which one is shown. */
export const useAccountsStore = defineStore('accounts', () => {
  const host = useHost();
  const {
    value: snapshot,
    start,
    set,
  } = createLiveSnapshot(host, 'accounts.changed', () => host.calls.accounts.list());

  const accounts = computed(() => snapshot.value?.accounts ?? []);
  const current = computed(() => find(snapshot.value?.currentId ?? ''));
  const isOffline = computed(() => current.value?.state.kind === 'offline');

  function find(id: string): Account | undefined {
    return accounts.value.find((each) => each.id === id);
  }

  async function reload(): Promise<void> {
    set(await host.calls.accounts.list());
  }

  return {
    accounts,
    current,
    isOffline,
    start,
    reload,
    find,
    ...useAccountCalls({ host, current, set }),
  };
});
