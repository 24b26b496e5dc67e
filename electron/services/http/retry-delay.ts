import { AppError } from '../../../shared/contract/errors.ts';

/** Milliseconds; doubles with each retry. */
const firstBackoffMs = 200;

/**
 * Milliseconds to wait before an idempotent request is sent again; undefined if another try is of no use.
 * The delay is drawn at random up to twice the mean, so that many clients do not come back together.
 */
export function retryDelay(error: unknown, retries: number): number | undefined {
  if (!(error instanceof AppError)) return undefined;
  const { reason, retryAfter } = error.details;
  const jitter = Math.random() * firstBackoffMs * 2 ** (retries + 1);
  if (reason === 'locked-out' || reason === 'provider-storage-full') return undefined;
  if (retryAfter !== undefined) return retryAfter * 1_000 + jitter;
  const isPassing = error.code === 'server-fault' || (error.code === 'offline' && reason === 'connection-lost');
  return isPassing ? jitter : undefined;
}
