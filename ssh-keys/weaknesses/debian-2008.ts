import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toBytes } from '../encoding/integers.ts';

// RSA keys that ssh-keygen made with Debian's OpenSSL of 2006 to 2008 (CVE-2008-0166). The list holds the first 40 bits
// of the SHA-256 of each modulus, sorted: how many begin with each of the 65,536 pairs of bytes, then the other three
// bytes of each. It was made by make-debian-list.ts: RSA keys of 2048 bits, by platform and process id, all 32,768 each
// of le32, le64 and be32.

/** vite.config.ts lays it beside the bundle, under the same name. */
const list = new URL('./data/debian-2008.bin', import.meta.url);

/** Of every RSA key of OpenSSH before 5.4, so of all of these: no newer key is looked up at all. */
const exponentThen = 35n;

const pairs = 65_536;
const restLength = 3;
let opened: OpenList | undefined;

interface OpenList {
  readonly bytes: Buffer;
  /** For each pair, how many entries stand before it; the last is the number of all. */
  readonly before: Uint32Array;
}

/** Whether the key is one of these. A chance likeness: once in 10 million keys with this exponent. */
export function isDebianKey(modulus: bigint, exponent: bigint): boolean {
  if (exponent !== exponentThen) return false;
  opened ??= open();
  const hash = hashModulus(modulus);
  const pair = hash.readUInt16BE();
  for (let entry = opened.before[pair] ?? 0; entry < (opened.before[pair + 1] ?? 0); entry += 1) {
    if (hash.compare(opened.bytes, pairs + entry * restLength, pairs + (entry + 1) * restLength, 2, 5) === 0)
      return true;
  }
  return false;
}

/** The list of these moduli as `isDebianKey` reads it. */
export function packDebianList(moduli: Iterable<bigint>): Uint8Array {
  const hashes = Array.from(moduli, hashModulus).sort(Buffer.compare);
  const counts = Buffer.alloc(pairs);
  for (const hash of hashes) {
    const pair = hash.readUInt16BE();
    // Throws beyond 255; with some 100,000 entries there are hardly ten.
    counts.writeUInt8(counts.readUInt8(pair) + 1, pair);
  }
  return Buffer.concat([counts, ...hashes.map((hash) => hash.subarray(2))]);
}

function open(): OpenList {
  const bytes = readFileSync(list);
  const before = new Uint32Array(pairs + 1);
  for (let pair = 0; pair < pairs; pair += 1) before[pair + 1] = (before[pair] ?? 0) + (bytes[pair] ?? 0);
  return { bytes, before };
}

function hashModulus(modulus: bigint): Buffer {
  return createHash('sha256')
    .update(toBytes(modulus))
    .digest()
    .subarray(0, 2 + restLength);
}
