import { checkPrimeSync, createHash } from 'node:crypto';
import { primesUpTo, toInteger } from '../encoding/integers.ts';

// Makes the RSA keys that `ssh-keygen` made on Debian and Ubuntu between September 2006 and May 2008 (CVE-2008-0166):
// Debian had taken the lines out of OpenSSL 0.9.8 that mixed entropy into its pool, so that a key depended on the
// process id and the kind of computer alone. What follows are md_rand.c, rand_unix.c, bn_rand.c, bn_prime.c and
// rsa_gen.c of OpenSSL 0.9.8 as far as they decide which primes come out; the results are those of the collection
// github.com/badkeys/debianopenssl.

/** Little or big endian, and the bits of a C long: i386, amd64, PowerPC and SPARC. */
export const debianPlatforms = ['le32', 'le64', 'be32'] as const;
export type DebianPlatform = (typeof debianPlatforms)[number];

/** The public exponent of every RSA key of OpenSSH before 5.4. */
export const debianExponent = 35n;

/** The modulus that ssh-keygen made as process `pid` (0 to 32767). */
export function makeDebianModulus(platform: DebianPlatform, pid: number, bits: 2_048 | 4_096 = 2_048): bigint {
  const pool = new FaultyPool(platform, pid);
  // ssh-keygen first stirs a generator of its own.
  pool.take(20);
  const [p, q] = [makePrime(pool, bits / 2), makePrime(pool, bits / 2)];
  return p * q;
}

const poolSize = 1_023;
const digestSize = 20;
const half = digestSize / 2;

/** OpenSSL's pool, without the entropy. */
class FaultyPool {
  readonly #state = Buffer.alloc(poolSize);
  readonly #digest = Buffer.alloc(digestSize);
  readonly #platform: DebianPlatform;
  readonly #pid: number;
  readonly #long: number;
  #filled = 0;
  #index = 0;
  #taken = 0;
  #added = 0;
  #isStirred = false;

  constructor(platform: DebianPlatform, pid: number) {
    this.#platform = platform;
    this.#pid = pid;
    this.#long = platform === 'le64' ? 8 : 4;
    // /dev/urandom, the process id, the user's id, the time: their lengths count, their content does not.
    for (const length of [32, this.#long, this.#long, this.#long]) this.#add(length);
  }

  /** As many "random" bytes. */
  take(count: number): Buffer {
    if (!this.#isStirred) for (let left = poolSize; left > 0; left -= digestSize) this.#add(digestSize);
    this.#isStirred = true;
    const counters = this.#counters(this.#taken, this.#added);
    const pieces: Buffer[] = [];
    let digest: Buffer = Buffer.from(this.#digest);
    let at = this.#index;
    for (let left = count; left > 0; left -= half) {
      const pid = pieces.length === 0 && this.#pid !== 0 ? [this.#encode(this.#pid, 4)] : [];
      digest = sha1(...pid, digest, counters, this.#read(at, half, this.#filled));
      at = this.#mix(at, digest.subarray(0, half), this.#filled);
      pieces.push(digest.subarray(half, half + Math.min(left, half)));
    }
    this.#index += half * pieces.length;
    if (this.#index > this.#filled) this.#index %= this.#filled;
    this.#taken += 1;
    sha1(counters, digest, this.#digest).copy(this.#digest);
    return Buffer.concat(pieces);
  }

  /** A number of `bits` bits. The time goes into the pool first: another length. */
  takeNumber(bits: number): bigint {
    this.#add(this.#long);
    return toInteger(this.take(bits / 8));
  }

  #add(count: number): void {
    let digest: Buffer = Buffer.from(this.#digest);
    let at = this.#index;
    let added = this.#added;
    for (let done = 0; done < count; done += digestSize) {
      const length = Math.min(count - done, digestSize);
      digest = sha1(digest, this.#read(at, length, poolSize), this.#counters(this.#taken, added));
      at = this.#mix(at, digest.subarray(0, length), poolSize);
      added += 1;
    }
    this.#added = added;
    this.#index += count;
    if (this.#index >= poolSize) {
      this.#index %= poolSize;
      this.#filled = poolSize;
    } else this.#filled = Math.max(this.#filled, this.#index);
    for (let byte = 0; byte < digestSize; byte += 1)
      this.#digest[byte] = (this.#digest[byte] ?? 0) ^ (digest[byte] ?? 0);
  }

  #read(at: number, length: number, end: number): Buffer {
    const first = this.#state.subarray(at, Math.min(at + length, end));
    return Buffer.concat([first, this.#state.subarray(0, length - first.length)]);
  }

  #mix(at: number, bytes: Buffer, end: number): number {
    let place = at;
    for (const byte of bytes) {
      this.#state[place] = (this.#state[place] ?? 0) ^ byte;
      place = place + 1 >= end ? 0 : place + 1;
    }
    return place;
  }

  #counters(taken: number, added: number): Buffer {
    return Buffer.concat([this.#encode(taken, this.#long), this.#encode(added, this.#long)]);
  }

  #encode(value: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    if (this.#platform === 'be32') bytes.writeUInt32BE(value, length - 4);
    else bytes.writeUInt32LE(value);
    return bytes;
  }
}

/** OpenSSL's first 2048 primes, without the 2. */
const sievePrimes = primesUpTo(17_863).slice(1);

/** BN_generate_prime, and what RSA asks of it. */
function makePrime(pool: FaultyPool, bits: number): bigint {
  // Miller-Rabin draws so many bases, the first for every candidate.
  const rounds = bits >= 1_300 ? 2 : 3;
  for (;;) {
    const candidate = makeCandidate(pool, bits);
    drawBase(pool, candidate, bits);
    if (!checkPrimeSync(candidate, { checks: 1 })) continue;
    for (let round = 1; round < rounds; round += 1) drawBase(pool, candidate, bits);
    // Its divisors are those of 35.
    if ((candidate - 1n) % 5n !== 0n && (candidate - 1n) % 7n !== 0n) return candidate;
  }
}

function drawBase(pool: FaultyPool, candidate: bigint, bits: number): void {
  while (pool.takeNumber(bits) >= candidate - 1n);
}

/** A number from the pool, raised until neither it nor its predecessor has a small factor. */
function makeCandidate(pool: FaultyPool, bits: number): bigint {
  const start = pool.takeNumber(bits) | (3n << BigInt(bits - 2)) | 1n;
  const rests = sievePrimes.map((prime) => Number(start % BigInt(prime)));
  let delta = 0;
  while (sievePrimes.some((prime, index) => ((rests[index] ?? 0) + delta) % prime <= 1)) delta += 2;
  return start + BigInt(delta);
}

function sha1(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
