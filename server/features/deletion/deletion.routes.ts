import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import type { RequireReauth } from '../../access/require-reauth.ts';
import { confirmedDeletionSchema, deletionSchema } from './deletion.schemas.ts';
import type { createDeletionService } from './deletion.service.ts';

const common = { tags: ['profile'], security: [{ bearer: [] }] };

export function deletionFeature(
  service: ReturnType<typeof createDeletionService>,
  requireCaller: CallerScope,
  requireReauth: RequireReauth,
): Feature {
  return {
    offers: ['account.delete'],
    register(app) {
      requireCaller(app);
      app.get(
        '/me/deletion',
        {
          schema: {
            ...common,
            summary: 'Read what deleting your account would do',
            response: answers({ 200: deletionSchema }),
          },
        },
        async (request) => service.describe(callerOf(request).accountId),
      );
      app.delete(
        '/me',
        {
          schema: {
            ...common,
            summary: 'Delete your account for good',
            description: 'Every session and key ends with it.',
            body: confirmedDeletionSchema,
            response: answers({ 204: z.undefined() }),
          },
        },
        async (request, reply) => {
          requireReauth(request);
          service.deleteAccount(callerOf(request).accountId, request.body.email);
          return reply.code(204).send();
        },
      );
    },
  };
}
