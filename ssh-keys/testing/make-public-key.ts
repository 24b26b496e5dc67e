import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { bitLength, toBytes } from '../encoding/integers.ts';
import { SshWriter } from '../encoding/ssh-wire.ts';
import type { PublicKey } from '../key.ts';

/** Public keys made on the spot, good and bad, in SSH form. */
export function makeRsaKey(modulus: bigint, exponent = 65_537n): PublicKey {
  const blob = new SshWriter().text('ssh-rsa').mpint(toBytes(exponent)).mpint(toBytes(modulus)).bytes();
  return { type: 'ssh-rsa', blob, bits: bitLength(modulus) };
}

export function makeEd25519Key(
  point: Uint8Array = fields(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })).x,
): PublicKey {
  return { type: 'ssh-ed25519', blob: new SshWriter().text('ssh-ed25519').string(point).bytes(), bits: 256 };
}

export function makeEcdsaKey(bits: 256 | 384 | 521, point?: Uint8Array): PublicKey {
  const type = `ecdsa-sha2-nistp${bits}`;
  const { x, y } = fields(generateKeyPairSync('ec', { namedCurve: `P-${bits}` }).publicKey.export({ format: 'jwk' }));
  const blob = new SshWriter()
    .text(type)
    .text(`nistp${bits}`)
    .string(point ?? Buffer.concat([Buffer.of(4), x, y]))
    .bytes();
  return { type, blob, bits };
}

function fields({ x = '', y = '' }: JsonWebKey): { x: Buffer; y: Buffer } {
  return { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
}
