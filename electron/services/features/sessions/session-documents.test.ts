import { expect, it } from 'vitest';
import * as z from 'zod';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { startStorage } from '../../testing/test-storage.ts';
import { createSessionDocuments } from './session-documents.ts';
import { toSessions } from './to-sessions.ts';

it('E8 D5 a list stored by an earlier version opens, with the User-Agent that was not shown then', async () => {
  const storage = startStorage(createMemoryFiles());
  const times = { createdAt: null, lastModifiedAt: null, lastAuthenticatedAt: null, expiresAt: null };
  const facts = [{ id: 'a', isCurrent: false, userAgent: 'own-tool/1', told: null, ipAddress: null, ...times }];
  // As it was written before the contract had it; programs came later still, and are none here.
  await storage
    .document({ name: 'sessions-c1.sealed', what: 'sessions', account: 'c1', version: 1, schema: z.unknown() })
    .write({ version: 1, takenAt: '2026-01-01T00:00:00.000Z', facts });
  const loaded = await createSessionDocuments(storage).load('c1');
  expect(loaded && toSessions(loaded, new Map())).toMatchObject([{ id: 'a', userAgent: 'own-tool/1', programs: [] }]);
});
