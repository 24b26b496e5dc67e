import type { Clock, FileStore, Log } from '../../ports.ts';
import { storedTriesByClockSchema, storedTriesSchema, type StoredTries } from '../vault.stored.ts';

export const triesFile = 'passphrase-tries.json';

/** Tries before the first wait: everybody slips. */
const free = 3;
/** Milliseconds of the first wait; each next one is twice as long, up to the longest. */
const firstWaitMs = 5_000;
const longestWaitMs = 15 * 60_000;

/**
 * Wrong passphrases in a row, and how long to wait for the next. Kept in a file, so that a restart takes nothing back.
 * It slows down whoever sits at this computer; who has the file with the wrapped key guesses without asking us, and is
 * slowed down by Argon2id alone.
 */
export class Tries {
  readonly #files: FileStore;
  readonly #clock: Clock;
  readonly #log: Log;
  #stored: StoredTries | undefined;
  /** On the monotonic clock. */
  #until: number | undefined;

  constructor({ files, clock, log }: { files: FileStore; clock: Clock; log: Log }) {
    this.#files = files;
    this.#clock = clock;
    this.#log = log;
  }

  /** Milliseconds until the next try; 0 for none. */
  async wait(): Promise<number> {
    const { wrong } = await this.#read();
    if (wrong < free || this.#until === undefined) return 0;
    return Math.max(0, this.#until - this.#clock.monotonic());
  }

  /** Before a passphrase is tried: whoever ends the app meanwhile has used up this try all the same. */
  async note(): Promise<void> {
    const { wrong } = await this.#read();
    this.#stored = { version: 2, wrong: wrong + 1, lastSinceBoot: this.#clock.sinceBoot() };
    this.#until = this.#clock.monotonic() + waitAfter(this.#stored.wrong);
    // Who cannot write here is let in nevertheless.
    await this.#files
      .write(triesFile, Buffer.from(`${JSON.stringify(this.#stored)}\n`))
      .catch((error: unknown) => this.#log.error('a try is not kept', error));
  }

  /** The right one was given. */
  async clear(): Promise<void> {
    this.#stored = undefined;
    this.#until = undefined;
    await this.#files.remove(triesFile).catch((error: unknown) => this.#log.error('tries are not cleared', error));
  }

  async #read(): Promise<StoredTries> {
    if (this.#stored) return this.#stored;
    const stored = parse(await this.#files.read(triesFile).catch(() => undefined));
    // Read meanwhile by another.
    if (this.#stored) return this.#stored;
    this.#stored = stored ?? { version: 2, wrong: 0, lastSinceBoot: 0 };
    this.#until = this.#clock.monotonic() + Math.max(0, waitAfter(this.#stored.wrong) - this.#since(this.#stored));
    return this.#stored;
  }

  /**
   * Milliseconds that have passed since the last at least. The clock on the wall is not asked: set on, it would end
   * each wait; set back, it would prolong one. Where the computer was started anew meanwhile, that was after the last.
   */
  #since({ lastSinceBoot }: StoredTries): number {
    const sinceBoot = this.#clock.sinceBoot();
    return sinceBoot < lastSinceBoot ? sinceBoot : sinceBoot - lastSinceBoot;
  }
}

function waitAfter(wrong: number): number {
  return wrong < free ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(wrong - free, 20));
}

/** What somebody wrote over it counts for nothing: nobody is kept out by a damaged file. */
function parse(file: Uint8Array | undefined): StoredTries | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(file ?? []).toString());
    const former = storedTriesByClockSchema.safeParse(json).data;
    if (former) return { version: 2, wrong: former.wrong, lastSinceBoot: Number.MAX_VALUE };
    return storedTriesSchema.safeParse(json).data;
  } catch {
    return undefined;
  }
}
