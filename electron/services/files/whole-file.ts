import { link, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { FileContent } from '../ports.ts';
import { isFileInUse, patiently } from './patiently.ts';
import { systemCode, toStorageFault } from './storage-fault.ts';
import { tempName } from './temp-files.ts';

/**
 * Either the whole new content is there afterwards or the old one is, whenever the power fails. Errors: those of the
 * system.
 */
export async function replaceWhole(path: string, temp: string, content: FileContent): Promise<void> {
  await createWhole(temp, content);
  try {
    await patiently(() => rename(temp, path));
  } catch (error) {
    await unlink(temp).catch(() => undefined);
    // The folder can be written: the new file was made in it a moment ago.
    if (isFileInUse(error)) throw new AppError('storage-fault', { reason: 'file-in-use' }, error);
    throw error;
  }
}

/**
 * For a file that the person was asked about: it takes the place of what has that name. Errors: AppError storage-fault.
 */
export async function replaceFile(path: string, content: FileContent): Promise<void> {
  try {
    await replaceWhole(path, join(dirname(path), tempName(basename(path))), content);
  } catch (error) {
    throw toStorageFault(error);
  }
}

/** Takes the first name that is free: `name.txt`, `name (2).txt` … Gives its path. Errors: AppError storage-fault. */
export async function createFile(folder: string, name: string, content: FileContent): Promise<string> {
  const extension = extname(name);
  for (let n = 1; ; n += 1) {
    const path = join(folder, n === 1 ? name : `${basename(name, extension)} (${String(n)})${extension}`);
    try {
      await createWhole(path, content);
      return path;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw toStorageFault(error);
    }
  }
}

/** FAT knows no links, nor do some shares. */
const withoutLinks = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EACCES']);

/**
 * Whole or not at all, whenever the power fails, and never in the place of anything: the name is given to a file that
 * is written already. Errors: those of the system, EEXIST where something has that name.
 */
export async function placeNew(path: string, content: FileContent, mode: number): Promise<void> {
  const temp = join(dirname(path), tempName(basename(path)));
  await createWhole(temp, content, mode);
  try {
    await link(temp, path);
  } catch (error) {
    if (!withoutLinks.has(systemCode(error) ?? '')) throw error;
    await createWhole(path, content, mode);
  } finally {
    await unlink(temp).catch(() => undefined);
  }
}

/** Makes what was done in it survive a power failure. Windows cannot open a folder, and its journal keeps the order. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** By default for its owner alone. Half a file does not stay. Errors: those of the system. */
async function createWhole(path: string, content: FileContent, mode = 0o600): Promise<void> {
  // wx: a name is never reused, and a link planted under it is not followed.
  const file = await open(path, 'wx', mode);
  try {
    // Whatever the process takes away from new files.
    if (mode !== 0o600) await file.chmod(mode);
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}
