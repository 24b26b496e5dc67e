import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { App } from '../../http/app.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import { acceptMergePatchOnly } from '../../access/record-routes.ts';
import type { RequireReauth } from '../../access/require-reauth.ts';
import type { AccessKeyRules } from '../../presets/preset.ts';
import { newApiKeySchema } from './api-key.schemas.ts';
import { fieldAccess } from '../../accounts/field-access.ts';
import {
  accessKeyPatchSchema,
  accessKeySchema,
  accessKeysSchema,
  madeAccessKeySchema,
  tokenRequestSchema,
  tokenSchema,
} from './access-keys.schemas.ts';
import type { createAccessKeysService } from './access-keys.service.ts';

type Service = ReturnType<typeof createAccessKeysService>;

export interface AccessKeyRouteDeps {
  readonly service: Service;
  readonly rules: AccessKeyRules;
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}

const url = '/me/access-keys';
const common = { tags: ['access-keys'], security: [{ bearer: [] }] };
const params = z.object({ id: z.string().max(200) });
const actsOnce = (answer: string) => `The key made then is ${madeAccessKeySchema.parse(JSON.parse(answer)).key.id}`;

export function accessKeysFeature(deps: AccessKeyRouteDeps): Feature {
  const { service, rules, requireCaller, requireReauth } = deps;
  return {
    offers: ['access-keys.manage'],
    access: (permissions) => ({ accessKeys: { key: fieldAccess({ permission: rules.permission }, permissions) } }),
    register(app) {
      requireCaller(app);
      app.get(
        url,
        {
          schema: {
            ...common,
            summary: 'List your access keys',
            description: 'Newest first.',
            response: answers({ 200: accessKeysSchema }),
          },
        },
        async (request) => service.list(callerOf(request).accountId),
      );
      app.post(
        url,
        {
          config: { actsOnce },
          schema: {
            ...common,
            summary: 'Generate an access key',
            description: 'Its secret key is shown once.',
            body: newApiKeySchema,
            response: answers({ 201: madeAccessKeySchema }),
          },
        },
        async (request, reply) => {
          requireReauth(request);
          return reply.code(201).send(service.generate(callerOf(request).accountId, request.body));
        },
      );
      app.register((scope, _options, done) => {
        keyRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps);
        done();
      });
    },
  };
}

/** In a scope of their own, whose bodies are patches. */
function keyRoutes(app: App, { service, requireReauth }: AccessKeyRouteDeps): void {
  acceptMergePatchOnly(app);
  app.patch(
    `${url}/:id`,
    {
      schema: {
        ...common,
        summary: 'Turn an access key on or off',
        description: 'One that is off fails at once, and so do its tokens.',
        consumes: ['application/merge-patch+json'],
        params,
        body: accessKeyPatchSchema,
        response: answers({ 200: accessKeySchema }),
      },
    },
    async (request, reply) => {
      requireReauth(request);
      const key = service.setActive(
        callerOf(request).accountId,
        request.params.id,
        request.body.isActive,
        request.headers['if-match'],
      );
      return reply.header('etag', key.etag).send(key);
    },
  );
  app.delete(
    `${url}/:id`,
    {
      schema: {
        ...common,
        summary: 'Delete an access key',
        description: 'It and its tokens fail at once.',
        params,
        response: answers({ 204: z.undefined() }),
      },
    },
    async (request, reply) => {
      requireReauth(request);
      service.remove(callerOf(request).accountId, request.params.id);
      return reply.code(204).send();
    },
  );
}

const form = 'application/x-www-form-urlencoded';

/** For programs, which have no session. */
export function accessKeyTokenFeature(service: Service): Feature {
  return {
    offers: [],
    register(app) {
      app.removeAllContentTypeParsers();
      app.addContentTypeParser(form, { parseAs: 'string' }, (_request, body, done) => {
        done(null, Object.fromEntries(new URLSearchParams(String(body))));
      });
      app.post(
        '/auth/token',
        {
          schema: {
            tags: ['auth'],
            summary: 'Sign in with an access key',
            description: 'Gives a token that can only read.',
            consumes: [form],
            body: tokenRequestSchema,
            response: answers({ 200: tokenSchema }),
          },
        },
        async (request) => service.exchange(request.body.username, request.body.password),
      );
    },
  };
}
