import { defineStore } from 'pinia';
import { followCurrent, watchForGood } from '../../account/follow-current.ts';
import { useHost } from '../../host/host.ts';
import { createResource } from '../../lib/resource/resource.ts';

/** Linked identities of the account that is shown (C3). */
export const useLinkedAccountsStore = defineStore('linked-accounts', () => {
  const host = useHost();
  const { snapshot, isRefreshing, loadError, apply, refresh, open } = createResource(host, 'linkedAccounts.changed', {
    read: (accountId) => host.calls.linkedAccounts.get({ accountId }),
  });
  let isStarted = false;

  /** The screen loads late, so the store follows from when it is first needed; then it asks anew each time. */
  function start(): void {
    if (isStarted) return void refresh();
    isStarted = true;
    watchForGood(() => followCurrent(open));
  }

  return { snapshot, isRefreshing, loadError, apply, refresh, start };
});
