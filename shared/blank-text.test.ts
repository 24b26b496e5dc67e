import { describe, expect, it } from 'vitest';
import { isBlank } from './blank-text.ts';

describe('W4 X1 a text that shows nothing', () => {
  it.each([
    '',
    ' ',
    '\u200b',
    '\u200b \u2060\ufeff',
    '\u3164',
    '\u115f\u1160',
    '\u2800',
    '\u00ad',
    '\u180e',
    '\u{e0041}',
  ])('is %j', (text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each(['a', '\u200ba', '👩\u200d👧', '한', 'ß', '.'])('is not %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});
