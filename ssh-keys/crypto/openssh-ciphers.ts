import { createDecipheriv, timingSafeEqual } from 'node:crypto';
import { poly1305 } from '@noble/ciphers/_poly1305.js';
import { chacha20orig } from '@noble/ciphers/chacha.js';

/** A cipher that `ssh-keygen -Z` writes key files with (PROTOCOL.key and PROTOCOL.chacha20poly1305 of OpenSSH). */
export interface SectionCipher {
  /** Bytes. */
  readonly keyLength: number;
  readonly ivLength: number;
  readonly blockSize: number;
  /** Bytes after the section. Nothing proves the section if there are none. */
  readonly tagLength: number;
  /** `isProved` is true where there is no tag. */
  decrypt(
    section: Uint8Array,
    keyAndIv: Uint8Array,
    tag: Uint8Array,
  ): { readonly plain: Uint8Array; readonly isProved: boolean };
}

export const opensshCiphers = new Map<string, SectionCipher>([
  ...([128, 192, 256] as const).flatMap((bits): [string, SectionCipher][] => [
    [`aes${bits}-ctr`, plainCipher(`aes-${bits}-ctr`, bits / 8, 16)],
    [`aes${bits}-cbc`, plainCipher(`aes-${bits}-cbc`, bits / 8, 16)],
  ]),
  ['aes128-gcm@openssh.com', gcmCipher('aes-128-gcm', 16)],
  ['aes256-gcm@openssh.com', gcmCipher('aes-256-gcm', 32)],
  ['3des-cbc', plainCipher('des-ede3-cbc', 24, 8)],
  [
    'chacha20-poly1305@openssh.com',
    { keyLength: 64, ivLength: 0, blockSize: 8, tagLength: 16, decrypt: decryptChaCha },
  ],
]);

function plainCipher(name: string, keyLength: number, blockSize: number): SectionCipher {
  return {
    keyLength,
    ivLength: blockSize,
    blockSize,
    tagLength: 0,
    decrypt(section, keyAndIv) {
      const decipher = createDecipheriv(
        name,
        keyAndIv.subarray(0, keyLength),
        keyAndIv.subarray(keyLength),
      ).setAutoPadding(false);
      return { plain: decipher.update(section), isProved: true };
    },
  };
}

function gcmCipher(name: 'aes-128-gcm' | 'aes-256-gcm', keyLength: number): SectionCipher {
  return {
    keyLength,
    ivLength: 12,
    blockSize: 16,
    tagLength: 16,
    decrypt(section, keyAndIv, tag) {
      const decipher = createDecipheriv(name, keyAndIv.subarray(0, keyLength), keyAndIv.subarray(keyLength), {
        authTagLength: 16,
      }).setAuthTag(tag);
      const plain = decipher.update(section);
      try {
        decipher.final();
        return { plain, isProved: true };
      } catch {
        return { plain, isProved: false };
      }
    },
  };
}

/** Packet number 0, nothing sent in the clear. The second half of the key is for lengths, which a file has none of. */
function decryptChaCha(
  section: Uint8Array,
  keys: Uint8Array,
  tag: Uint8Array,
): { plain: Uint8Array; isProved: boolean } {
  const key = keys.subarray(0, 32);
  const nonce = new Uint8Array(8);
  const macKey = chacha20orig(key, nonce, new Uint8Array(32));
  const isProved = timingSafeEqual(poly1305(section, macKey), tag);
  macKey.fill(0);
  return { plain: chacha20orig(key, nonce, section, undefined, 1), isProved };
}
