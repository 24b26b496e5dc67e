import type { FastifyRequest } from 'fastify';
import type { Session } from '../accounts/session.ts';
import type { SessionsStore } from '../accounts/sessions.store.ts';
import { Problem } from '../http/problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session this request belongs to; null outside of caller scopes. */
    caller: Session | null;
    /** The account whose API key this request shows, on a route that is open to keys. */
    keyHolder: string | null;
  }
}

/** The session of this request, in a scope where one is required. Errors: Problem unauthenticated. */
export function callerOf(request: FastifyRequest): Session {
  if (!request.caller) throw new Problem('unauthenticated');
  return request.caller;
}

/** Whose data a route reads that is open to API keys too. Errors: Problem unauthenticated. */
export function accountOf(request: FastifyRequest): string {
  return request.keyHolder ?? callerOf(request).accountId;
}

/** Errors: Problem unauthenticated, token-expired, session-ended. */
export function identify(request: FastifyRequest, sessions: SessionsStore): Session {
  const verdict = sessions.check(bearerToken(request));
  if (verdict.kind === 'valid') return verdict.session;
  throw new Problem(verdict.kind === 'expired' ? 'token-expired' : 'session-ended');
}

/** RFC 6750, 2.1. Errors: Problem unauthenticated. */
export function bearerToken(request: FastifyRequest): string {
  const token = /^Bearer +([\w~+/.-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Problem('unauthenticated');
  return token;
}
