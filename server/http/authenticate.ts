import type { FastifyRequest } from 'fastify';
import type { Session, SessionsStore } from '../features/sessions/sessions.store.ts';
import type { App } from './app.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the hook of `requireCaller`; null elsewhere. */
    caller: Session | null;
  }
}

/** Every route of this scope needs a valid access token, checked before the body is read. */
export function requireCaller(app: App, sessions: SessionsStore): void {
  app.addHook('onRequest', async (request) => {
    request.caller = identify(sessions, bearerToken(request));
  });
}

/** The session of this request. Only in scopes of `requireCaller`. */
export function callerOf(request: FastifyRequest): Session {
  if (!request.caller) throw new Problem('unauthenticated');
  return request.caller;
}

/** Errors: Problem token-expired, session-ended. */
export function identify(sessions: SessionsStore, accessToken: string): Session {
  const verdict = sessions.check(accessToken);
  if (verdict.kind === 'valid') return verdict.session;
  throw new Problem(verdict.kind === 'expired' ? 'token-expired' : 'session-ended');
}

/** RFC 6750, 2.1. Errors: Problem unauthenticated. */
export function bearerToken(request: FastifyRequest): string {
  const token = /^Bearer +([\w~+/.-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Problem('unauthenticated');
  return token;
}
