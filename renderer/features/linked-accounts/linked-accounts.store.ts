import { defineStore } from 'pinia';
import { followCurrent, watchForGood } from '../../account/follow-current.ts';
import { useHost } from '../../host/host.ts';
import { createAccountSnapshot } from '../../lib/snapshots/account-snapshot.ts';

/** Linked identities of the account that is shown (C3). */
export const useLinkedAccountsStore = defineStore('linked-accounts', () => {
  const host = useHost();
  const {
    value: snapshot,
    set,
    open,
    ...live
  } = createAccountSnapshot(host, 'linkedAccounts.changed', (accountId) =>
    host.calls.linkedAccounts.get({ accountId }),
  );
  let isStarted = false;

  /** The screen loads late, so the store listens from when it is first needed; then it asks anew each time. */
  function start(): void {
    if (isStarted) return void live.refresh();
    isStarted = true;
    live.start();
    watchForGood(() => followCurrent(open));
  }

  return { snapshot, error: live.error, isReading: live.isReading, refresh: live.refresh, set, start };
});
