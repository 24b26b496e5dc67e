import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';

/** `other-key`: a good form, but made with another key than the one asked for. */
export type SshsigOutcome =
  | 'verified'
  | 'not-a-signature'
  | 'not-supported'
  | 'other-namespace'
  | 'other-key'
  | 'wrong-signature';

export interface SshsigCheck {
  /** As `ssh-keygen -Y sign` writes it. */
  readonly armored: string;
  readonly message: Uint8Array;
  readonly namespace: string;
  /** RFC 4253, 6.6: the key that must have signed. */
  readonly blob: Uint8Array;
}

/** Characters: far beyond the signature of any RSA key there can be. */
const maxArmorLength = 16_384;
const form = /^\s*-----BEGIN SSH SIGNATURE-----\s([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----\s*$/;
const rsaHashes = new Map([
  ['rsa-sha2-256', 'sha256'],
  ['rsa-sha2-512', 'sha512'],
]);
const curves = new Map([
  ['nistp256', { crv: 'P-256', length: 32, hash: 'sha256' }],
  ['nistp384', { crv: 'P-384', length: 48, hash: 'sha384' }],
  ['nistp521', { crv: 'P-521', length: 66, hash: 'sha512' }],
]);

/** Checks a signature in OpenSSH's own form (PROTOCOL.sshsig). Keys inside a security key are not supported. */
export function verifySshsig({ armored, message, namespace, blob }: SshsigCheck): SshsigOutcome {
  const base64 = armored.length <= maxArmorLength ? form.exec(armored)?.[1] : undefined;
  if (base64 === undefined) return 'not-a-signature';
  try {
    return check(new Fields(Buffer.from(base64, 'base64')), Buffer.from(blob), { message, namespace });
  } catch (error) {
    if (error instanceof CutShort) return 'not-a-signature';
    throw error;
  }
}

function check(
  outer: Fields,
  blob: Buffer,
  { message, namespace }: Pick<SshsigCheck, 'message' | 'namespace'>,
): SshsigOutcome {
  if (outer.take(6).toString('latin1') !== 'SSHSIG') return 'not-a-signature';
  if (outer.uint32() !== 1) return 'not-supported';
  const [signedWith, signedFor, reserved, hash, signature] = [
    outer.next(),
    outer.next(),
    outer.next(),
    outer.next(),
    outer.next(),
  ];
  if (!outer.isAtEnd) return 'not-a-signature';
  const hashName = hash.toString('latin1');
  if (hashName !== 'sha256' && hashName !== 'sha512') return 'not-supported';
  if (!signedWith.equals(blob)) return 'other-key';
  if (signedFor.toString() !== namespace) return 'other-namespace';
  const digest = createHash(hashName).update(message).digest();
  const data = Buffer.concat([Buffer.from('SSHSIG'), ...[signedFor, reserved, hash, digest].map(withLength)]);
  return checkSignature(new Fields(blob), new Fields(signature), data);
}

function checkSignature(key: Fields, signature: Fields, data: Buffer): SshsigOutcome {
  const type = key.next().toString('latin1');
  const algorithm = signature.next().toString('latin1');
  const bytes = signature.next();
  if (!signature.isAtEnd) return 'not-a-signature';
  const isRight = () => {
    if (type === 'ssh-ed25519' && algorithm === type) return verify(null, data, ed25519Key(key), bytes);
    if (type === 'ssh-rsa') {
      const hash = rsaHashes.get(algorithm);
      return hash === undefined ? undefined : verify(hash, data, rsaKey(key), bytes);
    }
    const curve = curves.get(/^ecdsa-sha2-(.+)$/.exec(type)?.[1] ?? '');
    return curve && algorithm === type
      ? verify(
          curve.hash,
          data,
          { key: ecdsaKey(key, curve), dsaEncoding: 'ieee-p1363' },
          joinPair(bytes, curve.length),
        )
      : undefined;
  };
  const right = isRight();
  return right === undefined ? 'not-supported' : right ? 'verified' : 'wrong-signature';
}

function ed25519Key(key: Fields): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key.next().toString('base64url') } });
}

function rsaKey(key: Fields): KeyObject {
  const [e, n] = [key.next(), key.next()].map((number) => withoutZeros(number).toString('base64url'));
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: n ?? '', e: e ?? '' } });
}

function ecdsaKey(key: Fields, { crv, length }: { readonly crv: string; readonly length: number }): KeyObject {
  key.next();
  const point = key.next();
  const [x, y] = [point.subarray(1, 1 + length), point.subarray(1 + length)].map((part) => part.toString('base64url'));
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x: x ?? '', y: y ?? '' } });
}

/**
 * The two numbers of RFC 5656, 3.1.2, each as long as the curve's. One that is longer cannot be right: it becomes no
 * signature at all.
 */
function joinPair(bytes: Buffer, length: number): Buffer {
  const pair = new Fields(bytes);
  const numbers = [pair.next(), pair.next()].map(withoutZeros);
  if (!pair.isAtEnd || numbers.some((number) => number.length > length)) return Buffer.alloc(0);
  return Buffer.concat(numbers.map((number) => Buffer.concat([Buffer.alloc(length - number.length), number])));
}

function withoutZeros(number: Buffer): Buffer {
  const start = number.findIndex((byte) => byte !== 0);
  return start < 0 ? Buffer.alloc(0) : number.subarray(start);
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

class CutShort extends Error {}

/** The data types of RFC 4251, section 5, in turn. */
class Fields {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new CutShort();
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  next(): Buffer {
    return this.take(this.uint32());
  }
}
