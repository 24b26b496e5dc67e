import * as z from 'zod';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { HttpAnswer, HttpClient } from '../../../http/http-client.ts';
import type { Refusal } from '../../../http/refusal.ts';

/** What is posted to prove who one is. */
export interface RemoteProof {
  readonly body: Readonly<Record<string, unknown>>;
  /** Of its refusal, for which the server gives none. */
  readonly reason: 'wrong-credentials' | 'wrong-code';
}

export function toPasswordProof(username: string, password: string): RemoteProof {
  return { body: { username, password }, reason: 'wrong-credentials' };
}

/** `authenticator`: the name of its scheme. */
export function toCodeProof(username: string, authenticator: string, code: string): RemoteProof {
  const scheme = { scheme_type: 'otp', scheme_name: authenticator };
  return { body: { username, ...scheme, value: { value: code } }, reason: 'wrong-code' };
}

/**
 * Without a cookie it begins a session; with the cookie of a session of the same person it counts for that one, which a
 * refusal leaves as it is. Never with somebody else's: the server would put both people into it. `url` is that of the
 * API. Errors: AppError unauthenticated (`reason`), offline, untrusted-answer.
 */
export function postProof(
  http: HttpClient,
  url: string,
  { body, reason }: RemoteProof,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer<unknown>> {
  const explain = ({ status }: Refusal): ErrorShape | undefined =>
    status === 401 ? { code: 'unauthenticated', reason } : undefined;
  return http.send({ method: 'POST', url: `${url}/auth/`, body, schema: z.unknown(), headers, explain });
}
