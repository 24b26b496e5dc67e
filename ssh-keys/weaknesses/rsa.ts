import { bitLength, integerRoot, primesUpTo, toInteger } from '../encoding/integers.ts';
import { isDebianKey } from './debian-2008.ts';
import { adviseAgainst, type JudgedWeakness, refuse } from './weakness.ts';

/** Bits. NIST SP 800-57 part 1: 2048 carry 112 bits of strength, good until 2030; 3072 carry 128. */
const fewestBits = 2_048;
const advisedBits = 3_072;
/** Bits. OpenSSH and OpenSSL take no longer modulus. */
const maxBits = 16_384;

/** FIPS 186-5, section 5.1: odd, and 2^16 < e < 2^256. */
const smallestExponent = 65_537n;
const exponentLimit = 1n << 256n;

/** What is wrong with an RSA public key, as far as its two numbers tell. Both big-endian, without zeros in front. */
export function findRsaWeaknesses(modulusBytes: Uint8Array, exponentBytes: Uint8Array): readonly JudgedWeakness[] {
  const bits = 8 * modulusBytes.length - Math.clz32(modulusBytes[0] ?? 0) + 24;
  // A file may hold numbers of a megabyte: no arithmetic with those.
  if (bits > maxBits) return [refuse({ code: 'rsa-too-long', bits, most: maxBits })];
  const modulus = toInteger(modulusBytes);
  const exponent = exponentBytes.length > modulusBytes.length ? modulus : toInteger(exponentBytes);
  return [
    judgeOrigin(modulus, exponent),
    judgeLength(bits),
    judgeExponent(modulus, exponent),
    judgeFactors(modulus),
  ].filter((weakness) => weakness !== undefined);
}

function judgeOrigin(modulus: bigint, exponent: bigint): JudgedWeakness | undefined {
  return isDebianKey(modulus, exponent) ? refuse({ code: 'known-key', source: 'debian-2008' }) : undefined;
}

function judgeLength(bits: number): JudgedWeakness | undefined {
  if (bits < fewestBits) return refuse({ code: 'rsa-too-short', bits, fewest: fewestBits, advised: advisedBits });
  if (bits < advisedBits) return adviseAgainst({ code: 'rsa-short', bits, advised: advisedBits });
  return undefined;
}

function judgeExponent(modulus: bigint, exponent: bigint): JudgedWeakness | undefined {
  if (exponent < 3n || exponent % 2n === 0n || exponent >= modulus) {
    return refuse({ code: 'rsa-exponent-invalid' });
  }
  if (exponent < smallestExponent) return adviseAgainst({ code: 'rsa-exponent-small', exponent: Number(exponent) });
  if (exponent >= exponentLimit) {
    return adviseAgainst({ code: 'rsa-exponent-large', bits: bitLength(exponent) });
  }
  return undefined;
}

/** At most one: the first that is found is enough to compute the private half. */
function judgeFactors(modulus: bigint): JudgedWeakness | undefined {
  const factor = findSmallFactor(modulus);
  if (factor !== undefined) return refuse({ code: 'rsa-small-factor', factor });
  if (isRoca(modulus)) return refuse({ code: 'rsa-roca' });
  if (hasClosePrimes(modulus)) return refuse({ code: 'rsa-close-primes' });
  return undefined;
}

/**
 * Fermat's method finds n = a² - b² at once when the two primes lie close together. 100 rounds find every pair nearer
 * than about 28 times the fourth root of n; two random primes of that size are never so near, and every key of the
 * faulty libraries was found in the first rounds (CVE-2022-26320).
 */
const rounds = 100;

/** Less than one number in 100 is a square modulo both of these; the others need no root. */
const moduli = [64, 45_045];
const squares = moduli.map((modulus) => new Set(Array.from({ length: modulus }, (_, root) => (root * root) % modulus)));

/** Whether Fermat's method splits this odd modulus, two equal primes included. */
function hasClosePrimes(modulus: bigint): boolean {
  let a = integerRoot(modulus);
  if (a * a < modulus) a += 1n;
  let rest = a * a - modulus;
  for (let round = 0; round < rounds; round += 1) {
    if (isSquare(rest)) return true;
    rest += 2n * a + 1n;
    a += 1n;
  }
  return false;
}

function isSquare(value: bigint): boolean {
  if (!moduli.every((modulus, index) => squares[index]?.has(Number(value % BigInt(modulus))))) return false;
  const root = integerRoot(value);
  return root * root === value;
}

// Infineon's RSALib built its primes as k·M + (65537^a mod M), M a product of small primes. Modulo each of these the
// key's modulus is therefore a power of 65537, and for a random modulus that is so only once in some 2^27 keys. M.
// Nemec, M. Sys, P. Svenda, D. Klinec, V. Matyas: The Return of Coppersmith's Attack, CCS 2017 (CVE-2017-15361).

/** The primes of the smallest M (keys of 512 bits); the M of longer keys contain them all. */
const primes = primesUpTo(167).slice(1);
const product = primes.reduce((sum, prime) => sum * BigInt(prime), 1n);

/** For each prime: which rests are powers of 65537. */
const powers = primes.map((prime) => {
  const isPower = new Uint8Array(prime);
  for (let power = 1; isPower[power] === 0; power = (power * 65537) % prime) isPower[power] = 1;
  return isPower;
});

/** Whether the modulus has the fingerprint of the faulty chips. */
function isRoca(modulus: bigint): boolean {
  const rest = modulus % product;
  return primes.every((prime, index) => powers[index]?.[Number(rest % BigInt(prime))] === 1);
}

/** How rarely a random modulus, which no small prime divides, has the fingerprint by chance. */
export const rocaChance = primes.reduce(
  (chance, prime, index) => (chance * (powers[index]?.reduce((sum, bit) => sum + bit, 0) ?? 0)) / (prime - 1),
  1,
);

/** A sound RSA key has no factor anywhere near as small; one found here is a broken or corrupted modulus. */
const largestTried = 5_000;

/** Primes in groups whose product a double holds exactly: one long division for four primes. */
const groups = group(primesUpTo(largestTried));

/** The smallest prime factor up to 5,000, if there is one. */
function findSmallFactor(modulus: bigint): number | undefined {
  for (const { product, primes } of groups) {
    const rest = Number(modulus % product);
    for (const prime of primes) if (rest % prime === 0) return prime;
  }
  return undefined;
}

interface PrimeGroup {
  readonly product: bigint;
  readonly primes: readonly number[];
}

function group(primes: readonly number[]): readonly PrimeGroup[] {
  const groups: { product: bigint; primes: number[] }[] = [];
  for (const prime of primes) {
    const last = groups.at(-1);
    if (last && last.product * BigInt(prime) <= BigInt(Number.MAX_SAFE_INTEGER)) {
      last.product *= BigInt(prime);
      last.primes.push(prime);
    } else groups.push({ product: BigInt(prime), primes: [prime] });
  }
  return groups;
}
