/**
 * The last instant that can be written with a year of four digits (RFC 3339, section 5.6): milliseconds since the
 * epoch.
 */
export const latestInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The end of a key made at `now` for as long as another one was; all in milliseconds since the epoch. */
export function endOfNext(
  { createdAt, expiresAt }: { readonly createdAt: number; readonly expiresAt: number },
  now: number,
): number {
  return Math.min(now + expiresAt - createdAt, latestInstant);
}
