import { confirmPair } from './confirm-pair.ts';
import { decodeBase64 } from './encoding/text.ts';
import { isBinaryText, refuseBinaryKey } from './formats/binary.ts';
import { readOpensshPrivate } from './formats/openssh.ts';
import { readPemPrivate } from './formats/pem-private.ts';
import { isPublicPem, readPemPublic } from './formats/pem-public.ts';
import { findPemBlock } from './formats/pem.ts';
import { ppkBeginning, readPpk } from './formats/ppk.ts';
import { readPublicLine } from './formats/public-line.ts';
import { readRfc4716, rfc4716Beginning } from './formats/rfc4716.ts';
import { maxKeyFileBytes } from './key-file.ts';
import type { KeyFacts, PrivateKey, StatedKey, Unlock } from './key.ts';
import { KeyFailure, UnsupportedKey } from './problem.ts';
import { type KeyPart, splitKeys } from './split.ts';

export interface ParsedKey {
  readonly facts: KeyFacts;
  /** There if the file is a private key in the clear. `confirmPair` has not seen it yet. */
  readonly privateKey?: StatedKey;
  /** There if all that is missing is a passphrase; `failure` says so too. */
  readonly unlock?: Unlock;
  /** Why there is no usable key. */
  readonly failure?: KeyFailure;
}

export interface KeyReading {
  readonly facts: KeyFacts;
  /** Proved to belong to the public key. Whoever holds it wipes its `agentForm`. */
  readonly privateKey?: PrivateKey;
  readonly failure?: KeyFailure;
}

const ssh1Beginning = 'SSH PRIVATE KEY FILE FORMAT 1.1\n';

/**
 * Reads a key file with all it holds, and proves that the private half belongs to the public one. Never throws for what
 * is in the file. Seconds for an encrypted file, by its key derivation; tens of microseconds else. `content` stays as
 * it is: the caller wipes it. Of several keys it reads the first; an OpenSSH private key file that holds several
 * (`facts.count`) gives number `at`. For all: `readKeys`.
 */
export async function readKey(content: Uint8Array, passphrase?: Uint8Array | string, at = 0): Promise<KeyReading> {
  const parsed = parseKey(content, at);
  const { facts, unlock, failure } = parsed;
  if (failure && !(unlock && passphrase !== undefined)) return { facts, failure };
  try {
    const stated = unlock && passphrase !== undefined ? await unlockWith(unlock, passphrase, facts) : parsed.privateKey;
    if (!stated) return { facts };
    const privateKey = confirmPair(stated);
    Object.assign(
      facts,
      { type: privateKey.publicKey.type, publicKey: privateKey.publicKey },
      privateKey.comment ? { comment: privateKey.comment } : {},
    );
    return { facts, privateKey };
  } catch (error) {
    return fail(facts, error);
  }
}

/**
 * The quick part of `readKey`: without a passphrase, and without the proof, of which the MAC of an open PuTTY file is
 * part.
 */
export function parseKey(content: Uint8Array, at = 0): ParsedKey {
  const facts: KeyFacts = {};
  try {
    const found = parse(content, facts, at);
    if (typeof found === 'function')
      return {
        facts,
        unlock: found,
        failure: new KeyFailure('needs-passphrase', { code: 'needs-passphrase' }),
      };
    if (!found) return { facts };
    Object.assign(
      facts,
      { type: found.publicKey.type, publicKey: found.publicKey },
      found.comment ? { comment: found.comment } : {},
    );
    return { facts, privateKey: found };
  } catch (error) {
    return fail(facts, error);
  }
}

function parse(content: Uint8Array, facts: KeyFacts, at: number): StatedKey | Unlock | undefined {
  if (content.length > maxKeyFileBytes) throw new KeyFailure('not-a-key', { code: 'larger-than-any-key' });
  const file = withoutMark(content);
  // A character for each byte, so that nothing is lost before it is known what it is.
  const text = file.toString('latin1');
  const block = findPemBlock(text);
  if (block?.label === 'OPENSSH PRIVATE KEY') {
    Object.assign(facts, { kind: 'private', format: 'openssh' } satisfies KeyFacts);
    const decoded = decodeBase64(block.body, 'key');
    const found = readOpensshPrivate(decoded, facts, at);
    // What is encrypted is needed once more.
    if (typeof found !== 'function') decoded.fill(0);
    return found;
  }
  if (block && !isPublicPem(block)) return readPemPrivate(block, facts);
  if (block) readPemPublic(block, facts);
  else return readOtherText(file, text, facts);
  return undefined;
}

/** What is no PEM. */
function readOtherText(file: Buffer, text: string, facts: KeyFacts): StatedKey | Unlock | undefined {
  const start = text.trimStart();
  if (start.startsWith(ppkBeginning)) return readPpk(start, facts);
  if (text.startsWith(ssh1Beginning)) throw new UnsupportedKey({ code: 'ssh1-key' });
  refuseBinaryKey(file, facts);
  if (isBinaryText(text)) throw new KeyFailure('not-a-key', { code: 'no-key' });
  if (start.startsWith(rfc4716Beginning)) readRfc4716(start, facts);
  else readPublicLine(text, facts);
  return undefined;
}

