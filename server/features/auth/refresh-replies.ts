import type { Clock } from '../../clock.ts';
import { hashToken } from '../../security/tokens.ts';
import type { IssuedTokens } from '../../accounts/session.ts';

/** Milliseconds for which a lost reply can be asked for again. */
const window = 60_000;

/**
 * Answers of recent refreshes, so that a client whose reply got lost may repeat the exchange under the same
 * Idempotency-Key. In memory only: tokens in the clear are never written down.
 */
export function createRefreshReplies(clock: Clock) {
  const replies = new Map<string, { readonly tokens: IssuedTokens; readonly until: number }>();

  function removeOld(): void {
    // Insertion order is age order, so the first one still good ends the search.
    for (const [name, { until }] of replies) {
      if (until > clock.now()) break;
      replies.delete(name);
    }
  }

  return {
    find(refreshToken: string, key: string): IssuedTokens | undefined {
      removeOld();
      return replies.get(nameOf(refreshToken, key))?.tokens;
    },
    keep(refreshToken: string, key: string, tokens: IssuedTokens): void {
      replies.set(nameOf(refreshToken, key), { tokens, until: clock.now() + window });
    },
  };
}

function nameOf(refreshToken: string, key: string): string {
  return hashToken(`${refreshToken} ${key}`);
}
