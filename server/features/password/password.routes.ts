import * as z from 'zod';
import type { PasswordPolicy } from '../../../shared/contract/account/password.ts';
import { answers } from '../../http/answers.ts';
import type { App } from '../../http/app.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import {
  passwordChangedSchema,
  passwordChangeSchema,
  resetRequestSchema,
  resetSchema,
  resetSentSchema,
} from './password.schemas.ts';
import type { createPasswordService } from './password.service.ts';
import { resetPageRoutes } from './reset-page.ts';
import type { ResetRequests } from './reset-requests.ts';
import type { ResetService } from './reset.service.ts';

type PasswordService = ReturnType<typeof createPasswordService>;

export function passwordFeature(service: PasswordService, resets: ResetService, requireCaller: CallerScope): Feature {
  return {
    offers: ['password.change'],
    register(app) {
      requireCaller(app);
      const common = { tags: ['password'], security: [{ bearer: [] }] };
      app.post(
        '/me/password',
        {
          config: { takesSecret: true },
          schema: {
            ...common,
            summary: 'Change your password',
            body: passwordChangeSchema,
            response: answers({ 200: passwordChangedSchema }),
          },
        },
        async (request) => ({ otherSessionsEnded: await service.change(callerOf(request), request.body) }),
      );
      app.post(
        '/me/password-reset',
        {
          schema: {
            ...common,
            summary: 'Send a password reset link to your address',
            response: answers({ 202: resetSentSchema }),
          },
        },
        async (request, reply) => reply.code(202).send({ sentTo: resets.sendReset(callerOf(request).accountId) }),
      );
    },
  };
}

/** For a person who cannot sign in. */
export function passwordResetFeature(
  resets: ResetService,
  requests: ResetRequests,
  policy: Readonly<PasswordPolicy>,
): Feature {
  return {
    offers: ['password.reset'],
    register(app: App) {
      app.addHook('onReady', async () => {
        requests.start();
      });
      app.addHook('onClose', () => requests.stop());
      resetRoutes(app, resets, requests);
      resetPageRoutes(app, resets, policy);
    },
  };
}

function resetRoutes(app: App, resets: ResetService, requests: ResetRequests): void {
  const tags = ['password'];
  app.post(
    '/auth/password-reset',
    {
      schema: {
        tags,
        summary: 'Send a password reset link',
        description: 'If there is such an account, to its confirmed address.',
        body: resetRequestSchema,
        response: answers({ 202: z.undefined() }),
      },
    },
    async (request, reply) => {
      requests.add(request.body.identifier, request.ip);
      return reply.code(202).send();
    },
  );
  app.post(
    '/auth/password-reset/:token',
    {
      schema: {
        tags,
        summary: 'Set a new password with a reset link',
        description: 'Ends all sessions.',
        params: z.object({ token: z.string() }),
        body: resetSchema,
        response: answers({ 204: z.undefined() }),
      },
    },
    async (request, reply) => {
      await resets.reset(request.params.token, request.body.next);
      return reply.code(204).send();
    },
  );
}
