import { computed, type ComputedRef } from 'vue';
import { useNow } from '../lib/use-now.ts';

/** Whole seconds until another try is worth it, counting down; 0 when it is. */
export function useLockOut(lockedUntil: () => number): ComputedRef<number> {
  const now = useNow(1_000);
  // The last tick may be almost a second old when a lock-out begins: 31 would be shown for 30.
  return computed(() => Math.max(0, Math.ceil((lockedUntil() - Math.max(now.value, Date.now())) / 1_000)));
}
