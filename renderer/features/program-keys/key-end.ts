import { dayOf, daysLeft } from '../../lib/days.ts';

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

/** The end to be spoken of: the earlier of both, once it is near or over. `now` in milliseconds. */
export function nearEnd({ expiresAt, ownEnd }: KeyEnds, now: number): KeyEnd | undefined {
  const isOwn = ownEnd !== null && (expiresAt === null || Date.parse(ownEnd) < Date.parse(expiresAt));
  const end = isOwn ? ownEnd : expiresAt;
  if (end === null) return undefined;
  const left = daysLeft(end, now);
  return left > noticeDays ? undefined : { kind: isOwn ? 'own' : 'provider', daysLeft: left };
}

/** The local day that many days after today. */
export function dayAfter(days: number): string {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return dayOf(date.getTime());
}
