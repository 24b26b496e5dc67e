import { createDecipheriv, createHash, hash } from 'node:crypto';
import { argon2d, argon2i, argon2id } from 'hash-wasm';

/** What a passphrase becomes. The owner wipes it. */
export interface PpkKeys {
  readonly cipher: { readonly key: Uint8Array; readonly iv: Uint8Array };
  readonly mac: Uint8Array;
}

/** Of version 2. Without a passphrase anyone knows it. */
export function ppk2MacKey(passphrase: Uint8Array): Uint8Array {
  return createHash('sha1').update('putty-private-key-file-mac-key').update(passphrase).digest();
}

/** Version 2: SHA-1, once. */
export function derivePpk2(passphrase: Uint8Array): PpkKeys {
  const half = (number: number) =>
    createHash('sha1')
      .update(Uint8Array.of(0, 0, 0, number))
      .update(passphrase)
      .digest();
  return {
    cipher: { key: Buffer.concat([half(0), half(1)]).subarray(0, 32), iv: new Uint8Array(16) },
    mac: ppk2MacKey(passphrase),
  };
}

/** The kinds of Argon2 (RFC 9106), by their names in the files. */
export const argon2Kinds = new Map([
  ['Argon2i', argon2i],
  ['Argon2d', argon2d],
  ['Argon2id', argon2id],
]);

export interface Argon2Figures {
  readonly salt: Uint8Array;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** Version 3: Argon2 with the figures of the file, which were looked at before. */
export async function derivePpk3(
  derive: typeof argon2id,
  { salt, memoryKiB, passes, lanes }: Argon2Figures,
  passphrase: Uint8Array,
): Promise<PpkKeys> {
  const key = await derive({
    password: passphrase,
    salt,
    iterations: passes,
    memorySize: memoryKiB,
    parallelism: lanes,
    hashLength: 80,
    outputType: 'binary',
  });
  return { cipher: { key: key.subarray(0, 32), iv: key.subarray(32, 48) }, mac: key.subarray(48) };
}

/** Whole blocks, no padding known here. */
export function decryptPpk(section: Uint8Array, { cipher }: PpkKeys): Uint8Array {
  return createDecipheriv('aes-256-cbc', cipher.key, cipher.iv).setAutoPadding(false).update(section);
}

export function wipePpkKeys({ cipher, mac }: PpkKeys): void {
  mac.fill(0);
  cipher.key.fill(0);
}

/**
 * HMAC (RFC 2104) for a key of at most 64 bytes. The Hmac object of node:crypto takes ten times as long for a message
 * as short as a key file, most of it to wrap its key.
 */
export function hmac(digest: 'sha1' | 'sha256', key: Uint8Array, message: Uint8Array): Uint8Array {
  const inner = new Uint8Array(64 + message.length).fill(0x36, 0, 64);
  inner.set(message, 64);
  const outer = new Uint8Array(64).fill(0x5c);
  key.forEach((byte, at) => {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  });
  const mac = hash(digest, Buffer.concat([outer, hash(digest, inner, 'buffer')]), 'buffer');
  // The message is a private part.
  inner.fill(0);
  outer.fill(0);
  return mac;
}
