import {
  decryptPem,
  deriveByMd5,
  expectWholeBlocks,
  type PemCipher,
  pemCiphers,
  readPbes2,
} from '../crypto/pem-encryption.ts';
import { decodeBase64 } from '../encoding/text.ts';
import type { KeyFacts, KeyFormat, StatedKey, Unlock } from '../key.ts';
import { DamagedKey, nameOrNull, UnsupportedKey, type KeyProblem } from '../problem.ts';
import { readDsaPem, readPkcs1, readPkcs8, readSec1 } from './asn1-keys.ts';
import type { PemBlock } from './pem.ts';

const kinds = new Map<string, { readonly format: KeyFormat; readonly read: (der: Uint8Array) => StatedKey }>([
  ['RSA PRIVATE KEY', { format: 'pkcs1', read: readPkcs1 }],
  ['DSA PRIVATE KEY', { format: 'pkcs1', read: readDsaPem }],
  ['EC PRIVATE KEY', { format: 'sec1', read: (der) => readSec1(der) }],
  ['PRIVATE KEY', { format: 'pkcs8', read: readPkcs8 }],
  ['ENCRYPTED PRIVATE KEY', { format: 'pkcs8', read: readPkcs8 }],
]);

/** A PEM private key, plain or encrypted. Errors: KeyFailure. */
export function readPemPrivate({ label, headers, body }: PemBlock, facts: KeyFacts): StatedKey | Unlock {
  const kind = kinds.get(label);
  if (!kind) throw new UnsupportedKey(problemOf(label));
  Object.assign(facts, { kind: 'private', format: kind.format } satisfies KeyFacts);
  const dekInfo = headers.find((line) => /^dek-info:/i.test(line));
  facts.isEncrypted = dekInfo !== undefined || label.startsWith('ENCRYPTED');
  const content = decodeBase64(body, 'key');
  if (!facts.isEncrypted) return wipeAfter(content, kind.read);
  const decrypt = dekInfo === undefined ? readPbes2(content) : readDekInfo(dekInfo, content);
  return async (passphrase) => wipeAfter(await decrypt(passphrase), kind.read);
}

function wipeAfter(der: Uint8Array, read: (der: Uint8Array) => StatedKey): StatedKey {
  try {
    return read(der);
  } finally {
    der.fill(0);
  }
}

const dekCiphers = new Map<string, PemCipher>([
  ['AES-128-CBC', pemCiphers.aes128],
  ['AES-192-CBC', pemCiphers.aes192],
  ['AES-256-CBC', pemCiphers.aes256],
  ['DES-EDE3-CBC', pemCiphers.tripleDes],
]);

/** RFC 1421's header, as OpenSSL writes it: "DEK-Info: AES-128-CBC,0123…" */
function readDekInfo(header: string, encrypted: Uint8Array): (passphrase: Uint8Array) => Promise<Uint8Array> {
  const [, name = '', hex = ''] = /^dek-info:\s*([^,\s]{1,40})\s*,\s*([0-9a-f]{1,64})\s*$/i.exec(header) ?? [];
  if (hex === '') throw new DamagedKey('dek-info', 'header');
  const cipher = dekCiphers.get(name.toUpperCase());
  if (!cipher)
    throw new UnsupportedKey({
      code: 'cipher',
      name: /^[A-Z0-9]+(-[A-Z0-9]+){1,3}$/i.test(name) ? nameOrNull(name) : null,
    });
  const iv = Buffer.from(hex, 'hex');
  expectWholeBlocks(encrypted, iv, cipher);
  return (passphrase) =>
    Promise.resolve(decryptPem(encrypted, deriveByMd5(passphrase, iv, cipher.keyLength), iv, cipher));
}

function problemOf(label: string): KeyProblem {
  if (label.endsWith('CERTIFICATE REQUEST')) return { code: 'x509-request' };
  if (label.endsWith('CERTIFICATE')) return { code: 'x509-certificate' };
  return { code: label.startsWith('PGP') ? 'pgp-key' : 'pem-kind' };
}
