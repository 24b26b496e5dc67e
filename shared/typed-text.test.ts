import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank, plainAddress, plainCharacters, plainName, readDigits, readWhole } from './typed-text.ts';

/** The zero of each script that has digits of its own: Unicode numbers them in a row from there. */
const zeros = Array.from({ length: 0x1_f000 }, (_, code) => code).filter(
  (code) => /\p{Nd}/u.test(String.fromCodePoint(code)) && !/\p{Nd}/u.test(String.fromCodePoint(Math.max(0, code - 1))),
);

describe('C3 E6 digits', () => {
  it('count in the form of every script', () => {
    expect(zeros.length).toBeGreaterThan(50);
    for (const zero of zeros) {
      const typed = [1, 2, 3, 4, 5, 6].map((digit) => String.fromCodePoint(zero + digit)).join('');
      expect([zero.toString(16), readDigits(typed, 6)]).toEqual([zero.toString(16), '123456']);
    }
  });

  it.each([
    ['\uff11\uff12\uff13\uff14\uff15\uff16', '123456'],
    ['\u{1d7cf}\u{1d7da}\u{1d7e5}\u{1d7f0}\u{1d7fb}\u{1d7d4}', '123456'],
    ['123\u200b456', '123456'],
    ['\ufeff123\u00a0456\u2060', '123456'],
    ['123\uff0d456', '123456'],
    ['123\u2212456', '123456'],
    ['\u0661\u0662\u0663 \u06f4\u06f5\u06f6', '123456'],
    ['12345', undefined],
    ['12345a', undefined],
    ['\u2460\u2461\u2462\u2463\u2464', undefined],
  ])('%j is %s', (typed, code) => {
    expect(readDigits(typed, 6)).toBe(code);
  });

  it.each([
    ['\uff13\uff10', 30],
    [' 30\u200b', 30],
    ['', Number.NaN],
    ['1e3', Number.NaN],
    ['0x1f', Number.NaN],
    ['-1', Number.NaN],
    ['12345678901234567', Number.NaN],
  ])('%j as a whole number is %d', (typed, value) => {
    expect(readWhole(typed)).toBe(value);
  });
});

describe('W8 text that shows nothing', () => {
  it.each(['', ' ', '\u200b', '\u2800', '\u3164', '\u061c', '\u00ad', '\u2060', '\u3000\u200d\ufe0f', '\u{e0041}'])(
    'is blank: %j',
    (text) => {
      expect(isBlank(text)).toBe(true);
      expect(plainName(text)).toBe('');
    },
  );

  it.each(['a', '·', '👩‍👩‍👧‍👦', 'न', '\u200bMara'])('is not: %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('W8 addresses', () => {
  it.each([
    ['mara\u200b@example.org', 'mara@example.org'],
    [' mara@ex\u00adample.org\u2060', 'mara@example.org'],
    ['\uff4d\uff41\uff52\uff41\uff20example.org', 'mara@example.org'],
    ['mara@example\u3002org', 'mara@example.org'],
    ['mara@example\uff0eorg', 'mara@example.org'],
    ['Mara@Example.org', 'Mara@Example.org'],
    ['m.lindqvist', 'm.lindqvist'],
    ['x²@例え.jp', 'x²@例え.jp'],
  ])('%j means %s', (typed, meant) => {
    expect(plainAddress(typed)).toBe(meant);
  });

  it('and everything else is read the same a second time', () => {
    for (const read of [plainAddress, plainCharacters, plainName])
      fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => read(read(text)) === read(text)));
  });
});
