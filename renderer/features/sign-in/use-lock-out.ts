import { computed, type ComputedRef } from 'vue';
import { useNow } from '../../lib/use-now.ts';

/** Whole seconds until another try is worth it, counting down; 0 when it is. */
export function useLockOut(lockedUntil: () => number): ComputedRef<number> {
  const now = useNow(1_000);
  return computed(() => Math.max(0, Math.ceil((lockedUntil() - now.value) / 1_000)));
}
