import { randomUUID } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { SignInTarget } from '../add-account.ts';
import type { Clock } from '../../ports.ts';

/** A sign-in that waits for a code. */
export interface Challenge {
  readonly to: SignInTarget;
  /** The provider's own name of the challenge; the screen gets one of ours. */
  readonly remote: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** More than a person could have open. */
const maxChallenges = 20;

export class Challenges {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #open = new Map<string, Challenge>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Returns the name to ask for it by; the oldest makes room. */
  add(challenge: Challenge): string {
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size >= maxChallenges) this.#open.delete(oldest);
    const id = randomUUID();
    this.#open.set(id, challenge);
    return id;
  }

  /** Errors: unauthenticated (challenge-expired). */
  get(id: string): Challenge {
    const found = this.#open.get(id);
    if (!found || found.expiresAt <= this.#clock.now())
      throw new AppError('unauthenticated', { reason: 'challenge-expired' });
    return found;
  }

  remove(id: string): void {
    this.#open.delete(id);
  }
}
