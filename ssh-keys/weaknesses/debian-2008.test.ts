import { generatePrimeSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { debianExponent, makeDebianModulus } from './make-debian-key.ts';
import { makeRsaKey } from '../testing/make-public-key.ts';
import { judgeKey } from './judge.ts';

describe('K4: keys of the faulty OpenSSL of Debian (CVE-2008-0166)', () => {
  it.each([
    // How the moduli begin in the collection github.com/badkeys/debianopenssl, rsa2048/ssh.
    ['le64', 1_000, 'bd0d2fb684e69b3a3b35a530d8d37bd4'],
    ['le32', 0, 'bd447c9e8e43b6bbda2b46747aeabf5d'],
    ['be32', 1_000, 'ed2b6bc4a720e3fb80fef7ebc43b1667'],
  ] as const)('K4: they are made here as they were then: %s, process %i', (platform, pid, start) => {
    expect(makeDebianModulus(platform, pid).toString(16).slice(0, 32)).toBe(start);
  });

  it.each([
    ['le32', 1],
    ['le32', 1_234],
    ['le64', 2],
    ['le64', 1_111],
    ['be32', 3],
    ['be32', 32_767],
  ] as const)('K4: they are refused: %s, process %i', (platform, pid) => {
    const { verdict, reasons } = judgeKey(makeRsaKey(makeDebianModulus(platform, pid), debianExponent));
    expect(verdict).toBe('refused');
    expect(reasons[0]).toMatchObject({ problem: { code: 'known-key', source: 'debian-2008' } });
  });

  it('K4: other keys of that time are not', () => {
    const primes = Array.from({ length: 8 }, () => generatePrimeSync(1_024, { bigint: true }));
    const moduli = primes.flatMap((p, index) => primes.slice(index + 1).map((q) => p * q));
    const verdicts = moduli.map((modulus) => judgeKey(makeRsaKey(modulus, debianExponent)).verdict);
    expect(new Set(verdicts)).toEqual(new Set(['advised-against']));
  });
});
