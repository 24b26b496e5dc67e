import type { HttpClient } from '../../http/http-client.ts';
import { serverNowOf, type Whoami } from './session.ts';

/**
 * How long a sign-in counts as fresh. The server has a length for it and tells nobody, so this is the app's own, never
 * more than what was seen to be refused.
 */
export interface Freshness {
  /** Milliseconds until this sign-in is too old; 0 once it is. */
  left(session: Pick<Whoami, 'authenticated_at'>): number;
  /** Milliseconds. */
  length(): number;
  /** The server found the sign-in that was looked at last too old. */
  noteStale(): void;
  /** The person does not want to be taken for fresh any more: the server has no way to say so. */
  end(session: Pick<Whoami, 'authenticated_at'>): void;
}

/** Shorter than any that an operator chooses: the server's own is an hour. */
const usualLengthMs = 600_000;
/** Below that nothing could be done in time. */
const shortestMs = 30_000;

export function createFreshness(http: HttpClient, address: string): Freshness {
  let length = usualLengthMs;
  /** Moments of sign-ins, as the server writes them. */
  let seen: string | undefined;
  let ended: string | undefined;

  function ageOf(moment: string): number {
    return Math.max(0, serverNowOf(http, address) - (Date.parse(moment) || 0));
  }

  return {
    left({ authenticated_at: moment }) {
      seen = moment ?? undefined;
      if (seen === undefined || seen === ended) return 0;
      return Math.max(0, length - ageOf(seen));
    },
    length: () => length,
    noteStale() {
      if (seen === undefined) return;
      length = Math.max(shortestMs, Math.min(length, ageOf(seen)));
      ended = seen;
    },
    end({ authenticated_at: moment }) {
      ended = moment ?? undefined;
    },
  };
}
