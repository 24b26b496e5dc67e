import { SshReader, SshWriter } from '../encoding/ssh-wire.ts';
import { decodeBase64 } from '../encoding/text.ts';
import type { KeyFacts, PublicKey } from '../key.ts';
import { type FilePart, DamagedKey, nameOrNull, UnsupportedKey } from '../problem.ts';
import { isSignedByAuthority } from './certificate.ts';

/** As OpenSSH: a longer modulus has no use and makes every check slow. */
const maxRsaBits = 16_384;
const certificateEnding = '-cert-v01@openssh.com';

export interface PublicPart {
  /** The wire name as it stands in the file. */
  readonly type: string;
  /**
   * Of a certificate: the key inside, whose fingerprint `ssh-keygen -l` prints. Undefined if the type is not known
   * here.
   */
  readonly key: PublicKey | undefined;
  readonly isCertificate: boolean;
}

/**
 * Reads a public key blob (RFC 4253 §6.6, RFC 5656, RFC 8709, OpenSSH's PROTOCOL.u2f and PROTOCOL.certkeys). Errors:
 * KeyFailure.
 */
export function readPublicBlob(blob: Uint8Array, part: FilePart = 'public-part'): PublicPart {
  const reader = new SshReader(blob, part);
  const stated = readTypeName(reader);
  const type = typeOfName(stated);
  const known = keyTypes.get(type);
  if (known) {
    const start = reader.offset;
    const bits = known.read(reader, type);
    reader.expectEnd();
    const isToWrite = stated !== type || (known.isOfNumbers && hasNeedlessZeros(reader.since(start)));
    return {
      type,
      key: { type, blob: isToWrite ? writeBlob(type, known, reader.since(start)) : new Uint8Array(blob), bits },
      isCertificate: false,
    };
  }
  return type.endsWith(certificateEnding)
    ? readCertificate(reader, type)
    : { type, key: undefined, isCertificate: false };
}

/** Whether a number begins with a zero that its sign does not ask for (RFC 4251 §5). */
function hasNeedlessZeros(fields: Uint8Array): boolean {
  const reader = new SshReader(fields, 'public-part');
  while (!reader.isAtEnd) {
    const [first, second = 0] = reader.string();
    if (first === 0 && second < 0x80) return true;
  }
  return false;
}

/**
 * The blob as OpenSSH writes it, without needless zeros before its numbers: this form is what has the key's
 * fingerprint. A copy, as what is around the fields may be private and is wiped.
 */
function writeBlob(type: string, { isOfNumbers }: KeyType, fields: Uint8Array): Uint8Array {
  const writer = new SshWriter().text(type);
  if (!isOfNumbers) return writer.raw(fields).bytes();
  const reader = new SshReader(fields, 'public-part');
  while (!reader.isAtEnd) writer.mpint(reader.mpint());
  return writer.bytes();
}

/** What is wrong with a part that reads well and is of no use here; undefined for a plain key of a known type. */
function reasonNotSupported({ type, key, isCertificate }: PublicPart): UnsupportedKey | undefined {
  if (isCertificate) return new UnsupportedKey({ code: 'certificate' });
  return key ? undefined : new UnsupportedKey({ code: 'type', name: nameOrNull(type) });
}

/** Whether a word could be a type's wire name (RFC 4250 §4.6.1; RFC 5656 §6.1 has names with dots). */
export function isTypeName(word: string): boolean {
  return /^[a-z][a-z0-9.+_-]{1,62}(@[a-z0-9.-]{1,62})?$/.test(word);
}

export function isKnownType(word: string): boolean {
  return keyTypes.has(typeOfName(word));
}

/** Names of signatures (RFC 8332 §3) that stand for the type of the key, as OpenSSH reads them. */
const otherNames = new Map([
  ['rsa-sha2-256', 'ssh-rsa'],
  ['rsa-sha2-512', 'ssh-rsa'],
  ['rsa-sha2-256-cert-v01@openssh.com', 'ssh-rsa-cert-v01@openssh.com'],
  ['rsa-sha2-512-cert-v01@openssh.com', 'ssh-rsa-cert-v01@openssh.com'],
]);

function typeOfName(name: string): string {
  return otherNames.get(name) ?? name;
}

function readTypeName(reader: SshReader): string {
  const at = reader.offset;
  const type = reader.text();
  if (!isTypeName(type)) throw reader.damaged('no-type', at);
  return type;
}

/** Reads the fields of one type and gives the bits. */
type Fields = (reader: SshReader, type: string) => number;

interface KeyType {
  readonly read: Fields;
  /** Its fields are numbers, all of them, which can be written in more than one way. */
  readonly isOfNumbers: boolean;
}

