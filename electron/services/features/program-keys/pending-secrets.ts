import { AppError } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports.ts';
import { createShortLived } from '../../core/short-lived.ts';

export interface PendingSecret {
  /** Of which key, as keys-state.ts names it. */
  readonly ref: string;
  readonly secret: string;
  /** RFC 3339. */
  readonly until: string;
}

/** A new secret waits as long for Done. */
const lifetimeMs = 3_600_000;

/**
 * Secrets of keys just made, one an account and in memory only, so that they can be copied, saved and shown again
 * until Done.
 */
export class PendingSecrets {
  readonly #clock: Clock;
  readonly #secrets;
  /** How often the session of an account ended in this run. */
  readonly #ends = new Map<string, number>();
  #endsOfAll = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#secrets = createShortLived<PendingSecret>(clock);
  }

  get(accountId: string): PendingSecret | undefined {
    return this.#secrets.get(accountId);
  }

  /**
   * Called before a secret is asked for, gives what holds it when it comes.
   * Errors of that: unauthenticated (session-ended) if the session it was asked for in ended meanwhile.
   */
  begin(accountId: string): (ref: string, secret: string) => void {
    const before = this.#endsOf(accountId);
    return (ref, secret) => {
      if (this.#endsOf(accountId) !== before) throw new AppError('unauthenticated', { reason: 'session-ended' });
      const until = new Date(this.#clock.now() + lifetimeMs).toISOString();
      this.#secrets.set(accountId, { ref, secret, until }, lifetimeMs);
    };
  }

  /** The person has it: forgets what is held now. */
  finish(accountId: string): void {
    this.#secrets.delete(accountId);
  }

  /** The session is over, of one account or of all: forgets what is held, and what is still to come. */
  clear(accountId?: string): void {
    if (accountId === undefined) this.#endsOfAll += 1;
    else this.#ends.set(accountId, (this.#ends.get(accountId) ?? 0) + 1);
    this.#secrets.deleteWhere((_, key) => accountId === undefined || key === accountId);
  }

  /** A secret whose key is gone is of no use to anybody. */
  clearGone(accountId: string, refs: readonly string[]): void {
    this.#secrets.deleteWhere(({ ref }, key) => key === accountId && !refs.includes(ref));
  }

  #endsOf(accountId: string): number {
    return this.#endsOfAll + (this.#ends.get(accountId) ?? 0);
  }
}
