/** The last day of a key: at the provider, or the one that the person chose here (X3). */
export interface KeyEnds {
  readonly expiresAt: string | null;
  readonly ownEnd: string | null;
}

export interface KeyEnd {
  readonly kind: 'provider' | 'own';
  /** Whole days until then: 0 within the last 24 hours, -1 once it is over. */
  readonly daysLeft: number;
}

/** Days before the end from which on it is spoken of; the reminders begin with them too. */
const noticeDays = 30;
const dayMs = 86_400_000;

/** The end to be spoken of: the earlier of both, once it is near or over. `now` in milliseconds. */
export function nearEnd({ expiresAt, ownEnd }: KeyEnds, now: number): KeyEnd | undefined {
  const isOwn = ownEnd !== null && (expiresAt === null || Date.parse(ownEnd) < Date.parse(expiresAt));
  const end = isOwn ? ownEnd : expiresAt;
  if (end === null) return undefined;
  const left = Date.parse(end) - now;
  const daysLeft = left < 0 ? -1 : Math.floor(left / dayMs);
  return daysLeft > noticeDays ? undefined : { kind: isOwn ? 'own' : 'provider', daysLeft };
}

/** The last moment of a local day `YYYY-MM-DD`; null for none. */
export function endOfDay(day: string): string | null {
  return day ? new Date(`${day}T23:59:59`).toISOString() : null;
}

/** The local day of a moment as `YYYY-MM-DD`; empty for none. */
export function dayOf(instant: string | number | null): string {
  if (instant === null) return '';
  const date = new Date(instant);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
