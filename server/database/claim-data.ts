import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toStorageError } from './database.ts';
import { makeFolder } from './make-folder.ts';
import { touch } from './plain-file.ts';

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Takes the data of a preset for this process; undefined if another one has it. The system holds the lock (SQLite's, on
 * an empty file) and drops it with the process, however that ends. Errors: StorageError.
 */
export function claimData(folder: string, name: string): { release(): void } | undefined {
  let lock: DatabaseSync | undefined;
  try {
    makeFolder(folder);
    const file = join(folder, `${name}.lock`);
    // For its owner alone: whoever may read it could hold it.
    touch(file);
    const taken = (lock = new DatabaseSync(file, { timeout: 0 }));
    taken.exec('BEGIN EXCLUSIVE');
    return { release: () => taken.close() };
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: unknown }).errcode === SQLITE_BUSY) return undefined;
    throw toStorageError(folder, error);
  }
}
