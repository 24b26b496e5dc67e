import type { SessionsStore } from '../features/sessions/sessions.store.ts';
import type { App } from './app.ts';
import { identify } from './caller.ts';
import type { IdempotencyStore } from './idempotency.store.ts';
import { repeatAnswers } from './idempotency.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Open also to an account that must have a second factor and has none yet. */
    isOpenBeforeMfa?: boolean;
  }
}

/** Makes every route of a feature need a valid access token, checked before the body is read. */
export type CallerScope = (app: App) => void;

export function createCallerScope(sessions: SessionsStore, answers: IdempotencyStore, mustEnrol: (accountId: string) => boolean): CallerScope {
  return (app) => {
    app.addHook('onRequest', async (request) => {
      request.caller = identify(request, sessions);
      if (!request.routeOptions.config.isOpenBeforeMfa && mustEnrol(request.caller.accountId)) throw new Problem('mfa-required');
    });
    repeatAnswers(app, answers);
  };
}
