import { createHash, createPublicKey } from 'node:crypto';
import { checkEd25519Point } from './ed25519-point.ts';

/** What a provider keeps of an SSH public key; MD5 serves people who compare fingerprints by eye, nothing else. */
export interface PublicKey {
  /** SSH wire name. */
  readonly type: string;
  readonly bits: number;
  /** RFC 4253, 6.6. */
  readonly blob: Uint8Array;
  /** What follows the key on its line; empty if nothing does. */
  readonly comment: string;
}

export type KeyFault = 'not-a-public-key' | 'private-key' | 'not-supported' | 'too-weak' | 'small-order' | 'no-point';

const curves = { nistp256: [32, 'P-256', 256], nistp384: [48, 'P-384', 384], nistp521: [66, 'P-521', 521] } as const;
type Curve = keyof typeof curves;
const isCurve = (name: string): name is Curve => Object.hasOwn(curves, name);

/** Bits of an RSA modulus (NIST SP 800-131A; what OpenSSL takes). */
const shortestModulus = 2_048;
const maxModulusBits = 16_384;

/** Reads one line `type base64 [comment]`. A private key is told apart without looking into it. */
export function readPublicKey(line: string): PublicKey | KeyFault {
  if (/PRIVATE KEY|PuTTY-User-Key-File/.test(line)) return 'private-key';
  const trimmed = line.trim();
  // Looked for by itself: with a dot that stops at line ends, many spaces take the expression below minutes.
  if (/[\r\n\u2028\u2029]/.test(trimmed)) return 'not-a-public-key';
  const [, name = '', text = '', comment = ''] =
    /^([\w@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+(.*))?$/.exec(trimmed) ?? [];
  if (name === '') return 'not-a-public-key';
  const blob = Buffer.from(text, 'base64');
  const fields = readFields(blob);
  if (fields?.[0]?.toString('latin1') !== name || blob.toString('base64') !== text) return 'not-a-public-key';
  const bits = sizeOf(name, fields.slice(1));
  return typeof bits === 'number' ? { type: name, bits, blob, comment } : bits;
}

/** Bits; or why the key is not taken. */
function sizeOf(type: string, fields: readonly Buffer[]): number | KeyFault {
  const ofSecurityKey = /^sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com$/.exec(type)?.[1];
  // Its last field is the application, mostly "ssh:".
  if (ofSecurityKey !== undefined)
    return fields.at(-1)?.length ? sizeOf(ofSecurityKey, fields.slice(0, -1)) : 'not-a-public-key';
  const [first, second] = fields;
  if (type === 'ssh-rsa') return first && second && fields.length === 2 ? sizeOfRsa(first, second) : 'not-a-public-key';
  if (type === 'ssh-ed25519')
    return first?.length === 32 && fields.length === 1 ? sizeOfEd25519(first) : 'not-a-public-key';
  const curve = /^ecdsa-sha2-(.+)$/.exec(type)?.[1] ?? '';
  if (isCurve(curve))
    return first?.toString('latin1') === curve && second && fields.length === 2
      ? sizeOfPoint(curve, second)
      : 'not-a-public-key';
  return type === 'ssh-dss' ? 'too-weak' : 'not-supported';
}

function sizeOfRsa(exponent: Buffer, modulus: Buffer): number | KeyFault {
  if (![exponent, modulus].every(isPositiveNumber)) return 'not-a-public-key';
  const [e, n] = [exponent, modulus].map((number) => BigInt(`0x${number.toString('hex')}`)) as [bigint, bigint];
  const bits = n.toString(2).length;
  if (bits > maxModulusBits || n % 2n === 0n || e % 2n === 0n || e < 3n || e >= n) return 'not-a-public-key';
  return bits < shortestModulus ? 'too-weak' : bits;
}

/** RFC 4251, section 5: without needless zeros in front, or one key could be added twice. */
function isPositiveNumber([first = 0, second = 0]: Buffer): boolean {
  return first < 0x80 && (first > 0 || second >= 0x80);
}

function sizeOfEd25519(point: Buffer): number | KeyFault {
  const found = checkEd25519Point(point);
  return found === 'good' ? 256 : found;
}

/** An uncompressed point (SEC 1, 2.3.3) that lies on its curve. */
function sizeOfPoint(curve: Curve, point: Buffer): number | KeyFault {
  const [length, crv, bits] = curves[curve];
  if (point.length !== 1 + 2 * length || point[0] !== 4) return 'not-a-public-key';
  const [x, y] = [point.subarray(1, 1 + length), point.subarray(1 + length)].map((part) =>
    part.toString('base64url'),
  ) as [string, string];
  try {
    createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x, y } });
    return bits;
  } catch {
    return 'not-a-public-key';
  }
}

/** RFC 4251, section 5: strings to the end, the first of them the type. */
function readFields(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < blob.length;) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** As `ssh-keygen -l` prints it. */
export function sha256Of(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** As `ssh-keygen -l -E md5` prints it. */
export function md5Of(blob: Uint8Array): string {
  return `MD5:${createHash('md5').update(blob).digest('hex').match(/../g)?.join(':') ?? ''}`;
}
