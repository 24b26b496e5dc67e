import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { preparePassphrase } from '../../../shared/passphrase.ts';
import { createNodeFileStore } from '../files/node-file-store.ts';
import type { Clock, FileStore, KeyWrapper, Log } from '../ports.ts';
import { createSealedStorage } from '../vault/create-sealed-storage.ts';
import type { DeriveKey } from '../vault/passphrase/derive-key.ts';
import type { DocumentSpec, SealedStorage } from '../vault/sealed-storage.ts';
import { createManualClock } from './manual-clock.ts';
import { createTestKeyWrapper } from './test-key-wrapper.ts';

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const noteSchema = z.strictObject({ text: z.string() });
export type NoteSpec = DocumentSpec<typeof noteSchema>;

/** Argon2id, which takes its time on purpose, has tests of its own. */
export const quickly: DeriveKey = (passphrase, { salt, passes, memoryKiB }) =>
  Promise.resolve(
    createHmac('sha256', `${salt} ${String(passes)} ${String(memoryKiB)}`)
      .update(preparePassphrase(passphrase))
      .digest(),
  );

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
  clock: Clock = createManualClock(),
): SealedStorage {
  const store = typeof files === 'string' ? openTestFiles(files) : files;
  return createSealedStorage({ files: store, keyWrapper, deriveKey: quickly, clock, log: silentLog });
}
