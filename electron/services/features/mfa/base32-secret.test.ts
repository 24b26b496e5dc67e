import { Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { generateSecret, readTypedSecret } from './base32-secret.ts';

const refused = (code: string) =>
  expect.objectContaining({ code: 'invalid-request', details: { fields: { secret: { code } } } }) as Error;

describe('C5 a generated secret', () => {
  it.each([
    [16, 10],
    [26, 16],
    [32, 20],
  ] as const)('of %d characters holds %d random bytes and no padding', (length, bytes) => {
    const made = Array.from({ length: 200 }, () => generateSecret(length));
    expect(new Set(made).size).toBe(200);
    for (const secret of made) {
      expect(secret).toMatch(new RegExp(`^[A-Z2-7]{${String(length)}}$`));
      expect(Secret.fromBase32(secret).bytes).toHaveLength(bytes);
      expect(
        new Secret({ buffer: Secret.fromBase32(secret).bytes.slice().buffer }).base32,
        'bits left over are zero',
      ).toBe(secret);
    }
    const characters = new Set(made.join(''));
    expect(characters.size, 'all of the alphabet').toBe(32);
  });
});

describe('C5 a typed secret', () => {
  const forms = [
    'JBSWY3DPEHPK3PXP',
    'jbsw y3dp ehpk 3pxp',
    'JBSW-Y3DP-EHPK-3PXP',
    '  JBSWY3DPEHPK3PXP\n',
    'JBSWY3DPEHPK3PXP====',
    'jbswy3dp\u00a0ehpk\u20133pxp',
    'JBSWY3DP\u200bEHPK3PXP\u2060',
    'ＪＢＳＷＹ３ＤＰEHPK3PXP',
  ];
  it.each(forms)('%j is taken', (typed) => expect(readTypedSecret(typed)).toBe('JBSWY3DPEHPK3PXP'));

  it('has 16, 26 or 32 characters', () => {
    for (const length of [16, 26, 32]) expect(readTypedSecret('A'.repeat(length))).toHaveLength(length);
    for (const length of [1, 15, 17, 24, 25, 27, 31, 33, 200])
      expect(() => readTypedSecret('A'.repeat(length))).toThrow(refused('base32-length'));
  });

  it.each(['0', '1', '8', '9'])('with a %s is explained as a letter mistaken, whatever its length', (digit) => {
    expect(() => readTypedSecret(`JBSWY3DPEHPK3PX${digit}`)).toThrow(refused('base32-look-alike'));
    expect(() => readTypedSecret(`JBSW${digit}`)).toThrow(refused('base32-look-alike'));
  });

  it.each(['JBSWY3DPEHPK3PX!', 'JBSWY3DPÉHPK3PXP', 'JBSWY3DP=HPK3PXP'])('%j is refused', (typed) => {
    expect(() => readTypedSecret(typed)).toThrow(refused('not-valid'));
  });

  it('is needed', () => {
    for (const typed of ['', '  ', '--', '====']) expect(() => readTypedSecret(typed)).toThrow(refused('required'));
  });
});
