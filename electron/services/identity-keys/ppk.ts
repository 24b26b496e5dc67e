import { timingSafeEqual } from 'node:crypto';
import { hmac } from './hmac.ts';
import { DamagedKey, KeyFailure, UnsupportedKey, nameOrNothing } from './key-failure.ts';
import { notePublicPart, type KeyFacts, type Unlock } from './key-facts.ts';
import type { PrivateKey, PublicKey, StatedKey } from './key-material.ts';
import {
  decryptPpk,
  derivePpk2,
  ppk2MacKey,
  readPpk3Derivation,
  wipePpkKeys,
  type DerivePpkKeys,
  type PpkKeys,
} from './ppk-encryption.ts';
import { readPpkText } from './ppk-text.ts';
import { fromLatin1 } from './comment-text.ts';
import { readPublicBlob } from './public-key.ts';
import { SshReader, SshWriter } from './ssh-wire.ts';

export const ppkBeginning = 'PuTTY-User-Key-File-';

interface Ppk {
  readonly version: 2 | 3;
  /** As in the file, for the MAC. */
  readonly type: string;
  readonly encryption: string;
  readonly comment: string;
  readonly publicKey: PublicKey;
  /** As in the file, for the MAC. */
  readonly publicPart: Uint8Array;
  readonly section: Uint8Array;
  readonly mac: Uint8Array;
}

/** PuTTY's private key file, versions 2 and 3 (appendix C of PuTTY's manual). Errors: KeyFailure. */
export function readPpk(file: string, facts: KeyFacts): StatedKey | Unlock {
  facts.kind = 'private';
  const version = file[ppkBeginning.length];
  if (version === '1')
    throw new UnsupportedKey('PuTTY files of version 1 are not supported: save the key anew with PuTTYgen.');
  if ((version !== '2' && version !== '3') || file[ppkBeginning.length + 1] !== ':')
    throw new UnsupportedKey('PuTTY files of this version are not supported here.');
  facts.format = version === '2' ? 'ppk2' : 'ppk3';
  const text = readPpkText(file);
  const number = version === '2' ? 2 : 3;
  const [type, encryption, comment] = [
    text.neededHeader(`${ppkBeginning}${number}`),
    text.neededHeader('Encryption'),
    text.neededHeader('Comment'),
  ];
  facts.isEncrypted = encryption !== 'none';
  facts.comment = fromLatin1(comment);
  const publicPart = text.lines('Public-Lines');
  const part = readPublicBlob(publicPart, 'the public part');
  if (part.type !== type) throw new DamagedKey('the type in front is not that of the key', 'line 1');
  const publicKey = notePublicPart(facts, part);
  const ppk: Ppk = {
    version: number,
    type,
    encryption,
    comment,
    publicKey,
    publicPart,
    section: text.lines('Private-Lines'),
    mac: readMac(text.neededHeader('Private-MAC'), number),
  };
  if (!facts.isEncrypted) return { ...keyOf(ppk, ppk.section), confirmFile: () => confirmOpen(ppk) };
  if (encryption !== 'aes256-cbc') throw new UnsupportedKey('The cipher of this PuTTY file is not supported here.');
  if (ppk.section.length === 0 || ppk.section.length % 16 !== 0)
    throw new DamagedKey('it is no whole number of blocks', 'the private part');
  const derive: DerivePpkKeys =
    number === 3 ? readPpk3Derivation(text) : (passphrase) => Promise.resolve(derivePpk2(passphrase));
  return async (passphrase) => open(ppk, await derive(passphrase));
}

function readMac(hex: string, version: 2 | 3): Uint8Array {
  const mac = Buffer.from(hex.trim(), 'hex');
  if (mac.length !== (version === 2 ? 20 : 32))
    throw new DamagedKey('it has the wrong length', 'the line "Private-MAC"');
  return mac;
}

function open(ppk: Ppk, keys: PpkKeys): PrivateKey {
  const plain = decryptPpk(ppk.section, keys);
  try {
    expectMac(ppk, plain, keys.mac);
    return keyOf(ppk, plain);
  } finally {
    plain.fill(0);
    wipePpkKeys(keys);
  }
}

/** Of a file that is not encrypted. Wipes its private part. */
function confirmOpen(ppk: Ppk): void {
  try {
    expectMac(ppk, ppk.section, ppk.version === 2 ? ppk2MacKey(new Uint8Array()) : new Uint8Array());
  } finally {
    ppk.section.fill(0);
  }
}

/** Errors: KeyFailure damaged, or wrong-passphrase. */
function expectMac(ppk: Ppk, plain: Uint8Array, key: Uint8Array): void {
  if (timingSafeEqual(macOf(ppk, plain, key), ppk.mac)) return;
  // The MAC speaks for public and private part at once. If numbers came out, the passphrase was right and something was changed.
  if (ppk.encryption !== 'none' && !holdsNumbers(plain, ppk.publicKey.type))
    throw new KeyFailure('wrong-passphrase', 'The passphrase is wrong.');
  throw new DamagedKey('the MAC does not fit: key, comment or type was changed', 'the line "Private-MAC"');
}

function keyOf(ppk: Ppk, plain: Uint8Array): PrivateKey {
  return { publicKey: ppk.publicKey, comment: fromLatin1(ppk.comment), agentForm: agentFormOf(ppk, plain) };
}

function macOf(
  { version, type, encryption, comment, publicPart }: Ppk,
  plain: Uint8Array,
  key: Uint8Array,
): Uint8Array {
  const signed = new SshWriter()
    .string(Buffer.from(type, 'latin1'))
    .string(Buffer.from(encryption, 'latin1'))
    .string(Buffer.from(comment, 'latin1'))
    .string(publicPart)
    .string(plain)
    .bytes();
  const mac = hmac(version === 2 ? 'sha1' : 'sha256', key, signed);
  signed.fill(0);
  return mac;
}

/** How many strings the private part of a type has. */
function stringCount(type: string): number {
  return type === 'ssh-rsa' ? 4 : 1;
}

function holdsNumbers(plain: Uint8Array, type: string): boolean {
  const reader = new SshReader(plain, 'the private part');
  try {
    for (let number = stringCount(type); number > 0; number -= 1) if (reader.string().length === 0) return false;
    return reader.rest().length < 16;
  } catch {
    return false;
  }
}

/** PuTTY keeps the public numbers in the public part alone; each type has its own order. */
function agentFormOf({ type, publicKey }: Ppk, plain: Uint8Array): Uint8Array {
  const secret = new SshReader(plain, 'the private part');
  const open = new SshReader(publicKey.blob, 'the public part');
  const writer = new SshWriter(publicKey.blob.length + plain.length + 16).string(open.string());
  if (type === 'ssh-rsa') {
    const [e, n] = [open.mpint(), open.mpint()];
    const [d, p, q, iqmp] = [secret.mpint(), secret.mpint(), secret.mpint(), secret.mpint()];
    return writer.mpint(n).mpint(e).mpint(d).mpint(iqmp).mpint(p).mpint(q).bytes();
  }
  if (type === 'ssh-ed25519') {
    const [point, seed] = [open.string(), secret.string()];
    if (seed.length !== 32) throw secret.damaged('the Ed25519 private key has not 32 bytes');
    return writer.string(point).uint32(64).raw(seed).raw(point).bytes();
  }
  if (type === 'ssh-dss' || type.startsWith('ecdsa-')) return writer.raw(open.rest()).mpint(secret.mpint()).bytes();
  throw new UnsupportedKey(`Private keys of the type${nameOrNothing(type)} are not supported here.`);
}
