import type { Clock } from '../../clock.ts';
import { hashToken } from '../../security/tokens.ts';
import type { SignedIn } from './auth.schemas.ts';

/** Milliseconds for which a lost reply can be asked for again. */
const windowMs = 60_000;

/**
 * Answers of recent refreshes, so that a client whose reply got lost may repeat the exchange under the same
 * Idempotency-Key. In memory only: tokens in the clear are never written down.
 */
export function createRefreshReplies(clock: Clock) {
  const replies = new Map<string, { readonly answer: SignedIn; readonly until: number }>();

  function removeOld(): void {
    // Insertion order is age order, so the first one still good ends the search.
    for (const [name, { until }] of replies) {
      if (until > clock.now()) break;
      replies.delete(name);
    }
  }

  return {
    find(refreshToken: string, key: string): SignedIn | undefined {
      removeOld();
      return replies.get(nameOf(refreshToken, key))?.answer;
    },
    keep(refreshToken: string, key: string, answer: SignedIn): void {
      replies.set(nameOf(refreshToken, key), { answer, until: clock.now() + windowMs });
    },
  };
}

function nameOf(refreshToken: string, key: string): string {
  return hashToken(`${refreshToken} ${key}`);
}
