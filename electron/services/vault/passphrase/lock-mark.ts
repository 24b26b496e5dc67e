import type { FileStore, Log } from '../../ports.ts';

/** There from a lock until the next unlocking. It says nothing, so anybody may read it. */
export const lockMark = 'locked.json';

export interface LockMarkDeps {
  readonly files: FileStore;
  readonly log: Log;
  /** It was locked just now, whether or not that could be kept. */
  readonly isLocked?: boolean;
}

/** Whether the app was locked, past its end (X11). */
export class LockMark {
  readonly #deps: LockMarkDeps;

  constructor(deps: LockMarkDeps) {
    this.#deps = deps;
  }

  async isThere(): Promise<boolean> {
    const { isLocked = false, files } = this.#deps;
    return isLocked || (await files.read(lockMark).catch(() => undefined)) !== undefined;
  }

  /** On a full disk it is locked in this run at least. */
  async put(): Promise<void> {
    const { files, log } = this.#deps;
    await files
      .write(lockMark, Buffer.from('{"version":1}\n'))
      .catch((error: unknown) => log.error('the lock does not outlast this run', error));
  }

  async remove(): Promise<void> {
    const { files, log } = this.#deps;
    await files.remove(lockMark).catch((error: unknown) => log.error('the lock will be there again', error));
  }
}
