/** A date: the token ends as that day begins, in UTC. RFC 3339; null for none. */
export function toEnd(date: string | null | undefined): string | null {
  const moment = Date.parse(date ?? '');
  return Number.isNaN(moment) ? null : new Date(moment).toISOString();
}
