import { ecdsaCurves } from '../crypto/curves.ts';
import {
  derBits,
  derContext,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSmallInteger,
} from '../encoding/der.ts';
import { toBytes, toInteger } from '../encoding/integers.ts';
import type { PrivateKey } from '../key.ts';
import { type EcdsaParts, type RsaParts, splitPrivateKey } from './agent-form.ts';

/**
 * The key as PrivateKeyInfo in DER (RFC 5208, with RFC 8017 for RSA, RFC 5915 for ECDSA, RFC 8410 for Ed25519). The
 * caller wipes it. Errors: as `splitPrivateKey`.
 */
export function toPkcs8(key: PrivateKey): Uint8Array {
  const parts = splitPrivateKey(key);
  switch (parts.kind) {
    case 'rsa':
      return privateKeyInfo(derSequence(derOid('1.2.840.113549.1.1.1'), derNull()), rsaPrivateKey(parts));
    case 'ecdsa':
      return privateKeyInfo(
        derSequence(derOid('1.2.840.10045.2.1'), derOid(ecdsaCurves[parts.curve].oid)),
        ecPrivateKey(parts),
      );
    case 'ed25519':
      return privateKeyInfo(derSequence(derOid('1.3.101.112')), derOctets(parts.seed));
  }
}

function privateKeyInfo(algorithm: Uint8Array, privateKey: Uint8Array): Uint8Array {
  const info = derSequence(derSmallInteger(0), algorithm, derOctets(privateKey));
  privateKey.fill(0);
  return info;
}

function rsaPrivateKey({ n, e, d, p, q, iqmp }: RsaParts): Uint8Array {
  const exponent = toInteger(d);
  const remainderFor = (prime: Uint8Array) => toBytes(exponent % (toInteger(prime) - 1n));
  return derSequence(derSmallInteger(0), ...[n, e, d, p, q, remainderFor(p), remainderFor(q), iqmp].map(derInteger));
}

function ecPrivateKey({ curve, point, scalar }: EcdsaParts): Uint8Array {
  const padded = new Uint8Array(ecdsaCurves[curve].bytes);
  padded.set(scalar, padded.length - scalar.length);
  const encoded = derSequence(derSmallInteger(1), derOctets(padded), derContext(1, derBits(point)));
  padded.fill(0);
  return encoded;
}
