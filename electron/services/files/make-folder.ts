import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { toStorageFault } from './storage-fault.ts';

/** Makes the folder (0700) and those above it where they are missing. Errors: AppError storage-fault, with the cause. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toStorageFault(causeOf(folder) ?? error);
  }
}

/** Node's recursive form gives ENOENT for a read-only disk; the plain one, at the first folder missing, gives the cause. */
function causeOf(folder: string): unknown {
  try {
    mkdirSync(firstMissing(folder), { mode: 0o700 });
    return undefined;
  } catch (error) {
    return error;
  }
}

function firstMissing(path: string): string {
  const parent = dirname(path);
  return parent === path || existsSync(parent) ? path : firstMissing(parent);
}
