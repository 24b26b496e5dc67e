import { createDecipheriv, createHash } from 'node:crypto';
import { argon2d, argon2i, argon2id } from 'hash-wasm';
import { limitArgon2 } from './kdf-limits.ts';
import { DamagedKey, UnsupportedKey } from './key-failure.ts';
import type { PpkText } from './ppk-text.ts';

/** What a passphrase becomes. The owner wipes it. */
export interface PpkKeys {
  readonly cipher: { readonly key: Uint8Array; readonly iv: Uint8Array };
  readonly mac: Uint8Array;
}

export type DerivePpkKeys = (passphrase: Uint8Array) => Promise<PpkKeys>;

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

const kinds = new Map([
  ['Argon2i', argon2i],
  ['Argon2d', argon2d],
  ['Argon2id', argon2id],
]);

/** Version 3: Argon2 (RFC 9106), with the figures of the file. Errors: KeyFailure. */
export function readPpk3Derivation(text: PpkText): DerivePpkKeys {
  const derive = kinds.get(text.neededHeader('Key-Derivation').trim());
  if (!derive) throw new UnsupportedKey('The key derivation of this PuTTY file is not supported here.');
  const [memory, passes, lanes] = [
    text.neededNumber('Argon2-Memory'),
    text.neededNumber('Argon2-Passes'),
    text.neededNumber('Argon2-Parallelism'),
  ];
  const hex = text.neededHeader('Argon2-Salt').trim();
  limitArgon2(memory, passes, lanes);
  if (!/^([0-9a-f]{2}){8,64}$/i.test(hex) || passes === 0 || lanes === 0 || memory < 8 * lanes)
    throw new DamagedKey('the figures of Argon2 make no sense', 'the lines "Argon2-…"');
  const salt = Buffer.from(hex, 'hex');
  return async (passphrase) => {
    const options = {
      password: passphrase,
      salt,
      iterations: passes,
      memorySize: memory,
      parallelism: lanes,
      hashLength: 80,
      outputType: 'binary',
    } as const;
    const key = await derive(options);
    return { cipher: { key: key.subarray(0, 32), iv: key.subarray(32, 48) }, mac: key.subarray(48) };
  };
}

/** Whole blocks, no padding known here. */
export function decryptPpk(section: Uint8Array, { cipher }: PpkKeys): Uint8Array {
  return createDecipheriv('aes-256-cbc', cipher.key, cipher.iv).setAutoPadding(false).update(section);
}

export function wipePpkKeys({ cipher, mac }: PpkKeys): void {
  mac.fill(0);
  cipher.key.fill(0);
}
