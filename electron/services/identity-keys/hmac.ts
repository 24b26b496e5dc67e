import { hash } from 'node:crypto';

/**
 * HMAC (RFC 2104) for a key of at most 64 bytes. The Hmac object of node:crypto takes ten times as long for a message as short as a key
 * file, most of it to wrap its key.
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
