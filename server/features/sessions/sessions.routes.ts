import type * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { CallerScope } from '../../http/caller-scope.ts';
import { callerOf } from '../../http/caller.ts';
import type { Feature } from '../../http/feature.ts';
import { sessionsSchema, type sessionSchema } from './sessions.schemas.ts';
import type { Session, SessionsStore } from './sessions.store.ts';

export function sessionsFeature(sessions: SessionsStore, requireCaller: CallerScope): Feature {
  return {
    offers: ['sessions.list'],
    register(app) {
      requireCaller(app);
      app.get(
        '/me/sessions',
        { schema: { tags: ['sessions'], security: [{ bearer: [] }], summary: 'Own signed-in devices, newest first', response: answers({ 200: sessionsSchema }) } },
        async (request) => {
          const caller = callerOf(request);
          return { sessions: sessions.list(caller.accountId).map((session) => toAnswer(session, caller.id)) };
        },
      );
    },
  };
}

function toAnswer(session: Session, currentId: string): z.infer<typeof sessionSchema> {
  const { id, userAgent, ipAddress } = session;
  return {
    id,
    current: id === currentId,
    userAgent,
    ipAddress,
    createdAt: instant(session.createdAt),
    lastSeenAt: instant(session.lastSeenAt),
    lastAuthenticatedAt: instant(session.lastAuthenticatedAt),
    expiresAt: instant(session.expiresAt),
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
