import { integerRoot } from './integer-math.ts';

/**
 * Fermat's method finds n = a² - b² at once when the two primes lie close together. 100 rounds find every pair nearer than
 * about 28 times the fourth root of n; two random primes of that size are never so near, and every key of the
 * faulty libraries was found in the first rounds (CVE-2022-26320).
 */
const rounds = 100;

/** Less than one number in 100 is a square modulo both of these; the others need no root. */
const moduli = [64, 45_045];
const squares = moduli.map((modulus) => new Set(Array.from({ length: modulus }, (_, root) => (root * root) % modulus)));

/** Whether Fermat's method splits this odd modulus, two equal primes included. */
export function hasClosePrimes(modulus: bigint): boolean {
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
