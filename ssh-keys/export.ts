import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { deriveBcrypt } from './crypto/kdf.ts';
import { derNull, derOctets, derOid, derSequence, derSmallInteger } from './encoding/der.ts';
import { SshWriter } from './encoding/ssh-wire.ts';
import { cleanText } from './encoding/text.ts';
import { toPkcs8 } from './formats/pkcs8.ts';
import type { PrivateKey, PublicKey } from './key.ts';

/** OWASP's figure for PBKDF2 with HMAC-SHA-256. */
const pbkdf2Iterations = 600_000;

/** One line for `authorized_keys` and for the provider: type, base64, comment; no line end. */
export function toPublicLine({ type, blob }: PublicKey, comment: string): string {
  return [type, Buffer.from(blob).toString('base64'), cleanText(comment)].join(' ').trimEnd();
}

/**
 * A private key file as `ssh-keygen` writes it (PROTOCOL.key of OpenSSH), encrypted with aes256-ctr under a passphrase
 * if there is one. The caller wipes both. For a worker: the rounds of bcrypt take their time.
 */
export function exportOpenSsh(
  key: PrivateKey,
  encryption?: { readonly passphrase: Uint8Array; readonly rounds: number },
): Uint8Array {
  const cipher = encryption ? encryptingWith(encryption) : inTheClear;
  const section = privateSection(key, cipher.blockSize);
  const content = new SshWriter()
    .raw(Buffer.from('openssh-key-v1\0'))
    .text(cipher.name)
    .text(cipher.kdfName)
    .string(cipher.kdfOptions)
    .uint32(1)
    .string(key.publicKey.blob)
    .string(cipher.encrypt(section))
    .bytes();
  section.fill(0);
  return armor('OPENSSH PRIVATE KEY', content, 70);
}

/**
 * A private key file as `openssl pkcs8` writes it, encrypted with PBES2 (PBKDF2 with HMAC-SHA-256, AES-256-CBC; RFC
 * 8018) under a passphrase if there is one. It has no room for a comment. The caller wipes both. Errors: as `toPkcs8`.
 */
export function exportPkcs8(key: PrivateKey, passphrase?: Uint8Array): Uint8Array {
  const info = toPkcs8(key);
  if (!passphrase) return armor('PRIVATE KEY', info, 64);
  const encrypted = encryptPkcs8(info, passphrase);
  info.fill(0);
  return armor('ENCRYPTED PRIVATE KEY', encrypted, 64);
}

function privateSection({ agentForm, comment }: PrivateKey, blockSize: number): Uint8Array {
  const check = randomBytes(4).readUInt32BE();
  const writer = new SshWriter().uint32(check).uint32(check).raw(agentForm).text(comment);
  for (let padding = 1; writer.length % blockSize !== 0; padding += 1) writer.byte(padding);
  return writer.bytes();
}

interface SectionCipher {
  readonly name: string;
  readonly kdfName: string;
  readonly kdfOptions: Uint8Array;
  readonly blockSize: number;
  encrypt(section: Uint8Array): Uint8Array;
}

const inTheClear: SectionCipher = {
  name: 'none',
  kdfName: 'none',
  kdfOptions: new Uint8Array(),
  blockSize: 8,
  encrypt: (section) => section,
};

function encryptingWith({ passphrase, rounds }: { passphrase: Uint8Array; rounds: number }): SectionCipher {
  const salt = randomBytes(16);
  return {
    name: 'aes256-ctr',
    kdfName: 'bcrypt',
    kdfOptions: new SshWriter().string(salt).uint32(rounds).bytes(),
    blockSize: 16,
    encrypt(section) {
      const keyAndCounter = deriveBcrypt(passphrase, salt, rounds, 48);
      const cipher = createCipheriv('aes-256-ctr', keyAndCounter.subarray(0, 32), keyAndCounter.subarray(32));
      keyAndCounter.fill(0);
      return Buffer.concat([cipher.update(section), cipher.final()]);
    },
  };
}

function encryptPkcs8(info: Uint8Array, passphrase: Uint8Array): Uint8Array {
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const key = pbkdf2Sync(passphrase, salt, pbkdf2Iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  key.fill(0);
  const hmacSha256 = derSequence(derOid('1.2.840.113549.2.9'), derNull());
  const kdf = derSequence(
    derOid('1.2.840.113549.1.5.12'),
    derSequence(derOctets(salt), derSmallInteger(pbkdf2Iterations), hmacSha256),
  );
  const scheme = derSequence(derOid('2.16.840.1.101.3.4.1.42'), derOctets(iv));
  const pbes2 = derSequence(derOid('1.2.840.113549.1.5.13'), derSequence(kdf, scheme));
  return derSequence(pbes2, derOctets(Buffer.concat([cipher.update(info), cipher.final()])));
}

/** Wipes `content`. */
function armor(label: string, content: Uint8Array, columns: number): Uint8Array {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const lines = bytes.toString('base64').replace(new RegExp(`.{${columns}}(?=.)`, 'g'), '$&\n');
  bytes.fill(0);
  return Buffer.from(`-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`);
}
