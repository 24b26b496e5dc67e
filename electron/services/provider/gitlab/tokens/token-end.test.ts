import { describe, expect, it } from 'vitest';
import { toDate, toEnd, toFirstDate } from './token-end.ts';

const now = Date.parse('2026-11-29T15:00:00Z');

describe('R7 the end of a token, a date', () => {
  it.each([
    ['2026-12-31', '2026-12-31T00:00:00.000Z'],
    [null, null],
    ['soon', null],
  ])('%s is %s', (date, end) => expect(toEnd(date)).toBe(end));

  it.each([
    ['2026-12-31T22:59:59Z', '2027-01-01', 'the day after, so that it works to the end of that day'],
    ['2027-01-01T00:00:00Z', '2027-01-01', 'that very moment'],
    ['2027-11-29T22:59:59Z', '2027-11-29', 'a year here is a few hours more there'],
    ['2027-12-02T12:00:00Z', '2027-12-03', 'what is too far is not made nearer in silence'],
  ])('%s is %s: %s', (end, date) => expect(toDate(end, now)).toBe(date));

  it.each([
    ['2027-11-29T22:59:59Z', '2027-11-30', 'an SSH key can end later than in a year'],
    ['2027-11-30T00:00:00Z', '2027-11-30', 'that very moment, as of a key that is added again'],
  ])('%s of an SSH key is %s: %s', (end, date) => expect(toFirstDate(end)).toBe(date));
});
