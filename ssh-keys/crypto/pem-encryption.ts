import { createDecipheriv, createHash, getHashes, pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { derLength, DerReader } from '../encoding/der.ts';
import { DamagedKey, KeyFailure, UnsupportedKey, shortOid } from '../problem.ts';
import { limitPbkdf2, limitScrypt } from './kdf.ts';

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
  if (iv.length !== blockSize) throw new DamagedKey('iv-length', 'encryption');
  if (encrypted.length === 0 || encrypted.length % blockSize !== 0)
    throw new DamagedKey('not-whole-blocks', 'encrypted-part');
}

/**
 * Decrypts CBC and takes the padding off; `key` is wiped. Nothing proves these files, so the beginning has to tell a
 * wrong passphrase from a damaged end. The caller wipes the result. Errors: KeyFailure.
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
    throw new KeyFailure('wrong-passphrase', { code: 'wrong-passphrase' });
  }
  const padding = plain.at(-1) ?? 0;
  const isPadding = padding >= 1 && padding <= blockSize && plain.subarray(-padding).every((byte) => byte === padding);
  if (!isPadding) {
    plain.fill(0);
    throw new DamagedKey('padding', 'encrypted-end');
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

type Derive = (passphrase: Uint8Array, length: number) => Promise<Uint8Array>;

/**
 * EncryptedPrivateKeyInfo (RFC 5958) under PBES2 (RFC 8018) with PBKDF2 or scrypt (RFC 7914): parsed here, since
 * Electron's crypto does not take all of it. Gives a function that decrypts to PrivateKeyInfo, in DER, to be wiped.
 * Errors: KeyFailure.
 */
export function readPbes2(der: Uint8Array): (passphrase: Uint8Array) => Promise<Uint8Array> {
  const info = new DerReader(der, 'encryption').sequence();
  const algorithm = info.sequence();
  const encrypted = info.octets();
  info.expectEnd();
  const name = algorithm.oid();
  if (name !== '1.2.840.113549.1.5.13')
    throw new UnsupportedKey({ code: 'old-encryption', name: oldSchemes.get(name) ?? shortOid(name) });
  const parameters = algorithm.sequence();
  const derivation = parameters.sequence();
  const scheme = parameters.sequence();
  const cipher = readCipher(scheme.oid());
  const iv = scheme.octets();
  expectWholeBlocks(encrypted, iv, cipher);
  const derive = readDerivation(derivation, cipher);
  return async (passphrase) => decryptPem(encrypted, await derive(passphrase, cipher.keyLength), iv, cipher);
}

const oldSchemes = new Map([
  ['1.2.840.113549.1.5.1', 'PBE-MD2-DES'],
  ['1.2.840.113549.1.5.3', 'PBE-MD5-DES'],
  ['1.2.840.113549.1.5.10', 'PBE-SHA1-DES'],
  ['1.2.840.113549.1.12.1.1', 'PBE-SHA1-RC4-128'],
  ['1.2.840.113549.1.12.1.3', 'PBE-SHA1-3DES'],
  ['1.2.840.113549.1.12.1.4', 'PBE-SHA1-2DES'],
  ['1.2.840.113549.1.12.1.5', 'PBE-SHA1-RC2-128'],
  ['1.2.840.113549.1.12.1.6', 'PBE-SHA1-RC2-40'],
]);

const ciphersByOid = new Map<string, PemCipher>([
  ['2.16.840.1.101.3.4.1.2', pemCiphers.aes128],
  ['2.16.840.1.101.3.4.1.22', pemCiphers.aes192],
  ['2.16.840.1.101.3.4.1.42', pemCiphers.aes256],
  ['1.2.840.113549.3.7', pemCiphers.tripleDes],
]);

function readCipher(oid: string): PemCipher {
  const cipher = ciphersByOid.get(oid);
  if (!cipher) throw new UnsupportedKey({ code: 'cipher', name: shortOid(oid) });
  return cipher;
}

function readDerivation(derivation: DerReader, cipher: PemCipher): Derive {
  const name = derivation.oid();
  const parameters = derivation.sequence();
  if (name === '1.2.840.113549.1.5.12') return readPbkdf2(parameters, cipher);
  if (name === '1.3.6.1.4.1.11591.4.11') return readScrypt(parameters, cipher);
  throw new UnsupportedKey({ code: 'key-derivation', name: shortOid(name) });
}

/** HMAC with these; SHA-1 if none is named. */
const digests = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
  ['1.2.840.113549.2.12', 'sha512-224'],
  ['1.2.840.113549.2.13', 'sha512-256'],
]);

function readPbkdf2(parameters: DerReader, cipher: PemCipher): Derive {
  const salt = parameters.octets();
  const iterations = parameters.smallInteger();
  expectKeyLength(parameters, cipher);
  const prf = parameters.has(0x30) ? parameters.sequence().oid() : '1.2.840.113549.2.7';
  parameters.expectEnd();
  const digest = digests.get(prf);
  if (digest === undefined || !getHashes().includes(digest))
    throw new UnsupportedKey({ code: 'pbkdf2-hash', name: shortOid(prf) });
  if (iterations === 0) throw new DamagedKey('no-iterations', 'encryption');
  limitPbkdf2(iterations);
  return (passphrase, length) => promisify(pbkdf2)(passphrase, salt, iterations, length, digest);
}

function readScrypt(parameters: DerReader, cipher: PemCipher): Derive {
  const salt = parameters.octets();
  const [cost, blockSize, lanes] = [parameters.smallInteger(), parameters.smallInteger(), parameters.smallInteger()];
  expectKeyLength(parameters, cipher);
  parameters.expectEnd();
  limitScrypt(cost, blockSize, lanes);
  // RFC 7914, section 2: N is a power of two below 2^(128·r/8).
  const isPossible = cost >= 2 && Number.isInteger(Math.log2(cost)) && Math.log2(cost) < 16 * blockSize && lanes > 0;
  if (!isPossible) throw new DamagedKey('scrypt-figures', 'encryption');
  const options = { N: cost, r: blockSize, p: lanes, maxmem: 1024 ** 3 };
  return (passphrase, length) =>
    new Promise((resolve, reject) => {
      scrypt(passphrase, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
    });
}

function expectKeyLength(parameters: DerReader, { keyLength }: PemCipher): void {
  if (parameters.has(0x02) && parameters.smallInteger() !== keyLength) throw new DamagedKey('key-length', 'encryption');
}

/**
 * Whether decrypted bytes begin like a private key that fills them up to its padding: a sequence that starts with a
 * version. By chance, with a wrong passphrase, once in some hundred million.
 */
function startsLikeKey(plain: Uint8Array, blockSize: number): boolean {
  const length = plain[0] === 0x30 ? derLength(plain) : undefined;
  if (length === undefined || length >= plain.length || length < plain.length - blockSize) return false;
  const at = length - (plain[1] ?? 0) === 2 ? 2 : plain[1] === 0x81 ? 3 : 4;
  return plain[at] === 2 && plain[at + 1] === 1 && (plain[at + 2] ?? 2) <= 1;
}
