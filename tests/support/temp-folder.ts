import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempFolder extends Disposable {
  readonly path: string;
}

/** `using folder = makeTempFolder()`: gone with everything in it at the end of the block. */
export function makeTempFolder(place = tmpdir()): TempFolder {
  const path = mkdtempSync(join(place, 'profile-desk-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Bytes. In a container it may have no more than 64 MB. */
const roomWanted = 512 * 1024 * 1024;

/** Where nothing waits for a disk, if there is such a place: for what writes a lot and is not about writing. */
export function memoryDisk(): string {
  const place = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize >= roomWanted ? place : tmpdir();
  } catch {
    return tmpdir();
  }
}
