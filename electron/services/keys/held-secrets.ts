import type { Clock } from '../ports.ts';
import { createShortLived } from '../short-lived.ts';

export interface HeldSecret {
  /** Of which key, as keys-state.ts names it. */
  readonly ref: string;
  readonly secret: string;
  /** RFC 3339. */
  readonly until: string;
}

/** Milliseconds for which a new secret waits for Done. */
const heldFor = 3_600_000;

/** Secrets of keys just made, one a connection and in memory only, so that they can be copied, saved and shown again until Done. */
export class HeldSecrets {
  readonly #clock: Clock;
  readonly #held;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#held = createShortLived<HeldSecret>(clock);
  }

  get(connectionId: string): HeldSecret | undefined {
    return this.#held.get(connectionId);
  }

  hold(connectionId: string, ref: string, secret: string): void {
    const until = new Date(this.#clock.now() + heldFor).toISOString();
    this.#held.set(connectionId, { ref, secret, until }, heldFor);
  }

  /** Forgets what is held of one connection, or of all. */
  drop(connectionId?: string): void {
    this.#held.deleteWhere((_, key) => connectionId === undefined || key === connectionId);
  }

  /** A secret whose key is gone is of no use to anybody. */
  dropGone(connectionId: string, refs: readonly string[]): void {
    this.#held.deleteWhere(({ ref }, key) => key === connectionId && !refs.includes(ref));
  }
}