const keyTypes = new Map<string, KeyType>([
  ['ssh-rsa', { read: readRsa, isOfNumbers: true }],
  ['ssh-dss', { read: readDsa, isOfNumbers: true }],
  ['ssh-ed25519', { read: readEd25519, isOfNumbers: false }],
  ['ecdsa-sha2-nistp256', { read: readEcdsa, isOfNumbers: false }],
  ['ecdsa-sha2-nistp384', { read: readEcdsa, isOfNumbers: false }],
  ['ecdsa-sha2-nistp521', { read: readEcdsa, isOfNumbers: false }],
  ['sk-ssh-ed25519@openssh.com', { read: inSecurityKey(readEd25519), isOfNumbers: false }],
  ['sk-ecdsa-sha2-nistp256@openssh.com', { read: inSecurityKey(readEcdsa), isOfNumbers: false }],
]);

function readRsa(reader: SshReader): number {
  const exponent = reader.mpint();
  const modulus = reader.mpint();
  if (exponent.length === 0 || modulus.length === 0) throw reader.damaged('rsa-number-zero');
  const bits = bitsOf(modulus);
  if (bits > maxRsaBits) throw new UnsupportedKey({ code: 'rsa-beyond-limit', bits, most: maxRsaBits });
  return bits;
}

function readDsa(reader: SshReader): number {
  const [prime] = [reader.mpint(), reader.mpint(), reader.mpint(), reader.mpint()];
  return bitsOf(prime);
}

function readEd25519(reader: SshReader): number {
  if (reader.string().length !== 32) throw reader.damaged('ed25519-point-length');
  return 256;
}

function readEcdsa(reader: SshReader, type: string): number {
  const curve = reader.text();
  if (!type.includes(`-${curve}`) || !/^nistp(256|384|521)$/.test(curve)) throw reader.damaged('curve-mismatch');
  const bits = Number(curve.slice(5));
  const point = reader.string();
  if (point[0] !== 4 || point.length !== 1 + 2 * Math.ceil(bits / 8)) throw reader.damaged('point-form');
  return bits;
}

function inSecurityKey(fields: Fields): Fields {
  return (reader, type) => {
    const bits = fields(reader, type);
    // The application, "ssh:".
    reader.string();
    return bits;
  };
}

function readCertificate(reader: SshReader, type: string): PublicPart {
  const name = type.slice(0, -certificateEnding.length);
  // The security keys' own names end with the domain too.
  const inner = [name, `${name}@openssh.com`].find(isKnownType);
  const known = keyTypes.get(inner ?? '');
  if (inner === undefined || !known) return { type, key: undefined, isCertificate: true };
  // The nonce.
  reader.string();
  const start = reader.offset;
  const bits = known.read(reader, inner);
  const blob = writeBlob(inner, known, reader.since(start));
  readCertificateRest(reader);
  return { type, key: { type: inner, blob, bits }, isCertificate: true };
}

/** An authority that cannot be checked is believed: nothing is done with a certificate but to name it. */
function readCertificateRest(reader: SshReader): void {
  const [serial, role] = [8, 4];
  reader.take(serial + role);
  // The id and the principals.
  reader.string();
  reader.string();
  const validity = 16;
  reader.take(validity);
  // Critical options, extensions, what is reserved.
  for (let field = 0; field < 3; field += 1) reader.string();
  const authority = reader.string();
  const signed = reader.since(0);
  const signature = reader.string();
  reader.expectEnd();
  if (isSignedByAuthority({ authority, signature, signed }) === false) throw reader.damaged('authority-signature');
}

/** `number` without zeros in front, as `mpint` gives it. */
function bitsOf(number: Uint8Array): number {
  return number.length * 8 - Math.clz32(number[0] ?? 0) + 24;
}

/** Keeps what the public part tells. Errors: KeyFailure unsupported, for certificates and unknown types. */
export function notePublicPart(facts: KeyFacts, part: PublicPart): PublicKey {
  facts.type = part.type;
  if (part.key) facts.publicKey = part.key;
  if (part.isCertificate) facts.kind = 'certificate';
  const reason = reasonNotSupported(part);
  if (reason) throw reason;
  // reasonNotSupported has an answer wherever there is no key.
  return part.key as PublicKey;
}

/** `expectedType`: what stands in front of it on its line. Errors: KeyFailure. */
export function readBase64Key(base64: string, facts: KeyFacts, expectedType?: string): void {
  const part = readPublicBlob(decodeBase64(base64, 'public-part'), 'public-part');
  if (expectedType !== undefined && part.type !== typeOfName(expectedType))
    throw new DamagedKey('type-mismatch', 'first-line');
  notePublicPart(facts, part);
}
