import { AppError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';

/** After these the provider may have done what it was asked for. */
const unclear = new Set<ErrorCode>(['offline', 'untrusted-answer', 'server-fault']);

export function isUnclear(error: unknown): boolean {
  return error instanceof AppError && unclear.has(error.code);
}

/**
 * Does what may have been done although its answer is lost: then what `findOut` finds is the answer; undefined if it
 * was not done.
 */
export async function orFindOut<T>(act: () => Promise<T>, findOut: () => Promise<T | undefined>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isUnclear(error)) throw error;
    const found = await findOut().catch(() => {
      throw asUnknown(error);
    });
    if (found === undefined) throw error;
    return found;
  }
}

/**
 * Of a change whose outcome cannot be looked up: where its answer was lost, the person is told that nobody knows it.
 */
export function asUnknown(error: unknown): unknown {
  return error instanceof AppError && wasAnswerLost(error.toShape())
    ? new AppError('offline', { reason: 'outcome-unknown' }, error)
    : error;
}

/** The same of an error on its way to a screen. */
export function toUnknown(error: ErrorShape): ErrorShape {
  return wasAnswerLost(error) ? unknownOutcome : error;
}

const unknownOutcome: ErrorShape = { code: 'offline', reason: 'outcome-unknown' };

/** Narrower than `isUnclear`: where nothing was sent, that is what is told. */
function wasAnswerLost({ code, reason }: ErrorShape): boolean {
  return code === 'untrusted-answer' ? reason === 'cut-short' : reason === 'connection-lost' || reason === 'timed-out';
}
