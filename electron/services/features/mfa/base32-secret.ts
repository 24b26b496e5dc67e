import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';
import { AppError, type FieldErrorCode } from '../../../../shared/contract/errors.ts';
import { withoutGrouping } from '../../../../shared/typed-text.ts';

/** Characters that a typed secret may have (C5), and the bytes that make as many. */
const bytesOf = { 16: 10, 26: 16, 32: 20 } as const;
export type SecretLength = keyof typeof bytesOf;

/**
 * A new secret in Base32 (RFC 4648, section 6) without padding; where the last character holds more bits than are left,
 * they are zero.
 */
export function generateSecret(length: SecretLength): string {
  return new Secret({ buffer: Uint8Array.from(randomBytes(bytesOf[length])).buffer }).base32;
}

/**
 * A secret as a person types it: in groups, in lower case, with the padding of its source. Gives Base32 alone.
 * Errors: AppError invalid-request, field `secret` (required, base32-look-alike, base32-length, not-valid).
 */
export function readTypedSecret(typed: string): string {
  const secret = withoutGrouping(typed).replace(/=+$/, '').toUpperCase();
  if (secret === '') throw refuse('required');
  if (/^[A-Z0-9]+$/.test(secret) && /[0189]/.test(secret)) throw refuse('base32-look-alike');
  if (!/^[A-Z2-7]+$/.test(secret)) throw refuse('not-valid');
  if (!(secret.length in bytesOf)) throw refuse('base32-length');
  return secret;
}

function refuse(code: FieldErrorCode): AppError {
  return new AppError('invalid-request', { fields: { secret: { code } } });
}
