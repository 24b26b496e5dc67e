import { deriveBcrypt, limitBcrypt } from '../crypto/kdf.ts';
import { opensshCiphers, type SectionCipher } from '../crypto/openssh-ciphers.ts';
import { SshReader } from '../encoding/ssh-wire.ts';
import { decodeComment } from '../encoding/text.ts';
import type { KeyFacts, PrivateKey, PublicKey, Unlock } from '../key.ts';
import { DamagedKey, KeyFailure, nameOrNull, UnsupportedKey } from '../problem.ts';
import { isSame, readPrivateFields } from './agent-form.ts';
import { notePublicPart, readPublicBlob } from './public-key.ts';

const magic = Buffer.from('openssh-key-v1\0');

/** The form has room for several keys in a file, though no known tool writes more than one. */
const maxKeys = 100;

/**
 * OpenSSH's own private key file, PROTOCOL.key: `content` is what stands in the armour, of whose keys `at` is wanted.
 * Errors: KeyFailure.
 */
export function readOpensshPrivate(content: Uint8Array, facts: KeyFacts, at: number): PrivateKey | Unlock {
  if (!isSame(content.subarray(0, magic.length), magic)) throw new DamagedKey('magic', 'file', { unit: 'byte', at: 0 });
  const reader = new SshReader(content, 'file');
  reader.take(magic.length);
  const [cipherName, kdfName, kdfOptions, count] = [reader.text(), reader.text(), reader.string(), reader.uint32()];
  facts.isEncrypted = cipherName !== 'none';
  const wanted = readPublicParts(reader, count, facts, at);
  const section = reader.string();
  if (!facts.isEncrypted) {
    if (kdfName !== 'none' || kdfOptions.length > 0) throw reader.damaged('derivation-without-cipher');
    reader.expectEnd();
    return readSection(section, wanted, 8);
  }
  const cipher = opensshCiphers.get(cipherName);
  if (!cipher) throw new UnsupportedKey({ code: 'cipher', name: nameOrNull(cipherName) });
  if (kdfName !== 'bcrypt') throw new UnsupportedKey({ code: 'key-derivation', name: nameOrNull(kdfName) });
  const { salt, rounds } = readKdfOptions(kdfOptions);
  const tag = reader.take(cipher.tagLength);
  reader.expectEnd();
  if (section.length === 0 || section.length % cipher.blockSize !== 0) throw reader.damaged('not-whole-blocks');
  return (passphrase) => Promise.resolve(unlock({ cipher, salt, rounds, section, tag, wanted }, passphrase));
}

/** All public keys of a file, as its private section names them all, and which one is asked for. */
interface Wanted {
  readonly publicKeys: readonly PublicKey[];
  readonly at: number;
}

function readPublicParts(reader: SshReader, count: number, facts: KeyFacts, at: number): Wanted {
  if (at >= count) throw reader.damaged('no-keys');
  if (count > maxKeys) throw new UnsupportedKey({ code: 'too-many-in-one', found: count, most: maxKeys });
  const blobs: Uint8Array[] = [];
  while (blobs.length < count) blobs.push(reader.string());
  if (count > 1) facts.count = count;
  const noteFor = (noted: KeyFacts, index: number) =>
    notePublicPart(noted, readPublicBlob(blobs[index] ?? new Uint8Array(), 'public-part'));
  const asked = noteFor(facts, at);
  return { publicKeys: blobs.map((_, index) => (index === at ? asked : noteFor({}, index))), at };
}

function readKdfOptions(options: Uint8Array): { salt: Uint8Array; rounds: number } {
  const reader = new SshReader(options, 'key-derivation');
  const salt = reader.string();
  const rounds = reader.uint32();
  reader.expectEnd();
  if (salt.length === 0 || rounds === 0) throw reader.damaged('no-salt-or-rounds');
  limitBcrypt(rounds);
  return { salt, rounds };
}

interface Locked {
  readonly cipher: SectionCipher;
  readonly salt: Uint8Array;
  readonly rounds: number;
  readonly section: Uint8Array;
  readonly tag: Uint8Array;
  readonly wanted: Wanted;
}

function unlock({ cipher, salt, rounds, section, tag, wanted }: Locked, passphrase: Uint8Array): PrivateKey {
  const keyAndIv = deriveBcrypt(passphrase, salt, rounds, cipher.keyLength + cipher.ivLength);
  const { plain, isProved } = cipher.decrypt(section, keyAndIv, tag);
  keyAndIv.fill(0);
  try {
    const reader = new SshReader(plain, 'private-part');
    if (reader.uint32() !== reader.uint32()) throw new KeyFailure('wrong-passphrase', { code: 'wrong-passphrase' });
    // The two numbers came out alike, so the passphrase is right and the file is not.
    if (!isProved) throw new DamagedKey('tag', 'private-part');
    return readSection(plain, wanted, cipher.blockSize);
  } finally {
    plain.fill(0);
  }
}

function readSection(section: Uint8Array, { publicKeys, at }: Wanted, blockSize: number): PrivateKey {
  const reader = new SshReader(section, 'private-part');
  if (reader.uint32() !== reader.uint32()) throw reader.damaged('check-numbers');
  const keys = publicKeys.map((publicKey) => ({
    ...readPrivateFields(reader, publicKey),
    comment: decodeComment(reader.string()),
  }));
  const [key] = keys.splice(at, 1);
  for (const { agentForm } of keys) agentForm.fill(0);
  const padding = reader.rest();
  // Of any length, as OpenSSH takes it: PuTTYgen writes 1 to 16 bytes, whatever the block.
  const isPadding = section.length % blockSize === 0 && padding.every((byte, index) => byte === ((index + 1) & 0xff));
  if (!key || !isPadding) throw reader.damaged('padding');
  return key;
}
