import { execFileSync } from 'node:child_process';
import { makeTempFolder } from './temp-folder.ts';

export interface TinyDisk extends Disposable {
  readonly path: string;
  /** From now on it can be read from only. */
  makeReadOnly(): void;
}

/** A real file system of `kilobytes` KB, mounted for the block: `using disk = mountTinyDisk(64)`. */
export function mountTinyDisk(kilobytes: number): TinyDisk {
  const folder = makeTempFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder.path], { stdio: 'pipe' });
  return {
    path: folder.path,
    makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder.path], { stdio: 'pipe' }),
    [Symbol.dispose]() {
      execFileSync('umount', ['--lazy', folder.path], { stdio: 'pipe' });
      folder[Symbol.dispose]();
    },
  };
}

/** Mounting needs Linux and an administrator. */
export function canMountDisks(): boolean {
  try {
    using disk = mountTinyDisk(64);
    return disk.path !== '';
  } catch {
    return false;
  }
}
