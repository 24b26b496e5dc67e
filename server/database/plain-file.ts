import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Windows has neither. No link is followed, and nothing waits for the other end of a pipe. */
export const plainOnly = (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Undefined if there is no such file. Errors: the system's own (ELOOP for a link); Error for what is no file and for
 * more than `most` bytes.
 */
export function readPlainFile(path: string, maxBytes: number): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | plainOnly);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    if (!fstatSync(file).isFile()) throw new Error(`${path} is no file`);
    const bytes = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (let count = 1; count > 0 && length < bytes.length; length += count)
      count = readSync(file, bytes, length, bytes.length - length, null);
    if (length > maxBytes) throw new Error(`${path} is larger than ${String(maxBytes)} bytes`);
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes it for its owner alone where it is missing, as SQLite would not. Waits for no pipe. Errors: the system's own.
 */
export function touch(path: string): void {
  closeSync(openSync(path, constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), 0o600));
}
