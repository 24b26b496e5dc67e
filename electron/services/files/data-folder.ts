import { chmodSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import { makeFolder } from './make-folder.ts';
import { toStorageFault } from './storage-fault.ts';

/** Room for a few small writes, e.g. the log and one sealed file. */
const probeBytes = 256 * 1_024;

/**
 * Not one that many people share, such as /tmp (its sticky bit tells), nor somebody else's: there every file has its
 * own mode.
 */
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

/**
 * For a file that the person keeps: among the app's own it would be taken for one of them, and go with them.
 * `dataFolder` is real. Errors: AppError storage-fault (data-folder).
 */
export function refuseDataFolder(dataFolder: string, path: string): void {
  const way = relative(dataFolder, realFolder(dirname(path)));
  const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  if (!isOutside) throw new AppError('storage-fault', { reason: 'data-folder' });
}

/** One that is not there says so when it is written to. */
function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

/**
 * Where there is no Electron to say it: the platform's place for an application's own data (on Linux by the XDG Base
 * Directory Specification).
 */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'profile-desk');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'profile-desk');
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'profile-desk');
}
