import { generateKeyPairSync } from 'node:crypto';

/** Type and key (RFC 8709, 4) of somebody new: a key that is known to be public would be refused. */
export function makePublicLine(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const parts = [Buffer.from('ssh-ed25519'), Buffer.from(x!, 'base64url')].flatMap((bytes) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return `ssh-ed25519 ${Buffer.concat(parts).toString('base64')}`;
}
