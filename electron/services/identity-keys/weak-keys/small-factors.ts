import { primesUpTo } from './integer-math.ts';

/** A sound RSA key has no factor anywhere near as small; one found here is a broken or corrupted modulus. */
const largestTried = 5_000;

/** Primes in groups whose product a double holds exactly: one long division for four primes. */
const groups = group(primesUpTo(largestTried));

/** The smallest prime factor up to 5,000, if there is one. */
export function findSmallFactor(modulus: bigint): number | undefined {
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
