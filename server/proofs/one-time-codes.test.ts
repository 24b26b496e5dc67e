import { describe, expect, it } from 'vitest';
import { hotpCode } from '../testing/authenticator.ts';
import { hasOathtool, oathtool } from '../../tests/support/oathtool.ts';
import { findCounter, type OneTimePassword } from './one-time-codes.ts';

// Of both RFCs: "12345678901234567890".
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const totp: OneTimePassword = { type: 'totp', secret, period: 30, nextCounter: 0 };
const hotp: OneTimePassword = { type: 'hotp', secret, period: null, nextCounter: 0 };

// RFC 4226, appendix D.
const hotpVectors = [
  '755224',
  '287082',
  '359152',
  '969429',
  '338314',
  '254676',
  '287922',
  '162583',
  '399871',
  '520489',
];

describe('W10 TOTP', () => {
  // RFC 6238, appendix B (SHA-1), the last six of its eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('knows the code of RFC 6238 for second %i: %s', (seconds, code) => {
    expect(findCounter(totp, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it.each([
    [-60, undefined],
    [-30, 36],
    [0, 37],
    [30, 38],
    [60, undefined],
  ])('allows one step of drift: a code of %i s from now', (offset, step) => {
    const code = hotpCode(secret, 37 + offset / 30);
    expect(findCounter(totp, code, 37 * 30_000 + 15_000)).toBe(step);
  });

  it('takes no step below the next one', () => {
    const now = 37 * 30_000;
    expect(findCounter({ ...totp, nextCounter: 37 }, hotpCode(secret, 36), now)).toBeUndefined();
    expect(findCounter({ ...totp, nextCounter: 38 }, hotpCode(secret, 37), now)).toBeUndefined();
    expect(findCounter({ ...totp, nextCounter: 38 }, hotpCode(secret, 38), now)).toBe(38);
  });

  it.each(['', '28708', '2870820', 'abcdef', '２８７０８２', '287 082', '-28708', '000000'])(
    'does not take %j',
    (code) => {
      expect(findCounter(totp, code, 59_000)).toBeUndefined();
    },
  );
});

describe('C5 HOTP', () => {
  it('knows the codes of RFC 4226', () => {
    expect(hotpVectors.map((code, counter) => findCounter({ ...hotp, nextCounter: counter }, code, 0))).toEqual([
      ...hotpVectors.keys(),
    ]);
  });

  it('finds a counter up to 10 ahead, and none behind', () => {
    expect(findCounter(hotp, hotpVectors[9]!, 0)).toBe(9);
    expect(findCounter({ ...hotp, nextCounter: 1 }, hotpVectors[0]!, 0)).toBeUndefined();
    expect(findCounter({ ...hotp, nextCounter: 1_000 }, hotpCode(secret, 1_010), 0)).toBe(1_010);
    expect(findCounter({ ...hotp, nextCounter: 1_000 }, hotpCode(secret, 1_011), 0)).toBeUndefined();
  });
});

// Base32 of 16, 26 and 32 characters: 10 bytes, 16 bytes and two bits over, 20 bytes.
const lengths = ['MZXW6YTBOI7SEJBF', 'MZXW6YTBOI7SEJBFMZXW6YTBOI', secret];

describe.skipIf(!hasOathtool)('W10 C5 codes made by oathtool (skipped where it is missing)', () => {
  const moments = [0, 59, 1_700_000_000, 4_102_444_799];

  it.each(lengths.flatMap((each) => [30, 60].map((period): [string, number] => [each, period])))(
    'are right as TOTP of %s each %i s',
    (each, period) => {
      for (const second of moments) {
        const code = oathtool(each, '--totp', `--time-step-size=${String(period)}s`, `--now=@${String(second)}`);
        expect(findCounter({ ...totp, secret: each, period }, code, second * 1000)).toBe(Math.floor(second / period));
      }
    },
  );

  it.each(lengths)('are right as HOTP of %s', (each) => {
    for (const counter of [0, 1, 4_294_967_296]) {
      const code = oathtool(each, '--hotp', `--counter=${String(counter)}`);
      expect(findCounter({ ...hotp, secret: each, nextCounter: counter }, code, 0)).toBe(counter);
    }
  });
});
