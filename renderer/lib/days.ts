import { localDay } from '../../shared/rules/local-day.ts';

// Days of this computer, as `YYYY-MM-DD`.

const dayMs = 86_400_000;

/** Its last moment can be written in UTC (RFC 3339), wherever the computer is. */
export const lastDay = '9999-12-30';

/** The last moment of a local day; null for none, and for one after `lastDay`. */
export function endOfDay(day: string): string | null {
  return day && !isFar(day) ? new Date(`${day}T23:59:59`).toISOString() : null;
}

/** A year of five digits sorts before one of four. */
function isFar(day: string): boolean {
  return day.length > lastDay.length || day > lastDay;
}

/** The local day of a moment; empty for none. */
export function dayOf(instant: string | number | null): string {
  return instant === null ? '' : localDay(instant);
}

/** How many days after today it is: 0 if it is today and still to come, -1 once it is over. `now` in milliseconds. */
export function daysLeft(end: string, now: number): number {
  return Date.parse(end) < now ? -1 : (midnightOf(end) - midnightOf(now)) / dayMs;
}

/** The local day of a moment as if it were one of UTC, where every day is as long as the other. Milliseconds. */
function midnightOf(instant: string | number): number {
  const date = new Date(instant);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

/**
 * What is wrong with a day and the field it was typed into. Half a date counts as none there, and would be lost without
 * a word.
 */
export function faultOfDay(day: string, isHalfTyped = false): 'app.halfDay' | 'app.pastDay' | 'app.farDay' | undefined {
  if (isHalfTyped) return 'app.halfDay';
  if (day === '') return undefined;
  if (isFar(day)) return 'app.farDay';
  return day < dayOf(Date.now()) ? 'app.pastDay' : undefined;
}
