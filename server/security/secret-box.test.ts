import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const key = randomBytes(32);
const box = createSecretBox(key);

describe('W10 E5 secrets at rest', () => {
  it.each(['', 'JBSWY3DPEHPK3PXP', '日本 👩‍🚀', 'x'.repeat(10_000)])('come back as they were: %.20s', (plain) => {
    expect(createSecretBox(key).open(box.seal(plain, 'a'), 'a')).toBe(plain);
  });

  it('look different each time and do not hold the text', () => {
    const [first, second] = [box.seal('secret', 'a'), box.seal('secret', 'a')];
    expect(first).not.toBe(second);
    for (const sealed of [first, second])
      expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('secret');
  });

  it('open nowhere else and under no other key', () => {
    const sealed = box.seal('secret', 'a');
    expect(() => box.open(sealed, 'b')).toThrow();
    expect(() => createSecretBox(randomBytes(32)).open(sealed, 'a')).toThrow();
  });

  it('do not open with any bit changed or any part missing', () => {
    const sealed = Buffer.from(box.seal('secret', 'a'), 'base64url');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => box.open(changed.toString('base64url'), 'a')).toThrow();
    }
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => box.open(sealed.subarray(0, length).toString('base64url'), 'a')).toThrow();
  });

  it('have fingerprints that are equal for equal texts of one place under one key only', () => {
    const same = box.fingerprint('secret', 'a');
    expect(createSecretBox(key).fingerprint('secret', 'a')).toBe(same);
    const others = [
      box.fingerprint('secre', 'a'),
      box.fingerprint('secret', 'b'),
      createSecretBox(randomBytes(32)).fingerprint('secret', 'a'),
    ];
    expect(others).not.toContain(same);
    expect(createSecretBox(randomBytes(32)).keyId).not.toBe(box.keyId);
  });
});
