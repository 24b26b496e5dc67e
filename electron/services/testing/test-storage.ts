import * as z from 'zod';
import { createNodeFileStore } from '../files/node-file-store.ts';
import type { FileStore, KeyWrapper, Log } from '../ports.ts';
import { createSealedStorage } from '../vault/create-sealed-storage.ts';
import type { DocumentSpec, SealedStorage } from '../vault/sealed-storage.ts';
import { createManualClock } from './manual-clock.ts';
import { createTestKeyWrapper } from './test-key-wrapper.ts';

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const noteSchema = z.strictObject({ text: z.string() });
export type NoteSpec = DocumentSpec<typeof noteSchema>;

/** A document for tests: `{ text }`. */
export function noteSpec(name: string, changes: Partial<Omit<NoteSpec, 'name' | 'schema'>> = {}): NoteSpec {
  return { name, what: 'profile', account: 'account-1', version: 1, schema: noteSchema, ...changes };
}

/** The real file store at a standing time, 2026-01-01 00:00:00 UTC. */
export function openTestFiles(folder: string): FileStore {
  return createNodeFileStore(folder, createManualClock());
}

/** Sealed storage as after a start of the app on this folder. */
export function startStorage(
  files: FileStore | string,
  keyWrapper: KeyWrapper = createTestKeyWrapper(),
): SealedStorage {
  const store = typeof files === 'string' ? openTestFiles(files) : files;
  return createSealedStorage({ files: store, keyWrapper, clock: createManualClock(), log: silentLog });
}
