import { defineStore } from 'pinia';
import { computed } from 'vue';
import { followCurrent, watchForGood } from '../../account/follow-current.ts';
import { useHost } from '../../host/host.ts';
import { createResource } from '../../lib/resource/resource.ts';

/** Recovery codes left, from which on a new set is advised. */
const fewCodes = 3;

/**
 * Two-step verification of the current account. Secrets never come here: they live in the dialog that shows them.
 */
export const useMfaStore = defineStore('mfa', () => {
  const host = useHost();
  const {
    snapshot: status,
    isRefreshing,
    loadError,
    apply,
    refresh,
    open,
  } = createResource(host, 'mfa.changed', { read: (accountId) => host.calls.mfa.status({ accountId }) });

  const hasFewCodes = computed(() => (status.value?.recoveryCodes?.remaining ?? Infinity) <= fewCodes);

  function start(): void {
    watchForGood(() => followCurrent(open));
  }

  return { status, isRefreshing, loadError, hasFewCodes, apply, refresh, start };
});
