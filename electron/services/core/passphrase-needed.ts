import { AppError } from '../../../shared/contract/errors.ts';

/** What everybody is told once the app is locked. */
export function passphraseNeeded(cause?: unknown): AppError {
  return new AppError('key-store-unavailable', { reason: 'passphrase-needed' }, cause);
}
