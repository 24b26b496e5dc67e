import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

// AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce: nonce (12 bytes) · ciphertext · tag (16).

const nonceLength = 12;
const tagLength = 16;
/** Bytes that sealing adds. */
export const sealLength = nonceLength + tagLength;

/** `head` is not in the result, and has to be the same when it is opened. */
export function encrypt(key: Uint8Array, head: Uint8Array, plaintext: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(head);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined if it was changed, cut short, or sealed under another key or head. */
export function decrypt(key: Uint8Array, head: Uint8Array, sealed: Buffer): Buffer | undefined {
  if (sealed.length < sealLength) return undefined;
  const nonce = sealed.subarray(0, nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(head);
  decipher.setAuthTag(sealed.subarray(-tagLength));
  const unchecked = decipher.update(sealed.subarray(nonceLength, -tagLength));
  try {
    // GCM has no padding: final() adds nothing, it only checks the tag.
    decipher.final();
    return unchecked;
  } catch {
    unchecked.fill(0);
    return undefined;
  }
}
