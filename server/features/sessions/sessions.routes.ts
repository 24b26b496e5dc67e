import type * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { accountOf, callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import { instant } from '../../http/instant.ts';
import type { Session } from '../../accounts/session.ts';
import {
  closedSchema,
  closeSchema,
  othersClosedSchema,
  sessionsSchema,
  type sessionSchema,
} from './sessions.schemas.ts';
import type { SessionsStore } from '../../accounts/sessions.store.ts';

const common = { tags: ['sessions'], security: [{ bearer: [] }] };

export function sessionsFeature(sessions: SessionsStore, requireCaller: CallerScope): Feature {
  return {
    offers: ['sessions.list', 'sessions.close'],
    register(app) {
      requireCaller(app);
      app.get(
        '/me/sessions',
        {
          config: { isOpenToApiKeys: true },
          schema: {
            ...common,
            summary: 'List your sessions',
            description: 'Newest first.',
            response: answers({ 200: sessionsSchema }),
          },
        },
        async (request) => ({
          sessions: sessions.list(accountOf(request)).map((session) => toAnswer(session, request.caller?.id)),
        }),
      );
      app.post(
        '/me/sessions/close',
        {
          schema: {
            ...common,
            summary: 'Close some of your sessions',
            description: 'The current one too, if it is named.',
            body: closeSchema,
            response: answers({ 200: closedSchema }),
          },
        },
        async (request) => {
          const { ids } = request.body;
          sessions.endSome(callerOf(request).accountId, ids);
          return { results: ids.map((id) => ({ id, closed: true as const })) };
        },
      );
      app.post(
        '/me/sessions/close-others',
        {
          schema: {
            ...common,
            summary: 'Close all your other sessions',
            response: answers({ 200: othersClosedSchema }),
          },
        },
        async (request) => {
          const { accountId, id } = callerOf(request);
          return { closed: await sessions.endOthersInPortions(accountId, id) };
        },
      );
    },
  };
}

function toAnswer(session: Session, currentId: string | undefined): z.infer<typeof sessionSchema> {
  const { id, userAgent, ipAddress } = session;
  return {
    id,
    current: id === currentId,
    userAgent,
    ipAddress,
    createdAt: instant(session.createdAt),
    lastSeenAt: instant(session.lastSeenAt),
    lastModifiedAt: instant(session.lastModifiedAt),
    lastAuthenticatedAt: instant(session.lastAuthenticatedAt),
    expiresAt: instant(session.expiresAt),
  };
}
