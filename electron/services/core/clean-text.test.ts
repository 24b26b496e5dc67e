import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';

describe('E8 D7 · text of a provider', () => {
  it('holds nothing invisible and no outer spaces', () => {
    expect(cleanText('two  words')).toBe('two  words');
    expect(cleanText(' a\u0000\u200b\u202eb\t\n c\ud800 ')).toBe('a b c');
  });
});
