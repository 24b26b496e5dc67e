import type { KeysState } from './keys-state.ts';
import { accessKeyRef, apiKeyRef } from './keys-state.ts';

/** A key that ends soon, of which the person has not been told for this step. */
export interface Reminder {
  readonly ref: string;
  readonly kind: 'api-key' | 'access-key';
  /** As the person calls it: its name, or else what is shown of it. */
  readonly name: string;
  /** RFC 3339: the provider's end or the one chosen here, whichever comes first. */
  readonly end: string;
  /** The person chose that day here: the key itself goes on working. */
  readonly isOwn: boolean;
  /** 30, 7 or 1: the nearest of the steps that are due. */
  readonly days: number;
}

/** Days before its end at which a key is told of (X3). */
const steps = [1, 7, 30];
const day = 86_400_000;

/**
 * The reminders due at `now` (milliseconds since the epoch). Of several steps that are due, the nearest only. None for
 * a key that is turned off: its end changes nothing.
 */
export function findReminders(state: KeysState, now: number): Reminder[] {
  return keysOf(state).flatMap((key) => {
    const left = Date.parse(key.end) - now;
    const days = left > 0 ? steps.find((step) => left <= step * day) : undefined;
    return days === undefined || wasReminded(state.reminded.get(key.ref), key.end, days) ? [] : [{ ...key, days }];
  });
}

export function withReminded(state: KeysState, { ref, end, days }: Reminder): KeysState {
  return { ...state, reminded: new Map(state.reminded).set(ref, markOf(end, days)) };
}

function markOf(end: string, days: number): string {
  return `${end} ${String(days)}`;
}

/** Another end is told of anew. A step before the one told of is not: the clock of this computer was set back. */
function wasReminded(mark: string | undefined, end: string, days: number): boolean {
  return steps.some((step) => step <= days && mark === markOf(end, step));
}

function keysOf({ apiKey, accessKeys, ownEnds }: KeysState): Omit<Reminder, 'days'>[] {
  const own = apiKey?.state.key;
  const all = [
    ...(own
      ? [
          {
            kind: 'api-key' as const,
            ref: apiKeyRef(own),
            name: own.name || `••••${own.lastFour}`,
            expiresAt: own.expiresAt,
          },
        ]
      : []),
    ...(accessKeys?.state.keys ?? [])
      .filter(({ isActive }) => isActive)
      .map((key) => ({
        kind: 'access-key' as const,
        ref: accessKeyRef(key),
        name: key.name || key.id,
        expiresAt: key.expiresAt,
      })),
  ];
  return all.flatMap(({ expiresAt, ...key }) => {
    const ownEnd = ownEnds.get(key.ref);
    const isOwn = ownEnd !== undefined && (expiresAt === null || Date.parse(ownEnd) < Date.parse(expiresAt));
    const end = isOwn ? ownEnd : expiresAt;
    return end === null ? [] : [{ ...key, end, isOwn }];
  });
}
