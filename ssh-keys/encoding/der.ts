import { type Damage, DamagedKey, type FilePart } from '../problem.ts';

/**
 * Reads the few types of DER (ITU-T X.690) that keys are made of, in turn. Everything it gives is a view. Errors:
 * DamagedKey.
 */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #part: FilePart;
  #offset = 0;

  constructor(bytes: Uint8Array, part: FilePart) {
    this.#bytes = bytes;
    this.#part = part;
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  /** Whether the next value has this tag. */
  has(tag: number): boolean {
    return this.#bytes[this.#offset] === tag;
  }

  sequence(): DerReader {
    return new DerReader(this.value(0x30), this.#part);
  }

  /** Not negative; without zeros in front. */
  integer(): Uint8Array {
    const bytes = this.value(0x02);
    if (bytes.length === 0 || ((bytes[0] ?? 0) & 0x80) !== 0) throw this.damaged('empty-or-negative-number');
    let zeros = 0;
    while (bytes[zeros] === 0) zeros += 1;
    return zeros === 0 ? bytes : bytes.subarray(zeros);
  }

  /** Larger ones are told as `Number.MAX_SAFE_INTEGER`: all that is done with it is to refuse it. */
  smallInteger(): number {
    const bytes = this.integer();
    return bytes.length > 6 ? Number.MAX_SAFE_INTEGER : bytes.reduce((value, byte) => value * 256 + byte, 0);
  }

  octets(): Uint8Array {
    return this.value(0x04);
  }

  /** Whole bytes: no unused bits. */
  bits(tag = 0x03): Uint8Array {
    const bytes = this.value(tag);
    if (bytes[0] !== 0) throw this.damaged('bits-not-bytes');
    return bytes.subarray(1);
  }

  /** Dotted: 1.2.840.113549.1.1.1 */
  oid(): string {
    const bytes = this.value(0x06);
    const [first = 0] = bytes;
    const root = Math.min(Math.trunc(first / 40), 2);
    let dotted = `${root}.${first - 40 * root}`;
    let arc = 0;
    for (let at = 1; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      arc = (arc % 2 ** 40) * 128 + (byte & 0x7f);
      if (byte >= 0x80) continue;
      dotted += `.${arc}`;
      arc = 0;
    }
    return dotted;
  }

  /** The explicit `[number]`, or undefined if something else follows. */
  context(number: number): DerReader | undefined {
    return this.has(0xa0 | number) ? new DerReader(this.value(0xa0 | number), this.#part) : undefined;
  }

  value(tag: number): Uint8Array {
    if (!this.has(tag)) throw this.damaged(this.isAtEnd ? 'ends-early' : 'unexpected-value');
    const first = this.#bytes[this.#offset + 1] ?? 0;
    const count = first < 0x80 ? 0 : first - 0x80;
    // Three bytes of length say 16 MB: more than any file here. None would be BER's length without end.
    if (first === 0x80 || count > 3) throw this.damaged('length-form');
    const start = this.#offset + 2 + count;
    let length = count === 0 ? first : 0;
    for (let at = this.#offset + 2; at < start; at += 1) length = length * 256 + (this.#bytes[at] ?? 0);
    if (start + length > this.#bytes.length) throw this.damaged('length-beyond-end');
    this.#offset = start + length;
    return this.#bytes.subarray(start, this.#offset);
  }

  expectEnd(): void {
    if (!this.isAtEnd) throw this.damaged('something-follows');
  }

  damaged(what: Damage, at = this.#offset): DamagedKey {
    return new DamagedKey(what, this.#part, { unit: 'own-byte', at });
  }
}

/** Length of the value that starts here, with its head; undefined if the head makes no sense. */
export function derLength(bytes: Uint8Array): number | undefined {
  const [, first = 0, second = 0, third = 0] = bytes;
  if (first < 0x80) return first + 2;
  if (first === 0x81) return second + 3;
  return first === 0x82 ? second * 256 + third + 4 : undefined;
}

// Writes the few types of DER (ITU-T X.690) that PKCS#8 needs.

export function derSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tagged(0x30, ...parts);
}

/** A number that is not negative; zeros in front do not matter. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  let zeros = 0;
  while (bytes[zeros] === 0) zeros += 1;
  const digits = bytes.subarray(zeros);
  const first = digits[0];
  return first === undefined || first >= 0x80 ? tagged(0x02, Uint8Array.of(0), digits) : tagged(0x02, digits);
}

export function derSmallInteger(value: number): Uint8Array {
  return derInteger(Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff));
}

export function derOctets(bytes: Uint8Array): Uint8Array {
  return tagged(0x04, bytes);
}

/** Whole bytes, no unused bits. */
export function derBits(bytes: Uint8Array): Uint8Array {
  return tagged(0x03, Uint8Array.of(0), bytes);
}

export function derNull(): Uint8Array {
  return tagged(0x05);
}

/** `[number]`, explicit. */
export function derContext(number: number, content: Uint8Array): Uint8Array {
  return tagged(0xa0 | number, content);
}

/** By its dotted form: 1.2.840.113549.1.1.1 */
export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

/** The parts are not wiped: they may belong to the caller. */
function tagged(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >>> 8, length & 0xff];
  const encoded = new Uint8Array(head.length + length);
  encoded.set(head);
  let offset = head.length;
  for (const part of parts) {
    encoded.set(part, offset);
    offset += part.length;
  }
  return encoded;
}
