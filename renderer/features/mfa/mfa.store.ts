import { defineStore } from 'pinia';
import { computed } from 'vue';
import { followCurrent, watchForGood } from '../../account/follow-current.ts';
import { useHost } from '../../host/host.ts';
import { createConnectionSnapshot } from '../../lib/snapshots/connection-snapshot.ts';

/** Recovery codes left, from which on a new set is advised. */
const fewCodes = 3;

/**
 * Two-step verification of the current connection. Secrets never come here: they live in the dialog that shows them.
 */
export const useMfaStore = defineStore('mfa', () => {
  const host = useHost();
  const {
    value: status,
    set,
    open,
    ...live
  } = createConnectionSnapshot(host, 'mfa.changed', (connectionId) => host.calls.mfa.status({ connectionId }));

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
