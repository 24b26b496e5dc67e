// @ts-expect-error -- The package brings no types; ours stand below.
import bcrypt from 'bcrypt-pbkdf';

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
 * `length` bytes by bcrypt_pbkdf, the key derivation of OpenSSH's files (bcrypt_pbkdf(3) of OpenBSD). About 20 ms a round:
 * for a worker, with `rounds` checked before.
 */
export function deriveBcrypt(passphrase: Uint8Array, salt: Uint8Array, rounds: number, length: number): Uint8Array {
  const key = new Uint8Array(length);
  const outcome = (bcrypt.pbkdf as Pbkdf)(passphrase, passphrase.length, salt, salt.length, key, length, rounds);
  // An empty passphrase or salt, or no round.
  if (outcome !== 0)
    throw new RangeError('bcrypt_pbkdf takes no empty passphrase, no empty salt and at least one round');
  return key;
}
