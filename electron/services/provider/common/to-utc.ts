/**
 * Milliseconds since the epoch as RFC 3339 in UTC; null for a moment beyond the years that it can write, or for none.
 */
export function toUtc(moment: number | null | undefined): string | null {
  const date = new Date(moment ?? Number.NaN);
  const isWritable = date.getTime() >= 0 && date.getUTCFullYear() <= 9_999;
  return isWritable ? date.toISOString() : null;
}

/** The same of seconds since the epoch. */
export function secondsToUtc(moment: number | null | undefined): string | null {
  return toUtc((moment ?? Number.NaN) * 1_000);
}
