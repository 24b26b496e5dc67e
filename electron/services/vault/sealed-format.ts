import { hkdfSync } from 'node:crypto';
import { decrypt, encrypt, sealLength } from './aes-gcm.ts';

// A sealed file, all integers big-endian:
//   4 magic · 1 format · 4 schema version · 6 generation · 12 nonce · ciphertext · 16 tag
// Associated data: the first 15 bytes, then what the document is and whose. So neither a flipped bit nor a file put in
// another's place opens.

const magic = Buffer.from('PDsf', 'latin1');
const format = 1;
const headLength = 15;

/** What a document is; not in the file, but needed to open it. */
export interface Label {
  readonly name: string;
  readonly what: string;
  readonly account: string;
}

export interface SealedContent {
  readonly schemaVersion: number;
  /** Grows by at least one with each write of the document; below 2^48. */
  readonly generation: number;
  /** Overwrite it with zeros after use. */
  readonly plaintext: Buffer;
}

/**
 * `damaged`: cut short, changed, another document's, or of another vault key.
 * `newer-format`: written by a later version of this app, or damaged in that very byte: nothing of it is authenticated.
 */
export type Opened =
  | { readonly kind: 'content'; readonly content: SealedContent }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'newer-format' };

/** Each document has a key of its own, from the vault key (32 bytes) by HKDF-SHA-256 (RFC 5869). */
export function deriveDocumentKey(vaultKey: Uint8Array, name: string): Buffer {
  return Buffer.from(hkdfSync('sha256', vaultKey, Buffer.alloc(0), `profile-desk document 1: ${name}`, 32));
}

export function seal(key: Uint8Array, label: Label, { schemaVersion, generation, plaintext }: SealedContent): Buffer {
  const head = Buffer.alloc(headLength);
  magic.copy(head);
  head.writeUInt8(format, 4);
  head.writeUInt32BE(schemaVersion, 5);
  head.writeUIntBE(generation, 9, 6);
  return Buffer.concat([head, encrypt(key, associatedData(head, label), plaintext)]);
}

export function open(key: Uint8Array, label: Label, file: Uint8Array): Opened {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!bytes.subarray(0, 4).equals(magic) || bytes.length < headLength + sealLength) return { kind: 'damaged' };
  const writtenBy = bytes.readUInt8(4);
  if (writtenBy !== format) return { kind: writtenBy > format ? 'newer-format' : 'damaged' };
  const plaintext = decrypt(key, associatedData(bytes, label), bytes.subarray(headLength));
  if (!plaintext) return { kind: 'damaged' };
  return {
    kind: 'content',
    content: { schemaVersion: bytes.readUInt32BE(5), generation: bytes.readUIntBE(9, 6), plaintext },
  };
}

/** JSON keeps the three parts apart: no two labels give the same bytes. */
function associatedData(head: Buffer, { name, what, account }: Label): Buffer {
  return Buffer.concat([head.subarray(0, headLength), Buffer.from(JSON.stringify([name, what, account]))]);
}
