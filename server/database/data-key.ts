import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, constants, fsyncSync, linkSync, lstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { plainOnly, readPlainFile } from './plain-file.ts';

const keyLength = 32;

/** The key of a database, 32 random bytes in a file for its owner alone. Undefined if there is no such file. */
export function readDataKey(file: string): Buffer | undefined {
  const key = readPlainFile(file, 10 * keyLength);
  if (key && key.length !== keyLength) throw new Error(`the key file ${file} is damaged`);
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
  const key = readDataKey(file);
  if (!key) throw new Error(`the key file ${file} is gone again`);
  return key;
}

/**
 * For a key that lies elsewhere from now on. Overwritten first, but not what a link leads to; what a disk keeps of it
 * beside the file is beyond us.
 */
export function forgetDataKey(file: string): void {
  const facts = lstatSync(file, { throwIfNoEntry: false });
  if (!facts) return;
  if (facts.isFile()) {
    const descriptor = openSync(file, constants.O_RDWR | plainOnly);
    writeSync(descriptor, Buffer.alloc(keyLength));
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
  rmSync(file);
}
