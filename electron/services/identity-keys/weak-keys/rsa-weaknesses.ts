import { hasClosePrimes } from './close-primes.ts';
import { isDebianKey } from './debian-2008.ts';
import { bitLength, toInteger } from './integer-math.ts';
import { isRoca } from './roca.ts';
import { findSmallFactor } from './small-factors.ts';
import { adviseAgainst, refuse, type KeyWeakness } from './weakness.ts';

/** Bits. NIST SP 800-57 part 1: 2048 carry 112 bits of strength, good until 2030; 3072 carry 128. */
const fewestBits = 2_048;
const advisedBits = 3_072;
/** Bits. OpenSSH and OpenSSL take no longer modulus. */
const mostBits = 16_384;

/** FIPS 186-5, section 5.1: odd, and 2^16 < e < 2^256. */
const smallestExponent = 65_537n;
const exponentLimit = 1n << 256n;

/** What is wrong with an RSA public key, as far as its two numbers tell. Both big-endian, without zeros in front. */
export function findRsaWeaknesses(modulusBytes: Uint8Array, exponentBytes: Uint8Array): readonly KeyWeakness[] {
  const bits = 8 * modulusBytes.length - Math.clz32(modulusBytes[0] ?? 0) + 24;
  // A file may hold numbers of a megabyte: no arithmetic with those.
  if (bits > mostBits)
    return [refuse('rsa-too-long', `RSA with ${bits} bits is longer than any SSH program takes: ${mostBits} at most.`)];
  const modulus = toInteger(modulusBytes);
  const exponent = exponentBytes.length > modulusBytes.length ? modulus : toInteger(exponentBytes);
  return [
    judgeOrigin(modulus, exponent),
    judgeLength(bits),
    judgeExponent(modulus, exponent),
    judgeFactors(modulus),
  ].filter((weakness) => weakness !== undefined);
}

function judgeOrigin(modulus: bigint, exponent: bigint): KeyWeakness | undefined {
  return isDebianKey(modulus, exponent)
    ? refuse(
        'known-key',
        'The key was made by the faulty OpenSSL of Debian and Ubuntu (2006 to 2008, CVE-2008-0166): its private half is known.',
      )
    : undefined;
}

function judgeLength(bits: number): KeyWeakness | undefined {
  if (bits < fewestBits)
    return refuse(
      'rsa-too-short',
      `RSA with ${bits} bits is too short to be safe: at least ${fewestBits} are needed, ${advisedBits} are advised.`,
    );
  if (bits < advisedBits)
    return adviseAgainst(
      'rsa-short',
      `RSA with ${bits} bits is counted as safe only until 2030: ${advisedBits} are advised, or an Ed25519 key.`,
    );
  return undefined;
}

function judgeExponent(modulus: bigint, exponent: bigint): KeyWeakness | undefined {
  if (exponent < 3n || exponent % 2n === 0n || exponent >= modulus) {
    return refuse(
      'rsa-exponent-invalid',
      'The public exponent is not one that RSA can work with: it must be odd, at least 3 and less than the modulus.',
    );
  }
  if (exponent < smallestExponent)
    return adviseAgainst(
      'rsa-exponent-small',
      `The public exponent ${exponent} is smaller than the usual 65537, which careless programs have turned into forged signatures.`,
    );
  if (exponent >= exponentLimit) {
    return adviseAgainst(
      'rsa-exponent-large',
      `The public exponent has ${bitLength(exponent)} bits, where up to 256 are allowed: many programs refuse it, and the private one may be too small.`,
    );
  }
  return undefined;
}

/** At most one: the first that is found is enough to compute the private half. */
function judgeFactors(modulus: bigint): KeyWeakness | undefined {
  const factor = findSmallFactor(modulus);
  if (factor !== undefined)
    return refuse(
      'rsa-small-factor',
      `The modulus can be divided by ${factor}: the key is broken, and others can compute its private half.`,
    );
  if (isRoca(modulus))
    return refuse(
      'rsa-roca',
      'The key was made by a faulty chip (ROCA, CVE-2017-15361): others can compute its private half.',
    );
  if (hasClosePrimes(modulus))
    return refuse(
      'rsa-close-primes',
      'The two primes of the key lie too close together (CVE-2022-26320): others can compute its private half at once.',
    );
  return undefined;
}
