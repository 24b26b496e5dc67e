import { checkPrimeSync, generatePrimeSync, randomBytes, randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { powerModulo, primesUpTo } from '../encoding/integers.ts';
import { SshWriter } from '../encoding/ssh-wire.ts';
import type { PublicKey } from '../key.ts';
import { makeEcdsaKey, makeEd25519Key, makeRsaKey } from '../testing/make-public-key.ts';
import { judgeKey } from './judge.ts';
import { rocaChance } from './rsa.ts';

function codesOf(key: PublicKey): readonly string[] {
  return judgeKey(key).reasons.map(({ problem }) => problem.code);
}

function makePrime(bits: number): bigint {
  return generatePrimeSync(bits, { bigint: true });
}

function nextPrime(after: bigint): bigint {
  let candidate = after + 2n;
  while (!checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
}

/** A prime as the faulty chips made it: k·M + (65537^a mod M), M the product of the first 126 primes. */
function makeRocaPrime(): bigint {
  const product = primesUpTo(701).reduce((sum, prime) => sum * BigInt(prime), 1n);
  for (;;) {
    const k = (1n << 54n) + BigInt(randomInt(2 ** 47));
    const candidate = k * product + powerModulo(65_537n, BigInt(randomInt(2 ** 47)), product);
    if (checkPrimeSync(candidate)) return candidate;
  }
}

const p = makePrime(1536);
const q = makePrime(1536);

describe('K4: a key is judged by its public part', () => {
  it('K4: 1,000 fresh good keys raise no alarm', () => {
    // Every pair of these primes is a modulus of 3072 bits: 435 of them, all different.
    const primes = Array.from({ length: 30 }, () => makePrime(1536));
    const rsa = primes.flatMap((first, index) => primes.slice(index + 1).map((second) => makeRsaKey(first * second)));
    const curves = Array.from({ length: 75 }, () => [makeEcdsaKey(256), makeEcdsaKey(384), makeEcdsaKey(521)]).flat();
    const edwards = Array.from({ length: 340 }, () => makeEd25519Key());
    const keys = [...rsa, ...curves, ...edwards];
    expect(keys).toHaveLength(1_000);
    expect(keys.map(judgeKey).filter(({ verdict }) => verdict !== 'accepted')).toEqual([]);
  });

  it('K4: DSA is refused, whatever its numbers', () => {
    expect(judgeKey({ type: 'ssh-dss', blob: new SshWriter().text('ssh-dss').bytes(), bits: 1024 })).toMatchObject({
      verdict: 'refused',
      reasons: [{ problem: { code: 'dsa' } }],
    });
  });

  it('K4: RSA is refused under 2048 bits, advised against under 3072, refused over 16384', () => {
    expect(judgeKey(makeRsaKey(makePrime(512) * makePrime(512)))).toMatchObject({
      verdict: 'refused',
      reasons: [{ problem: { code: 'rsa-too-short', bits: 1_024, fewest: 2_048, advised: 3_072 } }],
    });
    expect(judgeKey(makeRsaKey(makePrime(1024) * makePrime(1024)))).toMatchObject({
      verdict: 'advised-against',
      reasons: [{ problem: { code: 'rsa-short' } }],
    });
    expect(codesOf(makeRsaKey(p * q))).toEqual([]);
    expect(judgeKey(makeRsaKey((1n << 16_384n) + 1n)).reasons).toMatchObject([
      { problem: { code: 'rsa-too-long', bits: 16_385, most: 16_384 } },
    ]);
    // As large as a file may be.
    expect(codesOf(makeRsaKey((1n << 8_000_000n) + 1n, (1n << 8_000_000n) - 1n))).toEqual(['rsa-too-long']);
  });

  it.each([
    [0n, 'rsa-exponent-invalid'],
    [1n, 'rsa-exponent-invalid'],
    [65_536n, 'rsa-exponent-invalid'],
    [p * q + 2n, 'rsa-exponent-invalid'],
    [(1n << 4_000n) + 1n, 'rsa-exponent-invalid'],
    [3n, 'rsa-exponent-small'],
    [65_535n, 'rsa-exponent-small'],
    [(1n << 256n) + 1n, 'rsa-exponent-large'],
  ])('K4: the public exponent %i is named', (exponent, code) => {
    expect(codesOf(makeRsaKey(p * q, exponent))).toEqual([code]);
  });

  it.each([37n, 65_537n, (1n << 256n) - 1n])(
    'K4: only exponents under 65537 or over 256 bits are odd: %i',
    (exponent) => {
      expect(codesOf(makeRsaKey(p * q, exponent))).toEqual(exponent < 65_537n ? ['rsa-exponent-small'] : []);
    },
  );

  it.each([2n, 3n, 53n, 4_999n])('K4: a modulus that %i divides is refused', (factor) => {
    expect(codesOf(makeRsaKey(factor * p * q))).toEqual(['rsa-small-factor']);
  });

  it('K4: close primes are refused: neighbours, twins and equal ones', () => {
    expect(codesOf(makeRsaKey(p * nextPrime(p)))).toEqual(['rsa-close-primes']);
    expect(codesOf(makeRsaKey(p * p))).toEqual(['rsa-close-primes']);
    // As far apart as the faulty libraries left them: the upper half is the same.
    const far = nextPrime(p + (1n << 765n));
    expect(codesOf(makeRsaKey(p * far))).toEqual(['rsa-close-primes']);
  });

  it('K4: keys of the faulty chips (ROCA) are refused; a chance likeness is rarer than one in 100 million', () => {
    expect(codesOf(makeRsaKey(makeRocaPrime() * makeRocaPrime()))).toEqual(['rsa-roca', 'rsa-short']);
    expect(codesOf(makeRsaKey(makeRocaPrime() * makePrime(2048)))).toEqual([]);
    expect(rocaChance).toBeLessThan(1e-8);
  });

  it('K4: a point beside its curve, or in the wrong form, is refused', () => {
    for (const bits of [256, 384, 521] as const) {
      const size = Math.ceil(bits / 8);
      expect(
        codesOf(makeEcdsaKey(bits, Buffer.concat([Buffer.of(4), Buffer.alloc(size, 1), Buffer.alloc(size, 1)]))),
      ).toEqual(['point-invalid']);
      // Infinity, and a compressed point.
      expect(codesOf(makeEcdsaKey(bits, Buffer.of(0)))).toEqual(['point-invalid']);
      expect(codesOf(makeEcdsaKey(bits, Buffer.concat([Buffer.of(2), randomBytes(size)])))).toEqual(['point-invalid']);
    }
  });

  it.each([
    ['order 1', '0100000000000000000000000000000000000000000000000000000000000000'],
    ['order 1, sign bit set', '0100000000000000000000000000000000000000000000000000000000000080'],
    ['order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['order 4', '0000000000000000000000000000000000000000000000000000000000000000'],
    ['order 4, not reduced', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['order 1, not reduced', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['order 8', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
  ])('K4: an Ed25519 point of small order is refused: %s', (_order, point) => {
    expect(codesOf(makeEd25519Key(Buffer.from(point, 'hex')))).toEqual(['point-small-order']);
  });

  it('K4: a key whose private half is public is refused, with the place where it is', () => {
    const vagrant = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIN1YdxBpNlzxDqfJyw/QKow1F+wvG9hXGoqiysfJOn5Y', 'base64');
    expect(judgeKey({ type: 'ssh-ed25519', blob: vagrant, bits: 256 }).reasons).toMatchObject([
      { problem: { code: 'known-key', source: 'vagrant' } },
    ]);
    // RFC 8032, section 7.1, test 1.
    expect(
      codesOf(makeEd25519Key(Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex'))),
    ).toEqual(['known-key']);
  });

  it('K4: an Ed25519 key that is no point is refused', () => {
    // y = 2 has no x; y = p + 3 is not reduced.
    expect(codesOf(makeEd25519Key(Buffer.from([2, ...Buffer.alloc(31)])))).toEqual(['point-invalid']);
    expect(codesOf(makeEd25519Key(Buffer.from(`f0${'ff'.repeat(30)}7f`, 'hex')))).toEqual(['point-not-canonical']);
  });
});
