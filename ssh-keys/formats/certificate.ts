import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { ecdsaCurves } from '../crypto/curves.ts';
import { SshReader, SshWriter } from '../encoding/ssh-wire.ts';

/**
 * What a certificate says of its authority: its public key, and its signature of all that stands before
 * (PROTOCOL.certkeys of OpenSSH).
 */
export interface AuthorityPart {
  readonly authority: Uint8Array;
  readonly signature: Uint8Array;
  readonly signed: Uint8Array;
}

/**
 * Whether `bytes` are a signature of `data`. Throws for a key that cannot be: a point beside its curve, an even
 * modulus.
 */
type Check = (data: Uint8Array, bytes: Uint8Array) => boolean;

/** Reads the key of one type. `algorithm` is the kind of signature. Undefined: not to be checked here. */
type CheckReader = (key: SshReader, algorithm: string) => Check | undefined;

const sk = 'sk-ecdsa-sha2-nistp256@openssh.com';
const checkReaders = new Map<string, CheckReader>([
  ['ssh-rsa', readRsa],
  ['ssh-ed25519', only('ssh-ed25519', readEd25519)],
  ['ecdsa-sha2-nistp256', only('ecdsa-sha2-nistp256', readEcdsa)],
  ['ecdsa-sha2-nistp384', only('ecdsa-sha2-nistp384', readEcdsa)],
  ['ecdsa-sha2-nistp521', only('ecdsa-sha2-nistp521', readEcdsa)],
  ['sk-ssh-ed25519@openssh.com', only('sk-ssh-ed25519@openssh.com', readEd25519)],
  [sk, (key, algorithm) => (algorithm === `webauthn-${sk}` ? undefined : only(sk, readEcdsa)(key, algorithm))],
]);

/**
 * Undefined if keys or signatures of that kind cannot be checked here: DSA, WebAuthn, sizes beyond what BoringSSL
 * takes, what is unknown. Errors: DamagedKey.
 */
export function isSignedByAuthority({ authority, signature, signed }: AuthorityPart): boolean | undefined {
  const key = new SshReader(authority, 'authority-key');
  const given = new SshReader(signature, 'authority-signature');
  const type = key.text();
  const [algorithm, bytes] = [given.text(), given.string()];
  const check = checkReaders.get(type)?.(key, algorithm);
  if (!check) return undefined;
  const data = type.startsWith('sk-') ? securityKeyData(key.string(), given, signed) : signed;
  key.expectEnd();
  given.expectEnd();
  try {
    return check(data, bytes);
  } catch {
    return false;
  }
}

/** PROTOCOL.u2f: a security key signs hashes, with its flags and its counter. */
function securityKeyData(application: Uint8Array, given: SshReader, signed: Uint8Array): Uint8Array {
  const flagsAndCounter = 5;
  return new SshWriter().raw(sha256(application)).raw(given.take(flagsAndCounter)).raw(sha256(signed)).bytes();
}

function sha256(data: Uint8Array): Uint8Array {
  return createHash('sha256').update(data).digest();
}

/** All but RSA keys have one kind of signature. */
function only(name: string, read: (key: SshReader) => Check): CheckReader {
  return (key, algorithm) => {
    const check = read(key);
    return algorithm === name ? check : () => false;
  };
}

const rsaHashes = new Map([
  ['ssh-rsa', 'sha1'],
  ['rsa-sha2-256', 'sha256'],
  ['rsa-sha2-512', 'sha512'],
]);
/** Bits of a modulus, bytes of an exponent. */
const [minRsaBits, maxRsaBits, maxExponentBytes] = [1_024, 8_192, 4];

function readRsa(key: SshReader, algorithm: string): Check | undefined {
  const [e, n] = [key.mpint(), key.mpint()];
  const hash = rsaHashes.get(algorithm);
  if (n.length * 8 < minRsaBits || n.length * 8 > maxRsaBits || e.length > maxExponentBytes) return undefined;
  // OpenSSH leaves zeros in front of a signature out.
  return (data, bytes) =>
    hash !== undefined &&
    bytes.length <= n.length &&
    verify(hash, data, toKey({ kty: 'RSA', n: base64Url(n), e: base64Url(e) }), leftPad(bytes, n.length));
}

function readEd25519(key: SshReader): Check {
  const point = key.string();
  return (data, bytes) => verify(null, data, toKey({ kty: 'OKP', crv: 'Ed25519', x: base64Url(point) }), bytes);
}

const curveNames = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' } as const;

function readEcdsa(key: SshReader): Check {
  const name = key.text();
  const point = key.string();
  const curve = (['nistp256', 'nistp384', 'nistp521'] as const).find((each) => each === name);
  return (data, bytes) => {
    if (!curve || point[0] !== 4) return false;
    const { bytes: size, hash } = ecdsaCurves[curve];
    const numbers = new SshReader(bytes, 'authority-signature');
    const [r, s] = [numbers.mpint(), numbers.mpint()];
    numbers.expectEnd();
    if (point.length !== 1 + 2 * size || r.length > size || s.length > size) return false;
    const publicKey = toKey({
      kty: 'EC',
      crv: curveNames[curve],
      x: base64Url(point.subarray(1, 1 + size)),
      y: base64Url(point.subarray(1 + size)),
    });
    return verify(
      hash,
      data,
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.concat([leftPad(r, size), leftPad(s, size)]),
    );
  };
}

function toKey(key: JsonWebKey): ReturnType<typeof createPublicKey> {
  return createPublicKey({ format: 'jwk', key });
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function leftPad(bytes: Uint8Array, length: number): Uint8Array {
  return Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);
}
