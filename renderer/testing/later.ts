/** A second after an instant, both ISO 8601. */
export function later(instant: string): string {
  return new Date(Date.parse(instant) + 1_000).toISOString();
}
