import { createDecipheriv, createHash } from 'node:crypto';
import { DamagedKey, KeyFailure } from './key-failure.ts';
import { startsLikeKey } from './pem-keys.ts';

export interface PemCipher {
  /** As node:crypto calls it. */
  readonly name: string;
  /** Bytes. */
  readonly keyLength: number;
  readonly blockSize: number;
}

/** The ciphers of encrypted PEM files, by names that node:crypto and Electron's crypto both know. */
export const pemCiphers = {
  aes128: { name: 'aes-128-cbc', keyLength: 16, blockSize: 16 },
  aes192: { name: 'aes-192-cbc', keyLength: 24, blockSize: 16 },
  aes256: { name: 'aes-256-cbc', keyLength: 32, blockSize: 16 },
  tripleDes: { name: 'des-ede3-cbc', keyLength: 24, blockSize: 8 },
} as const satisfies Record<string, PemCipher>;

export function expectWholeBlocks(encrypted: Uint8Array, iv: Uint8Array, { blockSize }: PemCipher): void {
  if (iv.length !== blockSize) throw new DamagedKey('the initialization vector has the wrong length', 'the encryption');
  if (encrypted.length === 0 || encrypted.length % blockSize !== 0)
    throw new DamagedKey('it is no whole number of blocks', 'the encrypted part');
}

/**
 * Decrypts CBC and takes the padding off; `key` is wiped. Nothing proves these files, so the beginning has to tell a wrong passphrase
 * from a damaged end. The caller wipes the result. Errors: KeyFailure.
 */
export function decryptPem(
  encrypted: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  { name, blockSize }: PemCipher,
): Uint8Array {
  const plain = createDecipheriv(name, key, iv).setAutoPadding(false).update(encrypted);
  key.fill(0);
  if (!startsLikeKey(plain, blockSize)) {
    plain.fill(0);
    throw new KeyFailure('wrong-passphrase', 'The passphrase is wrong.');
  }
  const padding = plain.at(-1) ?? 0;
  const isPadding = padding >= 1 && padding <= blockSize && plain.subarray(-padding).every((byte) => byte === padding);
  if (!isPadding) {
    plain.fill(0);
    throw new DamagedKey('the padding is wrong', 'the end of the encrypted part');
  }
  return plain.subarray(0, -padding);
}

/** What OpenSSL has always derived the keys of "DEK-Info" files with (EVP_BytesToKey, MD5, one round). */
export function deriveByMd5(passphrase: Uint8Array, iv: Uint8Array, length: number): Uint8Array {
  const key = new Uint8Array(Math.ceil(length / 16) * 16);
  for (let at = 0; at < key.length; at += 16) {
    const digest = createHash('md5')
      .update(key.subarray(Math.max(0, at - 16), at))
      .update(passphrase)
      .update(iv.subarray(0, 8))
      .digest();
    key.set(digest, at);
    digest.fill(0);
  }
  return key.subarray(0, length);
}
