import { localDay } from '../../../shared/rules/local-day.ts';

/** The last day of a key: at the provider, or the one that the person chose here (X3). */
export interface KeyEnds {
  readonly expiresAt: string | null;
  readonly ownEnd: string | null;
}

export interface KeyEnd {
  readonly kind: 'provider' | 'own';
  /** How many days after today: 0 if it is today and still to come, -1 once it is over. */
  readonly daysLeft: number;
}

/** Days before the end from which on it is spoken of; the reminders begin with them too. */
const noticeDays = 30;
const dayMs = 86_400_000;

/** Its last moment can be written in UTC (RFC 3339), wherever the computer is. */
export const lastDay = '9999-12-30';

/** The end to be spoken of: the earlier of both, once it is near or over. `now` in milliseconds. */
export function nearEnd({ expiresAt, ownEnd }: KeyEnds, now: number): KeyEnd | undefined {
  const isOwn = ownEnd !== null && (expiresAt === null || Date.parse(ownEnd) < Date.parse(expiresAt));
  const end = isOwn ? ownEnd : expiresAt;
  if (end === null) return undefined;
  const daysLeft = Date.parse(end) < now ? -1 : (midnightOf(end) - midnightOf(now)) / dayMs;
  return daysLeft > noticeDays ? undefined : { kind: isOwn ? 'own' : 'provider', daysLeft };
}

/** The local day that many days after today. */
export function dayAfter(days: number): string {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return dayOf(date.getTime());
}

/** The last moment of a local day `YYYY-MM-DD`; null for none, and for one after `lastDay`. */
export function endOfDay(day: string): string | null {
  return day && !isFar(day) ? new Date(`${day}T23:59:59`).toISOString() : null;
}

/**
 * What is wrong with a day and the field it was typed into. Half a date counts as none there, and would be lost without
 * a word.
 */
export function faultOfDay(
  day: string,
  isHalfTyped = false,
): 'keys.halfDay' | 'keys.pastDay' | 'keys.farDay' | undefined {
  if (isHalfTyped) return 'keys.halfDay';
  if (day === '') return undefined;
  if (isFar(day)) return 'keys.farDay';
  return day < dayOf(Date.now()) ? 'keys.pastDay' : undefined;
}

/** A year of five digits sorts before one of four. */
function isFar(day: string): boolean {
  return day.length > lastDay.length || day > lastDay;
}

/** The local day of a moment as if it were one of UTC, where every day is as long as the other. Milliseconds. */
function midnightOf(instant: string | number): number {
  const date = new Date(instant);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

/** The local day of a moment as `YYYY-MM-DD`; empty for none. */
export function dayOf(instant: string | number | null): string {
  return instant === null ? '' : localDay(instant);
}
