import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { toStorageFault } from './storage-fault.ts';

/** Room for a few small writes, e.g. the log and one sealed file. */
const probeBytes = 256 * 1_024;

/**
 * Makes the folder, readable by this person alone, and proves that it can be written, so that a full disk
 * is met here and not in the middle of a change. Returns its real path. Errors: AppError storage-fault.
 */
export function prepareDataFolder(path: string): string {
  makeFolder(path);
  try {
    const folder = realpathSync(path);
    const probe = join(folder, `.probe-${process.pid}`);
    try {
      writeFileSync(probe, Buffer.alloc(probeBytes), { mode: 0o600 });
    } finally {
      rmSync(probe, { force: true });
    }
    return folder;
  } catch (error) {
    throw toStorageFault(error);
  }
}
