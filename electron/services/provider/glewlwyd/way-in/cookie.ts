import { AppError } from '../../../../../shared/contract/errors.ts';
import type { HttpAnswer } from '../../../http/http-client.ts';
import type { Signature } from '../../signed-sender.ts';

/** A session is a cookie here, and is kept as `name=value`: there is no cookie jar. */
export const asCookie: Signature = (cookie) => ({ Cookie: cookie });

/** RFC 6265, section 4.1.1. Its name is the administrator's choice. */
const setCookie = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,200})=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,4000})(?:;|$)/;

/** The first one that an answer sets. Errors: AppError untrusted-answer (wrong-shape). */
export function takeCookie(answer: Pick<HttpAnswer<unknown>, 'header'>): string {
  const [, name, value] = setCookie.exec(answer.header('set-cookie') ?? '') ?? [];
  if (name === undefined || value === undefined) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
  return `${name}=${value}`;
}

/** What the server has the hash of in its list of sessions. */
export function valueOf(cookie: string): string {
  return cookie.slice(cookie.indexOf('=') + 1);
}
