import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { App } from '../../http/app.ts';
import { bearerToken } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import type { Device } from '../../accounts/session.ts';
import type { SessionsStore } from '../../accounts/sessions.store.ts';
import { refreshSchema, signedInSchema, signInAnswerSchema, signInCodeSchema, signInSchema } from './auth.schemas.ts';
import type { createAuthService } from './auth.service.ts';

type AuthService = ReturnType<typeof createAuthService>;

const tags = ['auth'];
/** Characters. Node takes up to 16 KB of headers, and every list of sessions would carry them. */
const maxAgentLength = 1_000;
const idempotencyKey = z.looseObject({ 'idempotency-key': z.string().min(1).max(255).optional() });

/** Answers here hold tokens, so none is kept for repeats, apart from the refresh's own minute in memory. */
export function authFeature(service: AuthService, sessions: SessionsStore): Feature {
  return {
    offers: [],
    register(app: App) {
      signInRoutes(app, service);
      tokenRoutes(app, service, sessions);
    },
  };
}

function signInRoutes(app: App, service: AuthService): void {
  app.post(
    '/auth/sign-in',
    {
      schema: {
        tags,
        summary: 'Sign in with a password',
        description:
          'Wrong passwords are counted by identifier and address. With the device token of an earlier sign-in they are counted for that device alone, so that those of strangers do not keep it out.',
        body: signInSchema,
        response: answers({ 200: signInAnswerSchema }),
      },
    },
    (request) => service.signIn(request.body, deviceOf(request)),
  );
  app.post(
    '/auth/sign-in/code',
    {
      schema: {
        tags,
        summary: 'Finish a sign-in with a code',
        description: 'From an authenticator app, or a recovery code.',
        body: signInCodeSchema,
        response: answers({ 200: signedInSchema }),
      },
    },
    async (request) => service.signInWithCode(request.body.challenge, request.body.code, deviceOf(request)),
  );
}

function tokenRoutes(app: App, service: AuthService, sessions: SessionsStore): void {
  app.post(
    '/auth/refresh',
    {
      schema: {
        tags,
        summary: 'Renew the tokens of a session',
        description:
          'A refresh token works once. Repeated under the same Idempotency-Key within 60 seconds, it gives the same tokens again. Any other second use ends the session.',
        headers: idempotencyKey,
        body: refreshSchema,
        response: answers({ 200: signedInSchema }),
      },
    },
    async (request) => service.refresh(request.body.refreshToken, request.headers['idempotency-key']),
  );
  app.post(
    '/auth/sign-out',
    {
      schema: {
        tags,
        summary: 'Sign out',
        description: 'Ends the current session; an expired access token will do.',
        response: answers({ 204: z.undefined() }),
      },
    },
    async (request, reply) => {
      sessions.endByAccessToken(bearerToken(request));
      return reply.code(204).send();
    },
  );
}

export function deviceOf(request: FastifyRequest): Device {
  return { userAgent: (request.headers['user-agent'] ?? '').slice(0, maxAgentLength), ipAddress: request.ip };
}
