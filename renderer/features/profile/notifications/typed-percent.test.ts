import { describe, expect, it } from 'vitest';
import { readPercent, writePercent } from './typed-percent.ts';

describe('W5 a percentage as it is typed', () => {
  it.each([
    ['80', 80],
    [' 80 % ', 80],
    ['3.5', 3.5],
    ['\uff18\uff10\uff05', 80],
    ['\u06f8\u06f0\u066a', 80],
    ['80\u200b', 80],
    ['3,5', 3.5],
    ['-1', -1],
    ['101', 101],
    ['', null],
    ['  ', null],
    ['eighty', Number.NaN],
    ['1e2', Number.NaN],
    ['0x10', Number.NaN],
    ['8 0', Number.NaN],
  ])('%j is %s', (text, percent) => {
    expect(readPercent(text)).toBe(percent);
  });

  it('is written as it is read', () => {
    expect([0, 80, 3.5, null, Number.NaN].map(writePercent)).toEqual(['0', '80', '3.5', '', '']);
  });
});
