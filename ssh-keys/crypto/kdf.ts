// @ts-expect-error -- The package brings no types; ours stand below.
import bcrypt from 'bcrypt-pbkdf';
import { type CostProblem, UnsupportedKey } from '../problem.ts';

type Pbkdf = (
  passphrase: Uint8Array,
  passphraseLength: number,
  salt: Uint8Array,
  saltLength: number,
  key: Uint8Array,
  keyLength: number,
  rounds: number,
) => number;

/**
 * `length` bytes by bcrypt_pbkdf, the key derivation of OpenSSH's files (bcrypt_pbkdf(3) of OpenBSD). About 20 ms a
 * round: for a worker, with `rounds` checked before.
 */
export function deriveBcrypt(passphrase: Uint8Array, salt: Uint8Array, rounds: number, length: number): Uint8Array {
  const key = new Uint8Array(length);
  const outcome = (bcrypt.pbkdf as Pbkdf)(passphrase, passphrase.length, salt, salt.length, key, length, rounds);
  // An empty passphrase or salt, or no round.
  if (outcome !== 0)
    throw new RangeError('bcrypt_pbkdf takes no empty passphrase, no empty salt and at least one round');
  return key;
}

/** About four seconds' work. */
export const maxBcryptRounds = 256;

/**
 * The most that a file may ask of the computer before its passphrase is tried: each some seconds, and many times what
 * the tools write (ssh-keygen 16 to 24 rounds of bcrypt, openssl 2,048 iterations or scrypt with 16 MiB, puttygen 8 MiB
 * of Argon2).
 */
const limits = {
  pbkdf2Iterations: 10_000_000,
  scryptBytes: 512 * 1024 ** 2,
  scryptWork: 2 ** 23,
  argon2KiB: 512 * 1024,
  argon2Passes: 1_000,
  argon2Lanes: 64,
  /** KiB times passes. */
  argon2Work: 2 * 1024 ** 2,
};

export function limitBcrypt(rounds: number): void {
  refuseAbove('bcrypt-rounds', rounds, maxBcryptRounds);
}

export function limitPbkdf2(iterations: number): void {
  refuseAbove('pbkdf2-iterations', iterations, limits.pbkdf2Iterations);
}

/** RFC 7914: cost N, block size r, lanes p. Memory is 128·N·r bytes. */
export function limitScrypt(cost: number, blockSize: number, lanes: number): void {
  refuseAbove('scrypt-memory', 128 * blockSize * (cost + lanes), limits.scryptBytes);
  refuseAbove('scrypt-work', cost * blockSize * lanes, limits.scryptWork);
}

export function limitArgon2(memoryKiB: number, passes: number, lanes: number): void {
  refuseAbove('argon2-memory', memoryKiB, limits.argon2KiB);
  refuseAbove('argon2-passes', passes, limits.argon2Passes);
  refuseAbove('argon2-lanes', lanes, limits.argon2Lanes);
  refuseAbove('argon2-work', memoryKiB * passes, limits.argon2Work);
}

function refuseAbove(code: CostProblem, asked: number, most: number): void {
  if (asked > most) throw new UnsupportedKey({ code, asked, most });
}
