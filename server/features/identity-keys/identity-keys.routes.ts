import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { App } from '../../http/app.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import { acceptMergePatchOnly } from '../../access/record-routes.ts';
import type { RequireReauth } from '../../access/require-reauth.ts';
import type { IdentityKeyRules } from '../../presets/preset.ts';
import { fieldAccess } from '../../accounts/field-access.ts';
import {
  identityKeyPatchSchema,
  identityKeySchema,
  identityKeysSchema,
  newIdentityKeySchema,
  ownershipChallengeSchema,
  ownershipProofSchema,
} from './identity-keys.schemas.ts';
import type { createIdentityKeysService } from './identity-keys.service.ts';

type Service = ReturnType<typeof createIdentityKeysService>;

export interface IdentityKeyRouteDeps {
  readonly service: Service;
  readonly rules: IdentityKeyRules;
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}

const url = '/me/identity-keys';
const common = { tags: ['identity-keys'], security: [{ bearer: [] }] };
const params = z.object({ id: z.string().max(200) });

export function identityKeysFeature(deps: IdentityKeyRouteDeps): Feature {
  const { service, rules, requireCaller, requireReauth } = deps;
  const rule = rules.permission === null ? 'editable' : { permission: rules.permission };
  return {
    offers: ['identity-keys.manage'],
    access: (permissions) => ({ identityKeys: { key: fieldAccess(rule, permissions) } }),
    register(app) {
      requireCaller(app);
      app.get(
        url,
        {
          schema: {
            ...common,
            summary: 'List your identity keys',
            description: 'Newest first.',
            response: answers({ 200: identityKeysSchema }),
          },
        },
        async (request) => service.list(callerOf(request).accountId),
      );
      app.post(
        url,
        // Who posts a private key by mistake must not find so much as a plain hash of it here.
        {
          config: { takesSecret: true },
          schema: {
            ...common,
            summary: 'Add an identity key',
            description: 'Its public half alone.',
            body: newIdentityKeySchema,
            response: answers({ 201: identityKeySchema }),
          },
        },
        async (request, reply) => {
          requireReauth(request);
          return reply.code(201).send(service.add(callerOf(request).accountId, request.body));
        },
      );
      proofRoutes(app, service);
      app.register((scope, _options, done) => {
        keyRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps);
        done();
      });
    },
  };
}

function proofRoutes(app: App, service: Service): void {
  app.post(
    `${url}/:id/challenge`,
    {
      config: { answersWithSecret: true },
      schema: {
        ...common,
        summary: 'Begin to verify that an identity key is yours',
        description: 'Gives a challenge for its private half to sign.',
        params,
        response: answers({ 200: ownershipChallengeSchema }),
      },
    },
    async (request) => service.challenge(callerOf(request).accountId, request.params.id),
  );
  app.post(
    `${url}/:id/verify`,
    {
      schema: {
        ...common,
        summary: 'Verify that an identity key is yours',
        description: 'By a signature over the challenge.',
        params,
        body: ownershipProofSchema,
        response: answers({ 200: identityKeySchema }),
      },
    },
    async (request) => service.verify(callerOf(request).accountId, request.params.id, request.body.signature),
  );
}

/** In a scope of their own, whose bodies are patches. */
function keyRoutes(app: App, { service, requireReauth }: IdentityKeyRouteDeps): void {
  acceptMergePatchOnly(app);
  app.patch(
    `${url}/:id`,
    {
      schema: {
        ...common,
        summary: 'Rename an identity key',
        consumes: ['application/merge-patch+json'],
        params,
        body: identityKeyPatchSchema,
        response: answers({ 200: identityKeySchema }),
      },
    },
    async (request, reply) => {
      const key = service.rename(
        callerOf(request).accountId,
        request.params.id,
        request.body.title,
        request.headers['if-match'],
      );
      return reply.header('etag', key.etag).send(key);
    },
  );
  app.delete(
    `${url}/:id`,
    { schema: { ...common, summary: 'Delete an identity key', params, response: answers({ 204: z.undefined() }) } },
    async (request, reply) => {
      requireReauth(request);
      service.remove(callerOf(request).accountId, request.params.id);
      return reply.code(204).send();
    },
  );
}

/** For development only: there is no SSH server here that would use a key. */
export function identityKeyUseFeature(service: Service): Feature {
  return {
    offers: [],
    register(app) {
      app.post(
        '/dev/identity-keys/:id/use',
        { schema: { hide: true, params, response: { 204: z.undefined() } } },
        async (request, reply) => {
          service.markUsed(request.params.id);
          return reply.code(204).send();
        },
      );
    },
  };
}
