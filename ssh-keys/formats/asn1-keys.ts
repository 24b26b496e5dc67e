import { type EcdsaCurve, ecdsaCurves, ecdsaPoint, ed25519Point } from '../crypto/curves.ts';
import { DerReader } from '../encoding/der.ts';
import { powerModulo, toBytes, toInteger } from '../encoding/integers.ts';
import { SshReader, SshWriter } from '../encoding/ssh-wire.ts';
import type { PrivateKey, PublicKey, StatedKey } from '../key.ts';
import { DamagedKey, UnsupportedKey, shortOid } from '../problem.ts';
import { isSame, notTheSame, type RsaParts, splitPrivateKey } from './agent-form.ts';
import { readPublicBlob } from './public-key.ts';

const where = 'private-part';

/** RSAPrivateKey, RFC 8017 A.1.2. Errors: KeyFailure, as of all readers here. */
export function readPkcs1(der: Uint8Array): StatedKey {
  const key = wholeSequence(der);
  if (key.smallInteger() !== 0) throw new UnsupportedKey({ code: 'multi-prime-rsa' });
  const [n, e, d, p, q] = [key.integer(), key.integer(), key.integer(), key.integer(), key.integer()];
  const [dModP, dModQ, iqmp] = [key.integer(), key.integer(), key.integer()];
  key.expectEnd();
  const writer = new SshWriter(der.length + n.length + 64).text('ssh-rsa').mpint(e).mpint(n);
  const publicLength = writer.length;
  writer.text('ssh-rsa').mpint(n).mpint(e).mpint(d).mpint(iqmp).mpint(p).mpint(q);
  const formEnd = writer.length;
  // Not part of the SSH form: what is wrong with them would be lost from sight, and other programs sign with them.
  const bytes = writer.mpint(dModP).mpint(dModQ).bytes();
  const privateKey = {
    publicKey: publicKeyOf(bytes.subarray(0, publicLength)),
    comment: '',
    agentForm: bytes.subarray(publicLength, formEnd),
  };
  return { ...privateKey, confirmFile: () => confirmRemainders(privateKey, bytes.subarray(formEnd)) };
}

/** `remainders`: d modulo p - 1 and modulo q - 1, which are wiped. Errors: DamagedKey. */
function confirmRemainders(key: PrivateKey, remainders: Uint8Array): void {
  const { e, p, q } = splitPrivateKey(key) as RsaParts;
  const reader = new SshReader(remainders, where);
  const [dModP, dModQ] = [toInteger(reader.mpint()), toInteger(reader.mpint())];
  remainders.fill(0);
  expectRemainder(e, p, dModP);
  expectRemainder(e, q, dModQ);
}

/**
 * Errors: DamagedKey, unless it is the inverse of `e`. There is only one, and confirmPair proves that d is one too: to
 * divide d takes longer.
 */
function expectRemainder(e: Uint8Array, prime: Uint8Array, remainder: bigint): void {
  const modulus = toInteger(prime) - 1n;
  const isInverse = modulus > 0n && remainder < modulus && (toInteger(e) * remainder) % modulus === 1n;
  if (!isInverse) throw new DamagedKey('rsa-number-mismatch', where);
}

/** The form of OpenSSL's "DSA PRIVATE KEY". */
export function readDsaPem(der: Uint8Array): PrivateKey {
  const key = wholeSequence(der);
  key.integer();
  const [p, q, g, y, x] = [key.integer(), key.integer(), key.integer(), key.integer(), key.integer()];
  key.expectEnd();
  return finish(new SshWriter().text('ssh-dss').mpint(p).mpint(q).mpint(g).mpint(y), (form) => form.mpint(x));
}

/** ECPrivateKey, RFC 5915. `curve` is what PKCS#8 names outside of it. */
export function readSec1(der: Uint8Array, outerCurve?: EcdsaCurve): PrivateKey {
  const key = wholeSequence(der);
  if (key.smallInteger() !== 1) throw key.damaged('version');
  const scalar = key.octets();
  const parameters = key.context(0);
  const curve = parameters ? readCurve(parameters) : outerCurve;
  if (curve === undefined) throw key.damaged('no-curve');
  const stated = key.context(1)?.bits();
  key.expectEnd();
  const open = new SshWriter()
    .text(`ecdsa-sha2-${curve}`)
    .text(curve)
    .string(pointOf(curve, scalar, stated));
  return finish(open, (form) => form.mpint(scalar));
}

/** PrivateKeyInfo, RFC 5208, and OneAsymmetricKey, RFC 5958. */
export function readPkcs8(der: Uint8Array): StatedKey {
  const info = wholeSequence(der);
  const version = info.smallInteger();
  if (version > 1) throw info.damaged('version');
  const algorithm = info.sequence();
  const name = algorithm.oid();
  const content = info.octets();
  if (info.has(0xa0)) info.value(0xa0);
  const stated = readStated(info);
  info.expectEnd();
  switch (name) {
    case '1.2.840.113549.1.1.1':
      return readPkcs1(content);
    case '1.2.840.10045.2.1':
      return readSec1(content, readCurve(algorithm));
    case '1.3.101.112':
      return readEd25519(content, stated);
    case '1.2.840.10040.4.1':
      return readDsa(algorithm.sequence(), content);
    default:
      throw new UnsupportedKey({ code: 'kind', name: otherKeyKinds.get(name) ?? shortOid(name) });
  }
}

/**
 * The public key of OneAsymmetricKey: tagged in place of its own type, or around it, as earlier versions of the ring
 * library wrote it.
 */
