import { ecdsaCurves, type EcdsaCurve } from '../crypto/curves.ts';
import { SshReader, SshWriter } from '../encoding/ssh-wire.ts';
import type { PrivateKey, PublicKey } from '../key.ts';
import { DamagedKey, nameOrNull, UnsupportedKey } from '../problem.ts';

/**
 * Reads one private key in agent form (its type first) and the public key that it names. `expected` is the public part
 * that stands in the clear before it. `agentForm` is a copy. Errors: KeyFailure, damaged if the two are not the same
 * key.
 */
export function readPrivateFields(reader: SshReader, expected: PublicKey): Omit<PrivateKey, 'comment'> {
  const start = reader.offset;
  const type = reader.text();
  const blob = publicBlobs.get(type)?.(reader, start);
  if (!blob) throw new UnsupportedKey({ code: 'private-type', name: nameOrNull(type) });
  if (!isSame(blob, expected.blob)) throw notTheSame();
  return { publicKey: expected, agentForm: new Uint8Array(reader.since(start)) };
}

export function notTheSame(): DamagedKey {
  return new DamagedKey('other-private-key', 'public-part');
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/**
 * Reads the fields after the type, which began at `start`. Gives the public blob that they make: a view, where they
 * begin with it.
 */
type PublicBlob = (reader: SshReader, start: number) => Uint8Array;

const publicBlobs = new Map<string, PublicBlob>([
  ['ssh-rsa', readRsa],
  ['ssh-dss', readDsa],
  ['ssh-ed25519', readEd25519],
  ['ecdsa-sha2-nistp256', readEcdsa],
  ['ecdsa-sha2-nistp384', readEcdsa],
  ['ecdsa-sha2-nistp521', readEcdsa],
  ['sk-ssh-ed25519@openssh.com', (reader, start) => readSecurityKey(reader, start, 2)],
  ['sk-ecdsa-sha2-nistp256@openssh.com', (reader, start) => readSecurityKey(reader, start, 3)],
]);

/** The one type whose public blob is no beginning of the private key. */
function readRsa(reader: SshReader): Uint8Array {
  const [n, e] = [reader.mpint(), reader.mpint()];
  // d, iqmp, p, q
  for (let field = 0; field < 4; field += 1) reader.mpint();
  return new SshWriter(n.length + e.length + 24).text('ssh-rsa').mpint(e).mpint(n).bytes();
}

/** Written anew, as numbers may have needless zeros in front. */
function readDsa(reader: SshReader): Uint8Array {
  const writer = new SshWriter().text('ssh-dss');
  // p, q, g, y
  for (let field = 0; field < 4; field += 1) writer.mpint(reader.mpint());
  reader.mpint();
  return writer.bytes();
}

function readEd25519(reader: SshReader, start: number): Uint8Array {
  const point = reader.string();
  const blob = reader.since(start);
  const seedAndPoint = reader.string();
  if (seedAndPoint.length !== 64) throw reader.damaged('ed25519-private-length');
  if (!isSame(point, seedAndPoint.subarray(32))) throw notTheSame();
  return blob;
}

function readEcdsa(reader: SshReader, start: number): Uint8Array {
  // The curve and the point.
  reader.string();
  reader.string();
  const blob = reader.since(start);
  reader.mpint();
  return blob;
}

/** `strings`: how many there are up to the application. */
function readSecurityKey(reader: SshReader, start: number, strings: number): Uint8Array {
  for (let field = 0; field < strings; field += 1) reader.string();
  const blob = reader.since(start);
  reader.byte();
  // The key handle and what is reserved.
  reader.string();
  reader.string();
  return blob;
}

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

/**
 * The fields of RFC 9987 §3.2, the SSH agent protocol. Errors: KeyFailure unsupported, for DSA and for a key whose
 * private half is in a security key; DamagedKey.
 */
export function splitPrivateKey({ publicKey: { type }, agentForm }: PrivateKey): PrivateParts {
  const reader = new SshReader(agentForm, 'private-part');
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
      if (!isCurve(curve)) throw reader.damaged('curve-mismatch');
      return { kind: 'ecdsa', curve, point: reader.string(), scalar: reader.mpint() };
    }
    default:
      throw new UnsupportedKey({ code: type.startsWith('sk-') ? 'in-security-key' : 'type-of-no-use' });
  }
}

function isCurve(name: string): name is EcdsaCurve {
  return Object.hasOwn(ecdsaCurves, name);
}
