import type { Clock } from '../../../ports.ts';

interface End {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly timer: AbortController;
  /** Grows with each that is noted. */
  readonly number: number;
}

/** No timer is longer. */
const maxSleepMs = 2_000_000_000;
/** Agents count in whole seconds. */
const graceMs = 1_500;

/** By when the agent gives up the keys that were added to it from here, in this run. An agent itself tells no ends. */
export class AgentEnds {
  readonly #clock: Pick<Clock, 'now' | 'sleep'>;
  /** By SHA-256 fingerprint. */
  readonly #ends = new Map<string, End>();
  #noted = 0;

  constructor(clock: Pick<Clock, 'now' | 'sleep'>) {
    this.#clock = clock;
  }

  /** It was added for so many seconds; null without an end. `onOver` once the agent should not hold it any more. */
  note(sha256: string, lifetime: number | null, onOver: () => void): void {
    this.delete(sha256);
    if (lifetime === null) return;
    const end = { at: this.#clock.now() + lifetime * 1_000, timer: new AbortController(), number: (this.#noted += 1) };
    this.#ends.set(sha256, end);
    void this.#wait(sha256, end, lifetime * 1_000 + graceMs, onOver);
  }

  /** It was removed. */
  delete(sha256: string): void {
    this.#ends.get(sha256)?.timer.abort();
    this.#ends.delete(sha256);
  }

  /** RFC 3339; null where there is none, or where it is not known. */
  of(sha256: string): string | null {
    const end = this.#ends.get(sha256);
    return end && end.at > this.#clock.now() ? new Date(end.at).toISOString() : null;
  }

  /** For `keepOnly`: what is noted from now on may be missing in a list that was asked for by now. */
  mark(): number {
    return this.#noted;
  }

  /** What is not held any more was removed by another program; whoever adds it again may give it another end. */
  keepOnly(listed: ReadonlySet<string>, mark: number): void {
    for (const [sha256, { number }] of [...this.#ends]) if (number <= mark && !listed.has(sha256)) this.delete(sha256);
  }

  close(): void {
    this.keepOnly(new Set(), this.#noted);
  }

  async #wait(sha256: string, end: End, time: number, onOver: () => void): Promise<void> {
    try {
      await this.#clock.sleep(Math.min(time, maxSleepMs), end.timer.signal);
    } catch {
      // Forgotten meanwhile.
      return;
    }
    if (this.#ends.get(sha256) === end) this.#ends.delete(sha256);
    onOver();
  }
}
