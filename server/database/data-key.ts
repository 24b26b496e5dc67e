import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

const keyLength = 32;

/** The key of a database, 32 random bytes in a file for its owner alone. Undefined if there is no such file. */
export function readDataKey(file: string): Buffer | undefined {
  let key: Buffer;
  try {
    key = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (key.length !== keyLength) throw new Error(`the key file ${file} is damaged`);
  return key;
}

/** Makes the file whole or not at all; if another process was quicker, its key is the one. */
export function makeDataKey(file: string): Buffer {
  const unfinished = `${file}.${randomUUID()}`;
  const descriptor = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(descriptor, randomBytes(keyLength));
    fsyncSync(descriptor);
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(descriptor);
    rmSync(unfinished);
  }
  return readFileSync(file);
}

/** For a key that lies elsewhere from now on. Overwritten first; what a disk keeps of it beside the file is beyond us. */
export function forgetDataKey(file: string): void {
  if (!existsSync(file)) return;
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(keyLength));
  fsyncSync(descriptor);
  closeSync(descriptor);
  rmSync(file);
}
