import { computed, shallowRef } from 'vue';
import type { ProtectionWish } from '../../../shared/contract/vault.ts';
import { useAppStore } from '../../account/app.store.ts';
import { errorText } from '../../lib/errors/error-text.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useLockOut } from '../../patterns/use-lock-out.ts';

/** What a dialog needs that changes what opens the data kept here. */
export function useProtection() {
  const app = useAppStore();
  const attempted = useAttempt();
  const current = shallowRef('');
  const storage = computed(() => app.snapshot?.storage);
  const hasPassphrase = computed(() => storage.value?.unlock !== undefined);
  const waitUntil = computed(() => {
    const until = storage.value?.unlock?.waitUntil;
    return Math.max(attempted.lockedUntil.value, until ? Date.parse(until) : 0);
  });
  const secondsLeft = useLockOut(() => waitUntil.value);
  /** What no field says. */
  const problem = computed(() => {
    const { error } = { error: attempted.error.value };
    if (!error || error.fields || error.reason === 'wrong-passphrase' || error.reason === 'locked-out')
      return undefined;
    return errorText(error);
  });

  /** Returns whether it was done. */
  function protect(wish: Omit<ProtectionWish, 'current'>): Promise<boolean> {
    if (secondsLeft.value > 0) return Promise.resolve(false);
    return attempted.attempt(() => app.protect({ ...wish, current: hasPassphrase.value ? current.value : null }));
  }

  return { ...attempted, current, storage, hasPassphrase, secondsLeft, problem, protect };
}
