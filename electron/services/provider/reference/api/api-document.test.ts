import { describe, expect, it } from 'vitest';
import { remoteDocumentSchema, toOperations } from './api-document.ts';

const read = (paths: Record<string, Record<string, unknown>>) =>
  toOperations(remoteDocumentSchema.parse({ openapi: '3.1.0', paths }));

describe('E13 the description of the calls', () => {
  it('gives each operation with its method, path, summary and groups', () => {
    expect(
      read({
        '/me': {
          get: { operationId: 'getMe', summary: 'Read your profile', tags: ['profile'], responses: {} },
          patch: { operationId: 'patchMe' },
        },
      }),
    ).toEqual([
      { id: 'getMe', method: 'GET', path: '/me', summary: 'Read your profile', tags: ['profile'] },
      { id: 'patchMe', method: 'PATCH', path: '/me', summary: '', tags: [] },
    ]);
  });
  it('leaves out what is no operation or has no name', () => {
    expect(
      read({
        '/me': {
          parameters: [],
          summary: 'all of them',
          get: { summary: 'without a name' },
          trace: { operationId: 'traceMe' },
        },
      }),
    ).toEqual([]);
  });
  it.each([{ openapi: '2.0', paths: {} }, { openapi: '3.1.0' }, { openapi: '3.1.0', paths: { me: {} } }, 'text'])(
    'is refused as %j',
    (document) => {
      expect(remoteDocumentSchema.safeParse(document).success).toBe(false);
    },
  );
});
