import { timingSafeEqual } from 'node:crypto';
import {
  argon2Kinds,
  decryptPpk,
  derivePpk2,
  derivePpk3,
  hmac,
  ppk2MacKey,
  type PpkKeys,
  wipePpkKeys,
} from '../crypto/ppk-encryption.ts';
import { limitArgon2 } from '../crypto/kdf.ts';
import { SshReader, SshWriter } from '../encoding/ssh-wire.ts';
import { decodeBase64, fromLatin1 } from '../encoding/text.ts';
import type { KeyFacts, PrivateKey, PublicKey, StatedKey, Unlock } from '../key.ts';
import { DamagedKey, KeyFailure, nameOrNull, UnsupportedKey } from '../problem.ts';
import { notePublicPart, readPublicBlob } from './public-key.ts';

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
  if (version === '1') throw new UnsupportedKey({ code: 'ppk-version-1' });
  if ((version !== '2' && version !== '3') || file[ppkBeginning.length + 1] !== ':')
    throw new UnsupportedKey({ code: 'ppk-version' });
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
  const part = readPublicBlob(publicPart, 'public-part');
  if (part.type !== type) throw new DamagedKey('type-mismatch', 'first-line');
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
  if (encryption !== 'aes256-cbc') throw new UnsupportedKey({ code: 'cipher', name: nameOrNull(encryption) });
  if (ppk.section.length === 0 || ppk.section.length % 16 !== 0)
    throw new DamagedKey('not-whole-blocks', 'private-part');
  const derive: DerivePpkKeys =
    number === 3 ? readDerivation(text) : (passphrase) => Promise.resolve(derivePpk2(passphrase));
  return async (passphrase) => open(ppk, await derive(passphrase));
}

type DerivePpkKeys = (passphrase: Uint8Array) => Promise<PpkKeys>;

/** Of version 3. Errors: KeyFailure. */
function readDerivation(text: PpkText): DerivePpkKeys {
  const derive = argon2Kinds.get(text.neededHeader('Key-Derivation').trim());
  if (!derive) throw new UnsupportedKey({ code: 'key-derivation', name: null });
  const [memoryKiB, passes, lanes] = [
    text.neededNumber('Argon2-Memory'),
    text.neededNumber('Argon2-Passes'),
    text.neededNumber('Argon2-Parallelism'),
  ];
  const hex = text.neededHeader('Argon2-Salt').trim();
  limitArgon2(memoryKiB, passes, lanes);
  if (!/^([0-9a-f]{2}){8,64}$/i.test(hex) || passes === 0 || lanes === 0 || memoryKiB < 8 * lanes)
    throw new DamagedKey('argon2-figures', 'argon2-lines');
  const figures = { salt: Buffer.from(hex, 'hex'), memoryKiB, passes, lanes };
  return (passphrase) => derivePpk3(derive, figures, passphrase);
}

function readMac(hex: string, version: 2 | 3): Uint8Array {
  const mac = Buffer.from(hex.trim(), 'hex');
  if (mac.length !== (version === 2 ? 20 : 32))
    throw new DamagedKey('mac-length', 'named-line', { name: 'Private-MAC' });
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
  // The MAC speaks for public and private part at once. If numbers came out, the passphrase was right and something was
  // changed.
  if (ppk.encryption !== 'none' && !holdsNumbers(plain, ppk.publicKey.type))
    throw new KeyFailure('wrong-passphrase', { code: 'wrong-passphrase' });
  throw new DamagedKey('mac', 'named-line', { name: 'Private-MAC' });
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
  const reader = new SshReader(plain, 'private-part');
  try {
    for (let number = stringCount(type); number > 0; number -= 1) if (reader.string().length === 0) return false;
    return reader.rest().length < 16;
  } catch {
    return false;
  }
}

/** PuTTY keeps the public numbers in the public part alone; each type has its own order. */
function agentFormOf({ type, publicKey }: Ppk, plain: Uint8Array): Uint8Array {
  const secret = new SshReader(plain, 'private-part');
  const open = new SshReader(publicKey.blob, 'public-part');
  const writer = new SshWriter(publicKey.blob.length + plain.length + 16).string(open.string());
  if (type === 'ssh-rsa') {
    const [e, n] = [open.mpint(), open.mpint()];
    const [d, p, q, iqmp] = [secret.mpint(), secret.mpint(), secret.mpint(), secret.mpint()];
    return writer.mpint(n).mpint(e).mpint(d).mpint(iqmp).mpint(p).mpint(q).bytes();
  }
  if (type === 'ssh-ed25519') {
    const [point, seed] = [open.string(), secret.string()];
    if (seed.length !== 32) throw secret.damaged('ed25519-private-length');
    return writer.string(point).uint32(64).raw(seed).raw(point).bytes();
  }
  if (type === 'ssh-dss' || type.startsWith('ecdsa-')) return writer.raw(open.rest()).mpint(secret.mpint()).bytes();
  throw new UnsupportedKey({ code: 'private-type', name: nameOrNull(type) });
}

/** A PuTTY private key file: "Name: value" lines, two of which announce lines of base64. */
interface PpkText {
  /** Undefined if the file does not have the line. Latin-1: one character is one byte. */
  header(name: string): string | undefined;
  /** Errors: DamagedKey. */
  neededHeader(name: string): string;
  /** A whole number from 0. Errors: DamagedKey. */
  neededNumber(name: string): number;
  /** The base64 after "Public-Lines" or "Private-Lines", decoded. Errors: DamagedKey. */
  lines(name: 'Public-Lines' | 'Private-Lines'): Uint8Array;
}

const maxLines = 20_000;

/** Errors: DamagedKey. */
function readPpkText(file: string): PpkText {
  const text = withLineFeeds(file);
  const headers = new Map<string, string>();
  const bodies = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const start = at;
    const end = lineEnd(text, at);
    const line = text.slice(start, end);
    at = end + 1;
    const [, name, value = ''] = /^([A-Za-z0-9-]{1,40}): ?(.*)$/s.exec(line) ?? [];
    if (name === undefined && line.trim() !== '')
      throw new DamagedKey('line-without-name', 'file', { unit: 'byte', at: start });
    if (name === undefined) continue;
    headers.set(name, value);
    if (!name.endsWith('-Lines')) continue;
    const count = Number(value);
    if (!Number.isInteger(count) || count < 0 || count > maxLines)
      throw new DamagedKey('line-count', 'file', { unit: 'byte', at: start });
    const body = at;
    for (let number = 0; number < count; number += 1) at = lineEnd(text, at) + 1;
    bodies.set(name, text.slice(body, at));
  }
  return access(headers, bodies);
}

function access(headers: ReadonlyMap<string, string>, bodies: ReadonlyMap<string, string>): PpkText {
  const needed = (name: string): string => {
    const value = headers.get(name);
    if (value === undefined) throw new DamagedKey('line-missing', 'named-line', { name });
    return value;
  };
  return {
    header: (name) => headers.get(name),
    neededHeader: needed,
    neededNumber(name) {
      const text = needed(name).trim();
      if (!/^\d{1,10}$/.test(text)) throw new DamagedKey('no-number', 'named-line', { name });
      return Number(text);
    },
    lines(name) {
      needed(name);
      return decodeBase64(bodies.get(name) ?? '', name === 'Public-Lines' ? 'public-part' : 'private-part');
    },
  };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
