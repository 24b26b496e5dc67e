import { primesUpTo } from './integer-math.ts';

// Infineon's RSALib built its primes as k·M + (65537^a mod M), M a product of small primes. Modulo each of these the key's
// modulus is therefore a power of 65537, and for a random modulus that is so only once in some 2^27 keys.
// M. Nemec, M. Sys, P. Svenda, D. Klinec, V. Matyas: The Return of Coppersmith's Attack, CCS 2017 (CVE-2017-15361).

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
export function isRoca(modulus: bigint): boolean {
  const rest = modulus % product;
  return primes.every((prime, index) => powers[index]?.[Number(rest % BigInt(prime))] === 1);
}

/** How rarely a random modulus, which no small prime divides, has the fingerprint by chance. */
export const rocaChance = primes.reduce(
  (chance, prime, index) => (chance * (powers[index]?.reduce((sum, bit) => sum + bit, 0) ?? 0)) / (prime - 1),
  1,
);
