import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { toStorageFault } from './storage-fault.ts';

/**
 * Makes the folder (0700) and those above it where they are missing. Errors: AppError storage-fault, with the cause.
 */
export function makeFolder(folder: string): void {
  try {
    makeMissing(folder);
  } catch (error) {
    throw toStorageFault(error);
  }
}

/**
 * One by one, for the cause: Node's recursive form says ENOENT of a read-only disk, and tries for ever where the system
 * says ENOENT of a folder whose parent is there, as Linux does in /proc.
 */
function makeMissing(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeMissing(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
