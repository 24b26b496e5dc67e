import { describe, expect, it } from 'vitest';
import { judgeAge } from './judge-age.ts';

const newVersionsAt = 'https://download.example.org/';
const ageOn = (day: string): unknown => judgeAge({ builtOn: '2026-01-05', newVersionsAt }, Date.parse(day));

describe('D6 the age of this copy', () => {
  it.each<[string, number | null]>([
    ['2026-01-05', null],
    ['2026-03-01', null],
    ['2026-03-02', 8],
    ['2026-03-08T23:59:59Z', 8],
    ['2026-11-28', 46],
    // Clocks that are wrong: before the build, and years ahead of it.
    ['2025-12-31', null],
    ['2099-01-01', null],
  ])('on %s is %s weeks', (day, weeks) => {
    expect(ageOn(day)).toEqual(weeks === null ? null : { weeks, newVersionsAt });
  });

  it('is nothing to tell for a build from source, or without a day that can be read', () => {
    expect(judgeAge(undefined, Date.now())).toBeNull();
    expect(judgeAge({ builtOn: 'today', newVersionsAt }, Date.now())).toBeNull();
  });
});
