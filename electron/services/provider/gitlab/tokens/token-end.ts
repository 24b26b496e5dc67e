const dayMs = 86_400_000;

/** A date: the token ends as that day begins, in UTC. RFC 3339; null for none. */
export function toEnd(date: string | null | undefined): string | null {
  const moment = Date.parse(date ?? '');
  return Number.isNaN(moment) ? null : new Date(moment).toISOString();
}

/** Days: what is later is refused, where the administrator does not say otherwise. */
const maxDays = 365;

/** The first date as which something can end and still work until `end`. */
export function toFirstDate(end: string): string {
  return toDay(Math.ceil(Date.parse(end) / dayMs));
}

/**
 * As `toFirstDate`, of a token. Where that is beyond the last one that is taken because a day here is not one there,
 * the last one. `now` in milliseconds.
 */
export function toDate(end: string, now: number): string {
  const first = Math.ceil(Date.parse(end) / dayMs);
  const last = Math.floor(now / dayMs) + maxDays;
  return toDay(first - last <= 2 ? Math.min(first, last) : first);
}

function toDay(days: number): string {
  return new Date(days * dayMs).toISOString().slice(0, 10);
}
