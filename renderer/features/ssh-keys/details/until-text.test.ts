import { expect, it } from 'vitest';
import { untilText } from './until-text.ts';

it('K5 an end is a time of day, and has its day where that is not today', () => {
  const at = (day: number, hours: number) => new Date(2026, 2, day, hours, 16);
  expect(untilText(at(1, 3).toISOString(), at(1, 2).getTime())).toBe('03:16 AM');
  expect(untilText(at(2, 3).toISOString(), at(1, 23).getTime())).toBe('Mar 2, 2026, 3:16 AM');
});
