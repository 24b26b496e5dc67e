import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
/** Bytes (NIST SP 800-38D, 5.2.1.1). */
const nonceLength = 12;
const tagLength = 16;

/** Keeps what must be read again, under a key that does not lie in the database. */
export interface SecretBox {
  /** Names the key, and tells nothing about it. */
  readonly keyId: string;
  /** `place` names whose secret it is and what for: what was sealed for one place cannot be opened in another. */
  seal(plain: string, place: string): string;
  /** Errors: Error if it was changed, moved or sealed under another key. */
  open(sealed: string, place: string): string;
  /** For finding a secret without opening any: equal for equal texts of one place. */
  fingerprint(plain: string, place: string): string;
}

/** `key`: 32 random bytes. */
export function createSecretBox(key: Uint8Array): SecretBox {
  const sealing = derive(key, 'sealing');
  const printing = derive(key, 'fingerprints');
  const fingerprint = (plain: string, place: string) =>
    createHmac('sha256', printing)
      .update(JSON.stringify([place, plain]))
      .digest('base64url');
  return {
    keyId: fingerprint('', 'key id'),
    fingerprint,
    seal(plain, place) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, sealing, nonce, { authTagLength: tagLength }).setAAD(Buffer.from(place));
      const content = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, content, cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(algorithm, sealing, bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-tagLength));
      return Buffer.concat([decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}

/** RFC 5869: one key for each use. */
function derive(key: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `profile-desk server ${use}`, 32));
}
