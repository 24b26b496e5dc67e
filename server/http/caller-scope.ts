import type { SessionsStore } from '../features/sessions/sessions.store.ts';
import type { App } from './app.ts';
import { identify } from './caller.ts';
import type { IdempotencyStore } from './idempotency.store.ts';
import { repeatAnswers } from './idempotency.ts';

/** Makes every route of a feature need a valid access token, checked before the body is read. */
export type CallerScope = (app: App) => void;

export function createCallerScope(sessions: SessionsStore, answers: IdempotencyStore): CallerScope {
  return (app) => {
    app.addHook('onRequest', async (request) => {
      request.caller = identify(request, sessions);
    });
    repeatAnswers(app, answers);
  };
}
