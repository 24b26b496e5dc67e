import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, endOfDay, faultOfDay, lastDay } from '../../lib/days.ts';
import { nearEnd } from './key-end.ts';

// By the clocks of wherever this runs.
const now = new Date(2026, 2, 1, 20).getTime();
const inDays = (days: number, hour = 20) => new Date(2026, 2, 1 + days, hour).toISOString();

describe('X3 the end of a key', () => {
  it.each([
    [null, null, undefined],
    [inDays(31, 0), null, undefined],
    [inDays(30, 23), null, { kind: 'provider', daysLeft: 30 }],
    [inDays(7), null, { kind: 'provider', daysLeft: 7 }],
    [inDays(1, 9), null, { kind: 'provider', daysLeft: 1 }],
    [inDays(0, 23), null, { kind: 'provider', daysLeft: 0 }],
    [inDays(0, 9), null, { kind: 'provider', daysLeft: -1 }],
    [inDays(400), inDays(7), { kind: 'own', daysLeft: 7 }],
    [inDays(7), inDays(400), { kind: 'provider', daysLeft: 7 }],
    [null, inDays(-3), { kind: 'own', daysLeft: -1 }],
    ['9999-12-31T23:59:59.999Z', null, undefined],
  ])('at the provider %s, chosen here %s: %o', (expiresAt, ownEnd, end) => {
    expect(nearEnd({ expiresAt, ownEnd }, now)).toEqual(end);
  });

  it('is the last moment of the day that was chosen, wherever the computer is', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (date) => {
          const day = dayOf(date.getTime());
          const end = endOfDay(day);
          expect(dayOf(end)).toBe(day);
          expect(dayOf(Date.parse(end ?? '') + 1_000)).not.toBe(day);
        },
      ),
    );
  });

  it('can be none', () => {
    expect([endOfDay(''), dayOf(null)]).toEqual([null, '']);
  });

  it('is written with four digits of the year, also for the last day there is', () => {
    expect(endOfDay(lastDay)).toMatch(/^9999-/);
    expect(endOfDay('12345-06-07')).toBeNull();
  });
});

describe('X3 a day that was typed', () => {
  it.each([
    ['', undefined],
    [dayOf(Date.now()), undefined],
    ['2020-02-29', 'app.pastDay'],
    ['9999-12-31', 'app.farDay'],
    ['12345-06-07', 'app.farDay'],
  ] as const)('%j: %s', (day, fault) => {
    expect(faultOfDay(day)).toBe(fault);
  });

  it('half a date is none, and said to be so', () => {
    expect(faultOfDay('', true)).toBe('app.halfDay');
  });
});
