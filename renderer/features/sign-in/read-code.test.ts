import { describe, expect, it } from 'vitest';
import { readCode } from './read-code.ts';

describe('D7 a code as typed', () => {
  it.each(['123456', '123 456', ' 123\u00a0456 ', '123-456', '123\u2013456'])('"%s" is six digits', (typed) => expect(readCode(typed)).toBe('123456'));
  it.each(['', '12345', '1234567', 'abcdef'])('"%s" is no code', (typed) => expect(readCode(typed)).toBeUndefined());
  it('leaves a recovery code as it is grouped', () => expect(readCode(' k3xp-9qnd ')).toBe('k3xp-9qnd'));
  it('refuses what is far too long', () => expect(readCode('x'.repeat(10_000))).toBeUndefined());
});
