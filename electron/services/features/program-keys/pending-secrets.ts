import { AppError } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports.ts';
import { createShortLived } from '../../core/short-lived.ts';

export interface HeldSecret {
  /** Of which key, as keys-state.ts names it. */
  readonly ref: string;
  readonly secret: string;
  /** RFC 3339. */
  readonly until: string;
}

/** Milliseconds for which a new secret waits for Done. */
const heldFor = 3_600_000;

/**
 * Secrets of keys just made, one a connection and in memory only, so that they can be copied, saved and shown again
 * until Done.
 */
export class PendingSecrets {
  readonly #clock: Clock;
  readonly #held;
  /** How often the session of a connection ended in this run. */
  readonly #ends = new Map<string, number>();
  #endsOfAll = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#held = createShortLived<HeldSecret>(clock);
  }

  get(connectionId: string): HeldSecret | undefined {
    return this.#held.get(connectionId);
  }

  /**
   * Called before a secret is asked for, gives what holds it when it comes.
   * Errors of that: unauthenticated (session-ended) if the session it was asked for in ended meanwhile.
   */
  begin(connectionId: string): (ref: string, secret: string) => void {
    const before = this.#endsOf(connectionId);
    return (ref, secret) => {
      if (this.#endsOf(connectionId) !== before) throw new AppError('unauthenticated', { reason: 'session-ended' });
      const until = new Date(this.#clock.now() + heldFor).toISOString();
      this.#held.set(connectionId, { ref, secret, until }, heldFor);
    };
  }

  /** The person has it: forgets what is held now. */
  finish(connectionId: string): void {
    this.#held.delete(connectionId);
  }

  /** The session is over, of one connection or of all: forgets what is held, and what is still to come. */
  drop(connectionId?: string): void {
    if (connectionId === undefined) this.#endsOfAll += 1;
    else this.#ends.set(connectionId, (this.#ends.get(connectionId) ?? 0) + 1);
    this.#held.deleteWhere((_, key) => connectionId === undefined || key === connectionId);
  }

  /** A secret whose key is gone is of no use to anybody. */
  dropGone(connectionId: string, refs: readonly string[]): void {
    this.#held.deleteWhere(({ ref }, key) => key === connectionId && !refs.includes(ref));
  }

  #endsOf(connectionId: string): number {
    return this.#endsOfAll + (this.#ends.get(connectionId) ?? 0);
  }
}
