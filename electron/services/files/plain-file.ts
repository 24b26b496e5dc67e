import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, renameSync } from 'node:fs';
import { AppError } from '../../../shared/contract/errors.ts';

/** Windows has neither of the last two. No link is followed, and nothing waits for the other end of a pipe. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * A small file of the data folder; undefined if there is none. It is judged when it is open, so that nothing can be put
 * in its place. Errors: the system's own (ELOOP for a link); AppError storage-fault for what is no file and for more
 * than `most` bytes.
 */
export function readPlainFile(path: string, maxBytes: number): Buffer | undefined {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  try {
    if (!fstatSync(file).isFile()) throw new AppError('storage-fault', {}, new Error(`${path} is no file`));
    const bytes = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (let count = 1; count > 0 && length < bytes.length; length += count)
      count = readSync(file, bytes, length, bytes.length - length, null);
    if (length > maxBytes)
      throw new AppError('storage-fault', {}, new Error(`${path} is larger than anything of ours`));
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, flags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Bytes of a file that a library reads whole. */
const maxLibraryBytes = 1_000_000;

/**
 * For a library that would follow a link at `path`, wait for a pipe or read without end: what is no file of a sensible
 * size is kept under another name. A folder stays, for the library to tell of. Errors: the system's own.
 */
export function leavePlainFile(path: string): void {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (!facts || facts.isDirectory() || (facts.isFile() && facts.size <= maxLibraryBytes)) return;
  renameSync(path, `${path}.damaged-${randomUUID()}`);
}
