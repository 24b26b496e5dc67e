import type { FastifyTypeProviderDefault } from 'fastify';
import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { App } from '../../http/app.ts';
import type { CallerScope } from '../../http/caller-scope.ts';
import { accountOf, callerOf } from '../../http/caller.ts';
import { etagOf, isUnchanged } from '../../http/conditional.ts';
import type { Feature } from '../../http/feature.ts';
import type { RequireReauth } from '../../http/require-reauth.ts';
import {
  avatarPatchSchema,
  avatarSchema,
  contactPatchSchema,
  contactSchema,
  userPatchSchema,
  userSchema,
} from './profile.schemas.ts';
import type { ProfileRecord, ProfileService } from './profile.service.ts';

const mergePatch = 'application/merge-patch+json';

interface RecordRoutes<Value, Change> {
  readonly url: string;
  readonly what: string;
  readonly valueSchema: z.ZodType<Value>;
  readonly patchSchema: z.ZodType<Change>;
  readonly record: ProfileRecord<Value, Change>;
  readonly guardEdit: RequireReauth | undefined;
}

/** `guardEdit` is there where editing needs a fresh proof of identity. */
export function profileFeature(profile: ProfileService, requireCaller: CallerScope, guardEdit?: RequireReauth): Feature {
  return {
    offers: ['profile.read', 'profile.write', 'contact.read', 'contact.write', 'avatar.read', 'avatar.write'],
    register(app) {
      requireCaller(app);
      acceptMergePatchOnly(app);
      recordRoutes(app, { url: '/me', what: 'own profile', valueSchema: userSchema, patchSchema: userPatchSchema, record: profile.user, guardEdit });
      recordRoutes(app, { url: '/me/contact', what: 'own contact data', valueSchema: contactSchema, patchSchema: contactPatchSchema, record: profile.contact, guardEdit });
      recordRoutes(app, { url: '/me/avatar', what: 'own picture', valueSchema: avatarSchema, patchSchema: avatarPatchSchema, record: profile.avatar, guardEdit });
    },
  };
}

/** A patch sent as plain JSON might mean something else, so it is refused with 415 (RFC 5789, 2.2). */
function acceptMergePatchOnly(app: App): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(mergePatch, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'PATCH') reply.header('accept-patch', mergePatch);
  });
}

function recordRoutes<Value, Change>(app: App, { url, what, valueSchema, patchSchema, record, guardEdit }: RecordRoutes<Value, Change>): void {
  // Answers are typed by `record`; Fastify's own inference does not see through a generic.
  const routes = app.withTypeProvider<FastifyTypeProviderDefault>();
  const common = { tags: ['profile'], security: [{ bearer: [] }] };
  routes.get(
    url,
    { config: { isOpenToApiKeys: true }, schema: { ...common, summary: `Read the ${what}`, response: answers({ 200: valueSchema, 304: z.undefined().describe('Not modified') }) } },
    (request, reply) => {
      const value = record.read(accountOf(request));
      const etag = etagOf(value);
      reply.header('etag', etag);
      return isUnchanged(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.send(value);
    },
  );
  routes.patch(
    url,
    { schema: { ...common, summary: `Change the ${what}`, consumes: [mergePatch], body: patchSchema, response: answers({ 200: valueSchema }) } },
    (request, reply) => {
      guardEdit?.(request);
      const value = record.update(callerOf(request).accountId, patchSchema.parse(request.body), request.headers['if-match']);
      return reply.header('etag', etagOf(value)).send(value);
    },
  );
}
