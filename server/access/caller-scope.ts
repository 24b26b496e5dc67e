import type { SessionsStore } from '../accounts/sessions.store.ts';
import type { App } from '../http/app.ts';
import { accountOf, identify } from './caller.ts';
import type { IdempotencyStore } from './idempotency.store.ts';
import { repeatAnswers } from './idempotency.ts';
import type { FindKeyHolder } from './key-holder.ts';
import { Problem } from '../http/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Open also to an account that must have a second factor and has none yet. */
    isOpenBeforeMfa?: boolean;
    /** Open also to an API key, which reads and nothing else. */
    isOpenToApiKeys?: boolean;
  }
}

/**
 * Makes every route of a feature need a valid access token, or an API key where that will do, checked before the body
 * is read.
 */
export type CallerScope = (app: App) => void;

export interface CallerScopeDeps {
  readonly sessions: SessionsStore;
  readonly answers: IdempotencyStore;
  readonly mustEnrol: (accountId: string) => boolean;
  readonly findKeyHolder: FindKeyHolder;
}

export function createCallerScope({ sessions, answers, mustEnrol, findKeyHolder }: CallerScopeDeps): CallerScope {
  return (app) => {
    app.addHook('onRequest', async (request) => {
      const { isOpenBeforeMfa, isOpenToApiKeys } = request.routeOptions.config;
      request.keyHolder = findKeyHolder(request) ?? null;
      if (request.keyHolder === null) request.caller = identify(request, sessions);
      else if (!isOpenToApiKeys)
        throw new Problem('forbidden', { detail: 'A key only reads: profile, contact data, picture and sessions' });
      if (!isOpenBeforeMfa && mustEnrol(accountOf(request))) throw new Problem('mfa-required');
    });
    repeatAnswers(app, answers);
  };
}
