import { chmodSync, constants, fsync, openSync, statSync } from 'node:fs';
import { open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Clock, FileStore } from '../ports.ts';
import { patiently } from './patiently.ts';
import { makeFolder } from './make-folder.ts';
import { removeStrayTempFiles, tempName } from './temp-files.ts';
import { systemCode, toStorageFault } from './storage-fault.ts';
import { replaceWhole } from './whole-file.ts';

/** Bytes. Nothing we write comes near it; a file that does is not ours, and must not fill memory. */
const largestFile = 16 * 1024 * 1024;
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;
const sync = promisify(fsync);

/**
 * The FileStore port over one folder of this computer, made if it is not there (folder 0700, files 0600).
 * What dead writers left half-written is removed first.
 * Errors: AppError storage-fault (disk-full, folder-read-only) if there is no folder and none can be made.
 */
export function createNodeFileStore(folder: string, clock: Clock): FileStore {
  prepareFolder(folder);
  const syncFolder = openForSync(folder);
  const pathOf = (name: string): string => {
    if (!plainName.test(name)) throw new Error('not a plain file name');
    return join(folder, name);
  };
  return {
    read: (name) => faulting(() => readWhole(pathOf(name))),
    write: (name, content) =>
      faulting(async () => {
        await replaceWhole(pathOf(name), join(folder, tempName(name)), content);
        await syncFolder();
      }),
    remove: (name) =>
      faulting(async () => {
        await patiently(() => unlink(pathOf(name)).catch(undefinedIfMissing));
        await syncFolder();
      }),
    setAside: (name) =>
      faulting(async () => {
        const aside = await freeName(folder, `${name}.damaged-${stamp(clock.now())}`);
        await patiently(() => rename(pathOf(name), join(folder, aside)));
        await syncFolder();
        return aside;
      }),
  };
}

function prepareFolder(folder: string): void {
  makeFolder(folder);
  try {
    if (process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
    removeStrayTempFiles(folder);
  } catch {
    // What lies in a read-only folder can still be read; the first write will say what is wrong.
  }
}

async function faulting<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw systemCode(error) === undefined ? error : toStorageFault(error);
  }
}

/** Windows has neither of the last two. Nothing here waits for the other end of a pipe, and no link is followed. */
const readFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
const notOurs = new Uint8Array();

async function readWhole(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path, readFlags).catch((error: unknown) => {
    // A link, or a socket: neither can be opened so.
    if (systemCode(error) === 'ELOOP' || systemCode(error) === 'ENXIO') return notOurs;
    return undefinedIfMissing(error);
  });
  if (!file || file instanceof Uint8Array) return file;
  try {
    const facts = await file.stat();
    return facts.isFile() ? await readUpTo(file, facts.size) : notOurs;
  } finally {
    await file.close();
  }
}

/** A file can grow, and those of the kernel have size 0: what counts is what comes out. */
async function readUpTo(file: FileHandle, size: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    // One byte more than there should be, so that the end shows in the next read at the latest.
    const part = new Uint8Array(Math.min(length < size ? size - length + 1 : 65_536, largestFile + 1));
    const { bytesRead } = await file.read(part, 0, part.length, null);
    length += bytesRead;
    if (length > largestFile)
      throw new AppError('storage-fault', {}, new Error('more bytes than anything written here'));
    if (bytesRead === 0) return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    parts.push(part.subarray(0, bytesRead));
  }
}

/**
 * Makes renames and removals survive a power failure. The folder stays open as long as the process lives: opening it
 * for each write would take a third of the time. Windows cannot open a folder, and its journal keeps the order.
 */
function openForSync(folder: string): () => Promise<void> {
  if (process.platform === 'win32') return () => Promise.resolve();
  try {
    const descriptor = openSync(folder, 'r');
    return () => sync(descriptor);
  } catch (error) {
    throw toStorageFault(error);
  }
}

async function freeName(folder: string, wanted: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  for (let n = 0; ; n += 1) {
    const name = n === 0 ? wanted : `${wanted}-${String(n)}`;
    if (!taken.has(name)) return name;
  }
}

/** 2026-11-21T07:06:42.000Z → 20261121-070642 */
function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

function undefinedIfMissing(error: unknown): undefined {
  if (systemCode(error) !== 'ENOENT') throw error;
}
