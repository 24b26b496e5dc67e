import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { App } from '../../http/app.ts';
import type { CallerScope } from '../../http/caller-scope.ts';
import { callerOf } from '../../http/caller.ts';
import type { Feature } from '../../http/feature.ts';
import {
  passwordChangedSchema,
  passwordChangeSchema,
  resetRequestSchema,
  resetSchema,
  resetSentSchema,
} from './password.schemas.ts';
import type { createPasswordService } from './password.service.ts';
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
        async (request, reply) =>
          reply.code(202).send({ sentTo: resets.sendReset(callerOf(request).accountId, ownAddress(request)) }),
      );
    },
  };
}

/** For a person who can not sign in. `requestReset` sends the link if there is such an account, and takes no time. */
export function passwordResetFeature(
  resets: ResetService,
  requestReset: (identifier: string, address: string) => void,
): Feature {
  return {
    offers: ['password.reset'],
    register(app: App) {
      const tags = ['password'];
      app.post(
        '/auth/password-reset',
        {
          schema: {
            tags,
            summary: 'Send a password reset link',
            description: 'If there is such an account.',
            body: resetRequestSchema,
            response: answers({ 202: z.undefined() }),
          },
        },
        async (request, reply) => {
          requestReset(request.body.identifier, ownAddress(request));
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
    },
  };
}

/** Where this server listens. Never from the Host header: whoever asks could choose where the link leads (CWE-640). */
function ownAddress({ socket: { localAddress = '', localPort = 0, localFamily } }: FastifyRequest): string {
  return `http://${localFamily === 'IPv6' ? `[${localAddress}]` : localAddress}:${String(localPort)}`;
}
