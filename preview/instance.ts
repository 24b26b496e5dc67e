import { chmodSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './start-error.ts';

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * The claim on a data folder, or undefined if another copy has it. The operating system holds the lock (SQLite's, on an
 * empty file in the folder) and drops it with the process, however that ends, so there is no stale lock to judge.
 * Errors: StartError if there can be no lock.
 */
export function claimInstance(dataFolder: string): { release(): void } | undefined {
  const file = join(dataFolder, 'instance.lock');
  let lock: DatabaseSync | undefined;
  try {
    makePrivate(file);
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    const claim = lock;
    return { release: () => claim.close() };
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(
      'storage',
      `${file} cannot be locked (${why}): move it away, or choose another data folder with --data-dir`,
    );
  }
}

/**
 * SQLite would make it readable to all, and who can read it can hold a lock on it: then the app would say that it runs
 * already.
 */
function makePrivate(file: string): void {
  try {
    // Of what is no file here SQLite tells.
    closeSync(openSync(file, constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), 0o600));
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  } catch {
    return;
  }
}
