import { shallowReadonly, shallowRef } from 'vue';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import { asErrorShape } from './error-shape.ts';

/** One act at a time: a second press while one runs is the same press. */
export function useAttempt() {
  const isBusy = shallowRef(false);
  /** Why the last one failed. To have called it off here is no failure. */
  const error = shallowRef<ErrorShape>();
  /** Milliseconds since the epoch until which another try of the same makes no sense; 0 for none. */
  const lockedUntil = shallowRef(0);

  function note(reason: unknown): void {
    const shape = asErrorShape(reason);
    if (shape.code === 'cancelled' && !shape.reason) return;
    error.value = shape;
    if (shape.retryAfter) lockedUntil.value = Date.now() + shape.retryAfter * 1_000;
  }

  /** Returns whether it was done. */
  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    clear();
    try {
      await act();
      return true;
    } catch (reason) {
      note(reason);
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  function clear(): void {
    error.value = undefined;
    lockedUntil.value = 0;
  }

  return {
    isBusy: shallowReadonly(isBusy),
    error: shallowReadonly(error),
    lockedUntil: shallowReadonly(lockedUntil),
    attempt,
    clear,
  };
}
