import { AppError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';

/** After these the provider may have done what it was asked for. */
const withoutAnswer = new Set<ErrorCode>(['offline', 'untrusted-answer', 'server-fault']);

export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof AppError && withoutAnswer.has(error.code);
}

/**
 * Runs `act`. If its answer was lost, `findOut` looks whether it took effect, and what it finds is the answer;
 * undefined if it did not.
 */
export async function confirmOutcome<T>(act: () => Promise<T>, findOut: () => Promise<T | undefined>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    const found = await findOut().catch(() => {
      throw withUnknownOutcome(error);
    });
    if (found === undefined) throw error;
    return found;
  }
}

/**
 * Of a change whose outcome cannot be looked up: where its answer was lost, the person is told that nobody knows it.
 */
export function withUnknownOutcome(error: unknown): unknown {
  return error instanceof AppError && wasAnswerLost(error.toShape())
    ? new AppError('offline', { reason: 'outcome-unknown' }, error)
    : error;
}

/** The same of an error on its way to a screen. */
export function toUnknownOutcome(error: ErrorShape): ErrorShape {
  return wasAnswerLost(error) ? unknownOutcome : error;
}

const unknownOutcome: ErrorShape = { code: 'offline', reason: 'outcome-unknown' };

/** Narrower than `isOutcomeUnknown`: where nothing was sent, the error itself says so. */
function wasAnswerLost({ code, reason }: ErrorShape): boolean {
  return code === 'untrusted-answer' ? reason === 'cut-short' : reason === 'connection-lost' || reason === 'timed-out';
}
