import { shallowReadonly, shallowRef } from 'vue';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import { asErrorShape } from './errors/error-shape.ts';

/** One act at a time: a second press while one runs is the same press. */
export function useAttempt() {
  const isBusy = shallowRef(false);
  /** Why the last one failed. To have called it off here is no failure. */
  const error = shallowRef<ErrorShape>();
  /** Milliseconds since the epoch until which another try of the same makes no sense; 0 for none. */
  const lockedUntil = shallowRef(0);

  /** Another one for each question: what is said after `clear` answers a question that nobody asks any more. */
  let question = {};

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
    const mine = question;
    try {
      await act();
      return true;
    } catch (reason) {
      if (mine === question) note(reason);
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  function clear(): void {
    error.value = undefined;
    lockedUntil.value = 0;
    question = {};
  }

  return {
    isBusy: shallowReadonly(isBusy),
    error: shallowReadonly(error),
    lockedUntil: shallowReadonly(lockedUntil),
    attempt,
    clear,
  };
}
