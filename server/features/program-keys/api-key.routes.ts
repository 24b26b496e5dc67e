import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import type { App } from '../../http/app.ts';
import type { RequireReauth } from '../../access/require-reauth.ts';
import type { ApiKeyRules } from '../../presets/preset.ts';
import { fieldAccess } from '../../accounts/field-access.ts';
import { apiKeyStateSchema, madeApiKeySchema, newApiKeySchema, revealedApiKeySchema } from './api-key.schemas.ts';
import type { createApiKeyService } from './api-key.service.ts';

export interface ApiKeyRouteDeps {
  readonly service: ReturnType<typeof createApiKeyService>;
  readonly rules: ApiKeyRules;
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}

const url = '/me/api-key';
const common = { tags: ['api-key'], security: [{ bearer: [] }] };
const actsOnce = (answer: string) =>
  `The key made then ends in ${madeApiKeySchema.parse(JSON.parse(answer)).key.lastFour}`;
const made = answers({ 201: madeApiKeySchema });

/** A server whose keys are shown once has no route to show one again. */
export function apiKeyFeature(deps: ApiKeyRouteDeps): Feature {
  const { service, rules, requireCaller, requireReauth } = deps;
  return {
    offers: ['api-key.manage'],
    access: (permissions) => ({ apiKey: { key: fieldAccess({ permission: rules.permission }, permissions) } }),
    register(app) {
      requireCaller(app);
      app.get(
        url,
        {
          schema: {
            ...common,
            summary: 'Read the state of your API key',
            response: answers({ 200: apiKeyStateSchema }),
          },
        },
        async (request) => service.state(callerOf(request).accountId),
      );
      makingRoutes(app, deps);
      app.delete(
        url,
        {
          schema: {
            ...common,
            summary: 'Delete your API key',
            description: 'Calls made with it fail at once.',
            response: answers({ 204: z.undefined() }),
          },
        },
        async (request, reply) => {
          requireReauth(request);
          service.remove(callerOf(request).accountId);
          return reply.code(204).send();
        },
      );
      if (rules.style === 'replace') revealRoute(app, deps);
    },
  };
}

function makingRoutes(app: App, { service, requireReauth }: ApiKeyRouteDeps): void {
  app.post(
    url,
    {
      config: { actsOnce },
      schema: {
        ...common,
        summary: 'Generate an API key',
        description: 'The one before is void at once.',
        body: newApiKeySchema,
        response: made,
      },
    },
    async (request, reply) => {
      requireReauth(request);
      return reply.code(201).send(service.generate(callerOf(request).accountId, request.body));
    },
  );
  app.post(
    `${url}/rotate`,
    {
      config: { actsOnce },
      schema: {
        ...common,
        summary: 'Replace your API key',
        description: 'By a new one of the same name. The old one is void at once.',
        response: made,
      },
    },
    async (request, reply) => {
      requireReauth(request);
      return reply.code(201).send(service.rotate(callerOf(request).accountId));
    },
  );
}

function revealRoute(app: App, { service, requireReauth }: ApiKeyRouteDeps): void {
  app.post(
    `${url}/reveal`,
    {
      config: { answersWithSecret: true },
      schema: { ...common, summary: 'Show your API key again', response: answers({ 200: revealedApiKeySchema }) },
    },
    async (request) => {
      requireReauth(request);
      return service.reveal(callerOf(request).accountId);
    },
  );
}
