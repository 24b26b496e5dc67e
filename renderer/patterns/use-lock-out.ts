import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { elapsedSince, thisMoment } from '../lib/elapsed.ts';
import { useNow } from '../lib/use-now.ts';

/**
 * Whole seconds until another try is worth it, counting down; 0 when it is. No longer because the clock was set back.
 */
export function useLockOut(lockedUntil: () => number): ComputedRef<number> {
  const now = useNow(1_000);
  const begun = shallowRef(thisMoment());
  watch(lockedUntil, () => (begun.value = thisMoment()), { flush: 'sync' });
  return computed(() => {
    // The time of the last tick may be almost a second old: 31 would be shown for 30. It only says when to look.
    void now.value;
    return Math.max(0, Math.ceil((lockedUntil() - begun.value.wall - elapsedSince(begun.value)) / 1_000));
  });
}
