import { createHash, randomBytes } from 'node:crypto';

/** An opaque bearer secret of 256 bits, base64url. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. No salt: 256 random bits cannot be guessed from a table. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
