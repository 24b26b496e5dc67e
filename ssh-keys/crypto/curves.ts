import { createECDH, createPrivateKey } from 'node:crypto';
import { DamagedKey } from '../problem.ts';

/** The curves by their names in RFC 5656. */
export type EcdsaCurve = keyof typeof ecdsaCurves;
export const ecdsaCurves = {
  nistp256: { oid: '1.2.840.10045.3.1.7', bytes: 32, hash: 'sha256' },
  nistp384: { oid: '1.3.132.0.34', bytes: 48, hash: 'sha384' },
  nistp521: { oid: '1.3.132.0.35', bytes: 66, hash: 'sha512' },
} as const;

const anyPoint = Buffer.alloc(32).toString('base64url');

/**
 * The public point of an Ed25519 seed, both 32 bytes. By way of JWK, the quickest here: what it says of the point is
 * not looked at.
 */
export function ed25519Point(seed: Uint8Array): Uint8Array {
  const d = Buffer.from(seed.buffer, seed.byteOffset, seed.length).toString('base64url');
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x: anyPoint, d }, format: 'jwk' });
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

/** As OpenSSL calls them. */
export const curveNames: Record<EcdsaCurve, string> = {
  nistp256: 'prime256v1',
  nistp384: 'secp384r1',
  nistp521: 'secp521r1',
};

/**
 * The public point of an ECDSA scalar, uncompressed. Errors: DamagedKey, if it is zero or not below the order of the
 * curve.
 */
export function ecdsaPoint(curve: EcdsaCurve, scalar: Uint8Array): Uint8Array {
  const half = createECDH(curveNames[curve]);
  try {
    half.setPrivateKey(scalar);
  } catch {
    throw new DamagedKey('private-number-off-curve', 'private-part');
  }
  return half.getPublicKey();
}
