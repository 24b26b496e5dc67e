import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
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

const megabyte = 1024 * 1024;

/**
 * Where nothing waits for a disk, if there is such a place with that much room (bytes; in a container it may have no
 * more than 64 MB) whose programs may run: for what writes a lot and is not about writing.
 */
export function memoryDisk(room = 512 * megabyte): string {
  const place = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize >= room && runsPrograms(place) ? place : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** proc_mounts(5): the last line of a place counts. */
function runsPrograms(place: string): boolean {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').trim().split('\n');
  const options = mounts.map((line) => line.split(' ')).findLast(([, where]) => where === place)?.[3];
  return options !== undefined && !options.split(',').includes('noexec');
}
