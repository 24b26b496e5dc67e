import { AppError } from '../../../../../shared/contract/errors.ts';
import { looksPrivate } from '../../../../../shared/private-text.ts';

/**
 * A title goes to the provider: one that is a private key, pasted into the wrong field, must not (K6). Errors:
 * invalid-request (`title`).
 */
export function refusePrivateTitle(title: string): void {
  if (looksPrivate(title)) throw new AppError('invalid-request', { fields: { title: { code: 'private-key' } } });
}
