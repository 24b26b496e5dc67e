/**
 * Seconds that a Retry-After header asks for (RFC 9110, section 10.2.3), never negative; undefined if it says nothing
 * usable.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  // Date.parse also takes "2" or "-5" for a date; an HTTP-date begins with the name of the day.
  const date = /^[A-Z][a-z]+,? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1_000));
}
