import { defineStore } from 'pinia';
import { computed } from 'vue';
import { useHost } from '../../host/host.ts';
import { createConnectionSnapshot } from '../../lib/connection-snapshot.ts';
import { followCurrent, watchForGood } from '../../account/follow-current.ts';
import { useProfileStore } from '../profile/profile.store.ts';

/** Recovery codes left, from which on a new set is advised. */
const fewCodes = 3;

/** Two-step verification of the current connection. Secrets never come here: they live in the dialog that shows them. */
export const useMfaStore = defineStore('mfa', () => {
  const host = useHost();
  const profile = useProfileStore();
  const {
    value: status,
    set,
    open,
    ...live
  } = createConnectionSnapshot(host, 'mfa.changed', (connectionId) => host.calls.mfa.status({ connectionId }));

  /** Nothing else can be done before it is on. */
  const mustEnrol = computed(
    () => !status.value?.isOn && (status.value?.isForced || profile.loadError?.code === 'mfa-required'),
  );
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
    mustEnrol,
    hasFewCodes,
    start,
  };
});
