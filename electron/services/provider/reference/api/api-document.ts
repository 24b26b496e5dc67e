import * as z from 'zod';
import type { ApiOperation } from '../../../../../shared/contract/api-calls.ts';
import type { DescribedOperation } from '../../account-api.ts';

const remoteOperationSchema = z.object({
  operationId: z.string().max(200),
  summary: z.string().max(500).default(''),
  tags: z.array(z.string().max(100)).max(20).default([]),
});

/** The part of an OpenAPI 3.1 document that is read: which calls there are. */
export const remoteDocumentSchema = z.object({
  openapi: z.string().regex(/^3\.\d/),
  paths: z.record(z.string().startsWith('/').max(500), z.record(z.string(), z.unknown())),
});

const methods: readonly (readonly [string, ApiOperation['method']])[] = [
  ['get', 'GET'],
  ['post', 'POST'],
  ['put', 'PUT'],
  ['patch', 'PATCH'],
  ['delete', 'DELETE'],
];

/** In the document's order; an operation without a name of its own is left out. */
export function toOperations({ paths }: z.infer<typeof remoteDocumentSchema>): DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap(([key, method]) => {
      const parsed = remoteOperationSchema.safeParse(item[key]);
      if (!parsed.success) return [];
      const { operationId: id, summary, tags } = parsed.data;
      return [{ id, method, path, summary, tags }];
    }),
  );
}
