import { KeyFailure } from './key-failure.ts';
import type { PrivateKey } from './key-material.ts';
import { SshReader } from './ssh-wire.ts';

/** The numbers of a private key, big-endian, as views into its `agentForm`. */
export type PrivateParts = RsaParts | EcdsaParts | Ed25519Parts;

export interface RsaParts {
  readonly kind: 'rsa';
  readonly n: Uint8Array;
  readonly e: Uint8Array;
  readonly d: Uint8Array;
  /** The inverse of q modulo p. */
  readonly iqmp: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
}

export interface EcdsaParts {
  readonly kind: 'ecdsa';
  readonly curve: EcdsaCurve;
  /** Uncompressed: 4, x, y. */
  readonly point: Uint8Array;
  /** Without zeros in front. */
  readonly scalar: Uint8Array;
}

interface Ed25519Parts {
  readonly kind: 'ed25519';
  /** 32 bytes. */
  readonly point: Uint8Array;
  /** 32 bytes. */
  readonly seed: Uint8Array;
}

/** The curves by their names in RFC 5656. */
export type EcdsaCurve = keyof typeof ecdsaCurves;
export const ecdsaCurves = {
  nistp256: { oid: '1.2.840.10045.3.1.7', bytes: 32, hash: 'sha256' },
  nistp384: { oid: '1.3.132.0.34', bytes: 48, hash: 'sha384' },
  nistp521: { oid: '1.3.132.0.35', bytes: 66, hash: 'sha512' },
} as const;

/**
 * The fields of RFC 9987 §3.2, the SSH agent protocol. Errors: KeyFailure unsupported, for DSA and for a key whose private half is in
 * a security key; DamagedKey.
 */
export function splitPrivateKey({ publicKey: { type }, agentForm }: PrivateKey): PrivateParts {
  const reader = new SshReader(agentForm, 'the private part');
  reader.string();
  switch (type) {
    case 'ssh-rsa':
      return {
        kind: 'rsa',
        n: reader.mpint(),
        e: reader.mpint(),
        d: reader.mpint(),
        iqmp: reader.mpint(),
        p: reader.mpint(),
        q: reader.mpint(),
      };
    case 'ssh-ed25519':
      return { kind: 'ed25519', point: reader.string(), seed: reader.string().subarray(0, 32) };
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521': {
      const curve = reader.text();
      if (!isCurve(curve)) throw reader.damaged('the curve is not the one that the type names');
      return { kind: 'ecdsa', curve, point: reader.string(), scalar: reader.mpint() };
    }
    default:
      throw new KeyFailure(
        'unsupported',
        type.startsWith('sk-')
          ? 'The private half of this key is inside a security key.'
          : 'This type of key can not be used here.',
      );
  }
}

function isCurve(name: string): name is EcdsaCurve {
  return Object.hasOwn(ecdsaCurves, name);
}
