import { describe, expect, it } from 'vitest';
import { formatAge, formatCountry, formatDuration, formatFromNow, formatList, joinFacts } from './formats.ts';

const now = Date.parse('2026-03-01T12:00:00.000Z');

describe('D5 age of data', () => {
  it.each([
    ['2026-03-01T11:59:30.000Z', 'a moment ago'],
    ['2026-03-01T11:58:59.000Z', '1 minute ago'],
    ['2026-03-01T09:00:01.000Z', '2 hours ago'],
    ['2026-02-28T11:00:00.000Z', 'yesterday'],
    ['2025-11-20T12:00:00.000Z', '3 months ago'],
    ['2023-03-01T12:00:00.000Z', '3 years ago'],
  ])('%s is %s', (instant, age) => expect(formatAge(instant, now)).toBe(age));

  it.each([
    ['2026-03-01T12:00:30.000Z', 'in a moment'],
    ['2026-03-01T11:59:30.000Z', 'a moment ago'],
    ['2026-03-03T12:00:00.000Z', 'in 2 days'],
  ])('%s lies %s, in lists and in panels', (instant, distance) => expect(formatFromNow(instant, now)).toBe(distance));

  it('never lies in the future, though the clock of this computer may be behind', () => {
    for (const time of ['12:05', '12:30', '13:00'])
      expect(formatAge(`2026-03-01T${time}:00.000Z`, now)).toBe('a moment ago');
  });
});

describe('formats', () => {
  it.each([
    [0, '0 sec'],
    [59.2, '1 min'],
    [872, '14 min 32 sec'],
    [3_600, '1 hr'],
    [-5, '0 sec'],
  ])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('names countries, and gives back what is none', () => {
    expect(formatCountry('SE')).toBe('Sweden');
    expect(formatCountry('')).toBe('');
    expect(formatCountry('Narnia')).toBe('Narnia');
    expect(formatCountry('XQ')).toBe('XQ');
  });

  it('joins', () => {
    expect(formatList(['City', 'Phone', 'E-mail'])).toBe('City, Phone, and E-mail');
    expect(joinFacts('Control account', '', 'on this computer')).toBe('Control account · on this computer');
  });
});
