import { describe, expect, it } from 'vitest';
import { readCode, readDigits } from './read-code.ts';

describe('D7 a code as typed', () => {
  it.each(['123456', '123 456', ' 123\u00a0456 ', '123-456', '123\u2013456'])('"%s" is six digits', (typed) =>
    expect(readCode(typed)).toBe('123456'),
  );
  it.each(['', '12345', '1234567', 'abcdef'])('"%s" is no code', (typed) => expect(readCode(typed)).toBeUndefined());
  it('leaves a recovery code as it is grouped', () => expect(readCode(' k3xp-9qnd ')).toBe('k3xp-9qnd'));
  it('refuses what is far too long', () => expect(readCode('x'.repeat(10_000))).toBeUndefined());
});

describe('W10 digits of a code', () => {
  it.each([
    ['123 456', 6, '123456'],
    ['1234-5678', 8, '12345678'],
    ['123456', 8, undefined],
    ['12345a', 6, undefined],
    ['', 6, undefined],
  ] as const)('"%s" of %i digits is %s', (typed, digits, expected) => {
    expect(readDigits(typed, digits)).toBe(expected);
  });
});
