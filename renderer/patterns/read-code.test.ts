import { describe, expect, it } from 'vitest';
import { readDigits } from '../../shared/typed-text.ts';
import { readCode } from './read-code.ts';

describe('D7 a code as typed', () => {
  it.each([
    '123456',
    '123 456',
    ' 123\u00a0456 ',
    '123-456',
    '123\u2013456',
    '\uff11\uff12\uff13\uff14\uff15\uff16',
    '123\u200b456',
    '\u0661\u0662\u0663\u0664\u0665\u0666',
  ])('"%s" is six digits', (typed) => expect(readCode(typed)).toBe('123456'));
  it.each(['', '12345', '1234567', 'abcdef'])('"%s" is no code', (typed) => expect(readCode(typed)).toBeUndefined());
  it('leaves a recovery code as it is grouped', () => expect(readCode(' k3xp-9qnd ')).toBe('k3xp-9qnd'));
  it('takes a recovery code out of what came along with it', () =>
    expect(readCode('\ufeff\uff4b\uff13xp-\u0669qnd\u200b')).toBe('k3xp-9qnd'));
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
