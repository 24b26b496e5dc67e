import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** The platform's place for an application's own data (on Linux by the XDG Base Directory Specification). */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'profile-desk');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'profile-desk');
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'profile-desk');
}

/** Room for a few small writes, e.g. the log and one sealed file. */
const probeBytes = 256 * 1_024;

/**
 * Makes the folder, readable by this person alone, and proves that it can be written, so that a full disk
 * is met here and not in the middle of a change. Returns its real path. Errors: StartError.
 */
export function prepareDataFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const folder = realpathSync(path);
    const probe = join(folder, `.probe-${process.pid}`);
    try {
      writeFileSync(probe, Buffer.alloc(probeBytes), { mode: 0o600 });
    } finally {
      rmSync(probe, { force: true });
    }
    return folder;
  } catch (error) {
    throw new StartError('storage', describe(path, error));
  }
}

function describe(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
  if (code === 'ENOSPC' || code === 'EDQUOT') return `the disk that holds ${path} is full: free some space and start again`;
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return `the data folder ${path} is read-only: choose another with --data-dir`;
  if (['ENOTDIR', 'EEXIST'].includes(code)) return `${path} is not a folder: choose another with --data-dir`;
  return `the data folder ${path} can not be used (${code}): choose another with --data-dir`;
}