function readStated(info: DerReader): Uint8Array | undefined {
  if (info.has(0x81)) return info.bits(0x81);
  const around = info.context(1);
  if (!around) return undefined;
  const stated = around.bits();
  around.expectEnd();
  return stated;
}

/** Kinds of keys that SSH has no form for, by their object identifiers. */
export const otherKeyKinds = new Map([
  ['1.2.840.113549.1.1.10', 'RSASSA-PSS'],
  ['1.3.101.110', 'X25519'],
  ['1.3.101.111', 'X448'],
  ['1.3.101.113', 'Ed448'],
  ['1.2.840.113549.1.3.1', 'Diffie-Hellman'],
  ['2.16.840.1.101.3.4.3.17', 'ML-DSA-44'],
  ['2.16.840.1.101.3.4.3.18', 'ML-DSA-65'],
  ['2.16.840.1.101.3.4.3.19', 'ML-DSA-87'],
]);

function readEd25519(content: Uint8Array, stated?: Uint8Array): PrivateKey {
  const inner = new DerReader(content, where);
  const seed = inner.octets();
  inner.expectEnd();
  if (seed.length !== 32) throw inner.damaged('ed25519-private-length');
  const point = ed25519Point(seed);
  if (stated && !isSame(stated, point)) throw notTheSame();
  return finish(new SshWriter().text('ssh-ed25519').string(point), (form) => form.uint32(64).raw(seed).raw(point));
}

function readDsa(parameters: DerReader, content: Uint8Array): PrivateKey {
  const [p, q, g] = [parameters.integer(), parameters.integer(), parameters.integer()];
  const x = new DerReader(content, where).integer();
  const modulus = toInteger(p);
  if (p.length > 512 || q.length > 64 || x.length > q.length || modulus < 2n)
    throw new DamagedKey('dsa-numbers', where);
  const y = toBytes(powerModulo(toInteger(g), toInteger(x), modulus));
  return finish(new SshWriter().text('ssh-dss').mpint(p).mpint(q).mpint(g).mpint(y), (form) => form.mpint(x));
}

function pointOf(curve: EcdsaCurve, scalar: Uint8Array, stated?: Uint8Array): Uint8Array {
  // Whether the scalar belongs to it is seen to by confirmPair.
  if (stated?.[0] === 4) return stated;
  const point = ecdsaPoint(curve, scalar);
  if (stated && !isShortOrHybrid(stated, point)) throw notTheSame();
  return point;
}

/**
 * Whether the same point is stated in compressed form, or in the hybrid one, which says it twice (SEC 1, section 2.3.3;
 * X9.62, section 4.3.6).
 */
function isShortOrHybrid(stated: Uint8Array, point: Uint8Array): boolean {
  const isHybrid = stated.length === point.length;
  const numbers = point.subarray(1, isHybrid ? point.length : (point.length + 1) / 2);
  return stated[0] === (isHybrid ? 6 : 2) + ((point.at(-1) ?? 0) & 1) && isSame(stated.subarray(1), numbers);
}

const curvesByOid = new Map(
  Object.entries(ecdsaCurves).map(([curve, { oid }]) => [oid as string, curve as EcdsaCurve]),
);

/** By its name, or by all its figures, of which the field tells the three curves apart. */
export function readCurve(reader: DerReader): EcdsaCurve {
  if (reader.has(0x30)) return readExplicitCurve(reader.sequence());
  const oid = reader.oid();
  const curve = curvesByOid.get(oid);
  if (curve) return curve;
  throw new UnsupportedKey({ code: 'curve', name: otherCurves.get(oid) ?? shortOid(oid) });
}

const otherCurves = new Map([
  ['1.3.132.0.10', 'secp256k1'],
  ['1.3.132.0.33', 'P-224'],
  ['1.2.840.10045.3.1.1', 'P-192'],
  ['1.3.36.3.3.2.8.1.1.7', 'brainpoolP256r1'],
  ['1.3.36.3.3.2.8.1.1.11', 'brainpoolP384r1'],
  ['1.3.36.3.3.2.8.1.1.13', 'brainpoolP512r1'],
]);

const fields: Record<EcdsaCurve, bigint> = {
  nistp256: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
  nistp384: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
  nistp521: 2n ** 521n - 1n,
};

function readExplicitCurve(parameters: DerReader): EcdsaCurve {
  parameters.integer();
  const field = parameters.sequence();
  const isPrime = field.oid() === '1.2.840.10045.1.1';
  const prime = isPrime ? toInteger(field.integer()) : 0n;
  for (const [curve, its] of Object.entries(fields) as [EcdsaCurve, bigint][]) {
    if (its === prime) return curve;
  }
  throw new UnsupportedKey({ code: 'explicit-curve' });
}

function wholeSequence(der: Uint8Array): DerReader {
  const outer = new DerReader(der, where);
  const sequence = outer.sequence();
  outer.expectEnd();
  return sequence;
}

/**
 * `open` has the public blob, with which the agent form of every type but RSA begins; `seal` writes the rest behind it.
 */
function finish(open: SshWriter, seal: (form: SshWriter) => SshWriter): PrivateKey {
  const publicLength = open.length;
  const agentForm = seal(open).bytes();
  return { publicKey: publicKeyOf(agentForm.subarray(0, publicLength)), comment: '', agentForm };
}

/** `blob` is copied. */
function publicKeyOf(blob: Uint8Array): PublicKey {
  const { key } = readPublicBlob(blob, where);
  if (!key) throw new UnsupportedKey({ code: 'private-type', name: null });
  return key;
}
