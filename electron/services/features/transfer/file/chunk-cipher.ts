import { createCipheriv, createDecipheriv } from 'node:crypto';
import { tagBytes } from './file-head.ts';

// Chunks in the manner of STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the number of the chunk and whether it is
// the last stand in its nonce, so none can be left out, moved or repeated, and an end is an end. The key belongs to one
// file alone.

/** Where a chunk stands. */
export interface ChunkPlace {
  /** From 0; below 2^32. */
  readonly index: number;
  readonly isLast: boolean;
}

export function sealChunk(key: Uint8Array, headLine: Uint8Array, place: ChunkPlace, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place), { authTagLength: tagBytes }).setAAD(headLine);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined if it was changed, or does not stand there. */
export function openChunk(
  key: Uint8Array,
  headLine: Uint8Array,
  place: ChunkPlace,
  sealed: Uint8Array,
): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place), { authTagLength: tagBytes }).setAAD(headLine);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const unchecked = decipher.update(sealed.subarray(0, -tagBytes));
  try {
    decipher.final();
    return unchecked;
  } catch {
    unchecked.fill(0);
    return undefined;
  }
}

/** 7 zero bytes · 4 of the number, big-endian · 1 for the last. */
function nonceOf({ index, isLast }: ChunkPlace): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}