async function unlockWith(unlock: Unlock, passphrase: Uint8Array | string, facts: KeyFacts): Promise<StatedKey> {
  const bytes = Buffer.from(passphrase);
  try {
    // openssl alone encrypts with an empty one, and only as PKCS #8; bcrypt and Argon2 have no answer to it.
    if (bytes.length === 0 && facts.format !== 'pkcs8')
      throw new KeyFailure('wrong-passphrase', { code: 'empty-passphrase' });
    return await unlock(bytes);
  } finally {
    bytes.fill(0);
  }
}

/** Of a damaged file nothing is shown that could be another key's. */
function fail(facts: KeyFacts, error: unknown): { facts: KeyFacts; failure: KeyFailure } {
  if (!(error instanceof KeyFailure)) throw error;
  if (error.fault !== 'damaged') return { facts, failure: error };
  const { kind, format, isEncrypted, count, stated } = facts;
  return {
    facts: {
      ...(kind && { kind }),
      ...(format && { format }),
      ...(isEncrypted !== undefined && { isEncrypted }),
      ...(count && { count }),
      ...(stated && { stated }),
    },
    failure: error,
  };
}

/** Of either order of bytes, by its mark. Undefined for anything else. */
function fromUtf16(file: Buffer): string | undefined {
  if (file[0] === 0xff && file[1] === 0xfe) return file.toString('utf16le', 2);
  if (file[0] !== 0xfe || file[1] !== 0xff) return undefined;
  const swapped = Buffer.from(file.subarray(2, file.length - (file.length % 2))).swap16();
  const text = swapped.toString('utf16le');
  swapped.fill(0);
  return text;
}

/**
 * Editors mark UTF-8, and Windows' shell writes UTF-16 with a mark: no key has a byte that is lost here. A view where
 * it can be.
 */
export function withoutMark(content: Uint8Array): Buffer {
  const file = Buffer.from(content.buffer, content.byteOffset, content.length);
  if (file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf) return file.subarray(3);
  const text = fromUtf16(file);
  return text === undefined ? file : Buffer.from(text);
}

/** Where a key stands in a file that holds several, both from 1. */
export interface KeyPlace {
  readonly index: number;
  /** Where it begins. */
  readonly line: number;
}

export interface PlacedReading {
  readonly reading: KeyReading;
  /** Null if the file holds no other key. */
  readonly place: KeyPlace | null;
  /** With these two `readKey` reads it once more. A view: it may not outlast the file. */
  readonly content: Uint8Array;
  readonly at: number;
}

/** A megabyte has room for more, and each is a row on the screen. */
export const maxKeysInFile = 1_000;

/**
 * Every key of a file in order, each read by itself: lines of `authorized_keys`, PEM or RFC 4716 one after another, or
 * an OpenSSH private key file that holds several. One reading for anything else. Beyond `maxKeysInFile` one more
 * reading says that there are more. Otherwise as `readKey`.
 */
export async function* readKeys(content: Uint8Array, passphrase?: Uint8Array | string): AsyncGenerator<PlacedReading> {
  const file = withoutMark(content);
  try {
    const parts = splitKeys(file, maxKeysInFile + 1);
    let index = 0;
    for (const part of parts) {
      const { content, line } = part;
      if (index >= maxKeysInFile)
        return yield { reading: tooMany(), place: { index: index + 1, line }, content, at: 0 };
      for await (const { reading, at } of readPart(part, passphrase)) {
        index += 1;
        const isOnlyOne = parts.length === 1 && reading.facts.count === undefined;
        yield { reading, place: isOnlyOne ? null : { index, line }, content, at };
      }
    }
  } finally {
    // Of UTF-16 it was a copy.
    if (file.buffer !== content.buffer) file.fill(0);
  }
}

async function* readPart(
  { content }: KeyPart,
  passphrase: Uint8Array | string | undefined,
): AsyncGenerator<Pick<PlacedReading, 'reading' | 'at'>> {
  const first = await readKey(content, passphrase);
  yield { reading: first, at: 0 };
  // One passphrase is for all of an OpenSSH file, and trying it takes its time.
  const isWrong = first.failure?.fault === 'wrong-passphrase';
  for (let at = 1; at < (first.facts.count ?? 1); at += 1) {
    yield {
      reading: isWrong ? { ...parseKey(content, at), failure: first.failure } : await readKey(content, passphrase, at),
      at,
    };
  }
}

function tooMany(): KeyReading {
  const failure = new UnsupportedKey({ code: 'too-many-keys', most: maxKeysInFile });
  return { facts: {}, failure };
}
