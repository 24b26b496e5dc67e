import { AppError } from '../../../../shared/contract/errors.ts';
import type { Signature } from '../signed-sender.ts';

/** What neither is in a user-id of Basic (RFC 7617, section 2), nor in a header, nor in a name that somebody has. */
const notInName = /[:\p{Cc}]/u;
const visible = /^[\x21-\x7e]+$/;

/** A name and a key for programs as one token. Errors: AppError unauthenticated (key-refused), of what can be none. */
export function toNameAndKey(name: string, key: string): string {
  const [shownName, shownKey] = [name.trim(), key.trim()];
  if (shownName === '' || notInName.test(shownName) || !visible.test(shownKey)) throw keyRefused();
  return `${shownName}:${shownKey}`;
}

export function splitNameAndKey(token: string): { readonly name: string; readonly key: string } {
  const at = token.indexOf(':');
  return { name: token.slice(0, at), key: token.slice(at + 1) };
}

/** Goes with a request as user name and password (RFC 7617). */
export const asNameAndKey: Signature = (token) => ({ Authorization: `Basic ${Buffer.from(token).toString('base64')}` });

function keyRefused(): AppError {
  return new AppError('unauthenticated', { reason: 'key-refused' });
}

/** The same of what a service refused as a session that is over: there has been none yet. Rethrows anything else. */
export function asKeyRefused(error: unknown): never {
  throw error instanceof AppError && error.details.reason === 'session-ended' ? keyRefused() : error;
}
