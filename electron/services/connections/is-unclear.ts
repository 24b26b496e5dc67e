import { AppError, type ErrorCode } from '../../../shared/contract/errors.ts';

/** After these the provider may have done what it was asked for. */
const unclear = new Set<ErrorCode>(['offline', 'untrusted-answer', 'server-fault']);

export function isUnclear(error: unknown): boolean {
  return error instanceof AppError && unclear.has(error.code);
}
