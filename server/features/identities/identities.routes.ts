import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import type { RequireReauth } from '../../access/require-reauth.ts';
import { deviceOf } from '../auth/auth.routes.ts';
import { signInAnswerSchema } from '../auth/auth.schemas.ts';
import { fieldAccess } from '../../accounts/field-access.ts';
import { identitiesSchema, idTokenSchema, nonceRequestSchema, nonceSchema } from './identities.schemas.ts';
import type { createIdentitiesService } from './identities.service.ts';

type Service = ReturnType<typeof createIdentitiesService>;

export interface IdentityRouteDeps {
  readonly service: Service;
  readonly permission: string;
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}

const url = '/me/identities';
const common = { tags: ['identities'], security: [{ bearer: [] }] };
const params = z.object({ id: z.string().max(200) });
/** A nonce is worth something only to who asked for it, so none is kept to be repeated. */
const giveNonce = { config: { answersWithSecret: true } };

export function identitiesFeature({ service, permission, requireCaller, requireReauth }: IdentityRouteDeps): Feature {
  return {
    offers: ['identities.manage'],
    access: (permissions) => ({ identities: { link: fieldAccess({ permission }, permissions) } }),
    register(app) {
      requireCaller(app);
      app.get(
        url,
        { schema: { ...common, summary: 'List your linked identities', response: answers({ 200: identitiesSchema }) } },
        async (request) => service.list(callerOf(request).accountId),
      );
      app.post(
        `${url}/nonce`,
        {
          ...giveNonce,
          schema: {
            ...common,
            summary: 'Begin to link an identity',
            description: 'Gives the nonce for the authorization request.',
            body: nonceRequestSchema,
            response: answers({ 200: nonceSchema }),
          },
        },
        async (request) => {
          requireReauth(request);
          return service.beginLink(callerOf(request).accountId, request.body.issuer);
        },
      );
      app.post(
        url,
        {
          config: { takesSecret: true },
          schema: {
            ...common,
            summary: 'Link an identity',
            description: 'The ID token proves which one.',
            body: idTokenSchema,
            response: answers({ 200: identitiesSchema }),
          },
        },
        async (request) => {
          requireReauth(request);
          return service.link(callerOf(request).accountId, request.body);
        },
      );
      app.delete(
        `${url}/:id`,
        { schema: { ...common, summary: 'Unlink an identity', params, response: answers({ 204: z.undefined() }) } },
        async (request, reply) => {
          requireReauth(request);
          service.unlink(callerOf(request).accountId, request.params.id);
          return reply.code(204).send();
        },
      );
    },
  };
}

/** For who has no session yet. */
export function identitySignInFeature(service: Service): Feature {
  const tags = ['auth'];
  return {
    offers: [],
    register(app) {
      app.post(
        '/auth/sign-in-identity/nonce',
        {
          schema: {
            tags,
            summary: 'Begin to sign in with a linked identity',
            body: nonceRequestSchema,
            response: answers({ 200: nonceSchema }),
          },
        },
        async (request) => service.beginSignIn(request.body.issuer),
      );
      app.post(
        '/auth/sign-in-identity',
        {
          schema: {
            tags,
            summary: 'Sign in with a linked identity',
            body: idTokenSchema,
            response: answers({ 200: signInAnswerSchema }),
          },
        },
        (request) => service.signIn(request.body, deviceOf(request)),
      );
    },
  };
}
