import { chmodSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { toStorageFault } from './storage-fault.ts';

/** Room for a few small writes, e.g. the log and one sealed file. */
const probeBytes = 256 * 1_024;

/** Not one that many people share, such as /tmp (its sticky bit tells), nor somebody else's: there every file has its own mode. */
function closeToOthers(folder: string): void {
  if (process.platform === 'win32') return;
  const { mode, uid } = statSync(folder);
  const isShared = (mode & 0o1000) !== 0 || uid !== process.getuid?.();
  if ((mode & 0o077) !== 0 && !isShared) chmodSync(folder, 0o700);
}

/**
 * Makes the folder, readable by this person alone, and proves that it can be written, so that a full disk
 * is met here and not in the middle of a change. Returns its real path. Errors: AppError storage-fault.
 */
export function prepareDataFolder(path: string): string {
  makeFolder(path);
  try {
    const folder = realpathSync(path);
    closeToOthers(folder);
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
