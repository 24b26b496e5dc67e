import { defineStore } from 'pinia';
import { computed } from 'vue';
import { followCurrent, watchForGood } from '../../account/follow-current.ts';
import { useHost } from '../../host/host.ts';
import { createAccountSnapshot } from '../../lib/snapshots/account-snapshot.ts';

/** Recovery codes left, from which on a new set is advised. */
const fewCodes = 3;

/**
 * Two-step verification of the current account. Secrets never come here: they live in the dialog that shows them.
 */
export const useMfaStore = defineStore('mfa', () => {
  const host = useHost();
  const {
    value: status,
    set,
    open,
    ...live
  } = createAccountSnapshot(host, 'mfa.changed', (accountId) => host.calls.mfa.status({ accountId }));

  const hasFewCodes = computed(() => (status.value?.recoveryCodes?.remaining ?? Infinity) <= fewCodes);

  function start(): void {
    live.start();
    watchForGood(() => followCurrent(open));
  }

  return {
    status,
    error: live.error,
    isReading: live.isReading,
    refresh: live.refresh,
    set,
    hasFewCodes,
    start,
  };
});
