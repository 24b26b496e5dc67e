import type { WholeRefusal } from '../../../http/refusal.ts';
import { messageOf } from './problem-body.ts';

/** Seconds: where nothing is said, and the longest that is believed. Its windows last an hour. */
const [usualWait, maxWait] = [60, 3_600];

/** By 429 as well as by 403, which otherwise means a missing right. */
export function isRateLimited(refusal: WholeRefusal): boolean {
  const { status, retryAfter, header } = refusal;
  if (status === 429) return true;
  if (status !== 403) return false;
  if (retryAfter !== undefined || header('x-ratelimit-remaining') === '0') return true;
  return /secondary rate limit|abuse detection/i.test(messageOf(refusal));
}

/** Seconds until the next request may go. */
export function waitOf({ retryAfter, header }: WholeRefusal): number {
  if (retryAfter !== undefined) return Math.min(retryAfter, maxWait);
  const reset = header('x-ratelimit-remaining') === '0' ? header('x-ratelimit-reset') : undefined;
  if (reset === undefined || !/^\d{1,12}$/.test(reset)) return usualWait;
  // By its own clock: this computer's may be wrong.
  const now = Date.parse(header('date') ?? '') / 1_000;
  const wait = Number(reset) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(Math.ceil(wait), 1), maxWait) : usualWait;
}
