import type { FastifyRequest, FastifyTypeProviderDefault } from 'fastify';
import * as z from 'zod';
import { answers } from '../http/answers.ts';
import type { App } from '../http/app.ts';
import { accountOf, callerOf } from './caller.ts';
import { etagOf, isUnchanged } from '../http/conditional.ts';
import type { EditableRecord } from './editable-record.ts';

const mergePatch = 'application/merge-patch+json';

export interface RecordRoutes<Value, Change> {
  readonly url: string;
  readonly tag: string;
  /** As it follows "your". */
  readonly what: string;
  readonly valueSchema: z.ZodType<Value>;
  readonly patchSchema: z.ZodType<Change>;
  readonly record: EditableRecord<Value, Change>;
  /** Asks for a fresh proof of identity where these changes need one. Errors: Problem reauth-required. */
  readonly guardEdit?: ((request: FastifyRequest, patch: Change) => void) | undefined;
  readonly isOpenToApiKeys?: boolean;
}

/** A patch sent as plain JSON might mean something else, so it is refused with 415 (RFC 5789, 2.2). */
export function acceptMergePatchOnly(app: App): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(mergePatch, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'PATCH') reply.header('accept-patch', mergePatch);
  });
}

/** GET and PATCH of one record, with its ETag. */
export function recordRoutes<Value, Change>(app: App, deps: RecordRoutes<Value, Change>): void {
  const { url, tag, what, valueSchema, patchSchema, record, guardEdit, isOpenToApiKeys = false } = deps;
  // Answers are typed by `record`; Fastify's own inference does not see through a generic.
  const routes = app.withTypeProvider<FastifyTypeProviderDefault>();
  const common = { tags: [tag], security: [{ bearer: [] }] };
  routes.get(
    url,
    {
      config: { isOpenToApiKeys },
      schema: {
        ...common,
        summary: `Read your ${what}`,
        response: answers({ 200: valueSchema, 304: z.undefined().describe('Not modified') }),
      },
    },
    (request, reply) => {
      const value = record.read(accountOf(request));
      const etag = etagOf(value);
      reply.header('etag', etag);
      return isUnchanged(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.send(value);
    },
  );
  routes.patch(
    url,
    {
      schema: {
        ...common,
        summary: `Change your ${what}`,
        consumes: [mergePatch],
        body: patchSchema,
        response: answers({ 200: valueSchema }),
      },
    },
    (request, reply) => {
      const patch = patchSchema.parse(request.body);
      guardEdit?.(request, patch);
      const value = record.update(callerOf(request).accountId, patch, request.headers['if-match']);
      return reply.header('etag', etagOf(value)).send(value);
    },
  );
}
