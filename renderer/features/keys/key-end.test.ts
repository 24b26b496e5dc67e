import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, endOfDay, nearEnd } from './key-end.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString();

describe('X3 the end of a key', () => {
  it.each([
    [null, null, undefined],
    [inDays(31.1), null, undefined],
    [inDays(30.5), null, { kind: 'provider', daysLeft: 30 }],
    [inDays(7), null, { kind: 'provider', daysLeft: 7 }],
    [inDays(0.5), null, { kind: 'provider', daysLeft: 0 }],
    [inDays(-0.1), null, { kind: 'provider', daysLeft: -1 }],
    [inDays(400), inDays(7), { kind: 'own', daysLeft: 7 }],
    [inDays(7), inDays(400), { kind: 'provider', daysLeft: 7 }],
    [null, inDays(-3), { kind: 'own', daysLeft: -1 }],
  ])('at the provider %s, chosen here %s: %o', (expiresAt, ownEnd, end) => {
    expect(nearEnd({ expiresAt, ownEnd }, now)).toEqual(end);
  });

  it('is the last moment of the day that was chosen, wherever the computer is', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2026-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
        const day = dayOf(date.getTime());
        const end = endOfDay(day);
        expect(dayOf(end)).toBe(day);
        expect(dayOf(Date.parse(end ?? '') + 1_000)).not.toBe(day);
      }),
    );
  });

  it('can be none', () => {
    expect([endOfDay(''), dayOf(null)]).toEqual([null, '']);
  });
});
