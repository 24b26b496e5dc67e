import { describe, expect, it } from 'vitest';
import { createKeyText, isKeyText } from './key-text.ts';

describe('W7 E7 C2 a key', () => {
  it('is known on sight and never made twice', () => {
    const keys = Array.from({ length: 500 }, () => createKeyText('pdk'));
    expect(new Set(keys).size).toBe(500);
    for (const key of keys) {
      expect(key).toMatch(/^pdk_[0-9A-Za-z]{38}$/);
      expect(isKeyText(key, 'pdk')).toBe(true);
    }
  });

  it('has check digits that notice every single changed character, a swap and a cut', () => {
    const key = createKeyText('pds');
    for (let at = 0; at < key.length; at += 1) {
      const other = key[at] === 'x' ? 'y' : 'x';
      expect(isKeyText(key.slice(0, at) + other + key.slice(at + 1), 'pds')).toBe(false);
    }
    expect(isKeyText(key.slice(0, -1), 'pds')).toBe(false);
    expect(isKeyText(`${key}0`, 'pds')).toBe(false);
    expect(isKeyText('', 'pds')).toBe(false);
  });

  it('of one kind is not taken for another', () => {
    expect(isKeyText(createKeyText('pdk'), 'pds')).toBe(false);
  });
});
