import { type Damage, DamagedKey, type FilePart } from '../problem.ts';

/** Reads the data types of RFC 4251 §5 in turn. Throws `DamagedKey` at the first one that does not fit. */
export class SshReader {
  readonly #bytes: Uint8Array;
  readonly #part: FilePart;
  #offset = 0;

  /** `part`: what the bytes are of the file. */
  constructor(bytes: Uint8Array, part: FilePart) {
    this.#bytes = bytes;
    this.#part = part;
  }

  get offset(): number {
    return this.#offset;
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#offset];
    if (value === undefined) throw this.damaged('ends-early');
    this.#offset += 1;
    return value;
  }

  uint32(): number {
    const end = this.#offset + 4;
    if (end > this.#bytes.length) throw this.damaged('ends-early');
    let value = 0;
    for (; this.#offset < end; this.#offset += 1) value = value * 0x100 + (this.#bytes[this.#offset] ?? 0);
    return value;
  }

  /** A view of the bytes, no copy. */
  string(): Uint8Array {
    const length = this.uint32();
    if (length > this.#bytes.length - this.#offset) {
      this.#offset -= 4;
      throw this.damaged('length-beyond-end');
    }
    return this.take(length);
  }

  /** A number that is not negative: its bytes, big-endian, without the zeros in front. A view, no copy. */
  mpint(): Uint8Array {
    const at = this.#offset;
    const bytes = this.string();
    if (((bytes[0] ?? 0) & 0x80) !== 0) {
      this.#offset = at;
      throw this.damaged('negative-number');
    }
    let zeros = 0;
    while (bytes[zeros] === 0) zeros += 1;
    return zeros === 0 ? bytes : bytes.subarray(zeros);
  }

  /** Bytes that are no UTF-8 become U+FFFD. */
  text(): string {
    const { buffer, byteOffset, length } = this.string();
    return Buffer.from(buffer, byteOffset, length).toString();
  }

  /** `length` bytes as they stand. A view, no copy. */
  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw this.damaged('ends-early');
    const bytes = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return bytes;
  }

  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#offset);
  }

  /** What was read since `start`, an earlier `offset`. A view, no copy. */
  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.#offset);
  }

  expectEnd(): void {
    if (!this.isAtEnd) throw this.damaged('something-follows');
  }

  damaged(what: Damage, at = this.#offset): DamagedKey {
    return new DamagedKey(what, this.#part, { unit: 'byte', at });
  }
}

const nothing = new Uint8Array(0);

/** Writes the data types of RFC 4251 §5. Each outgrown buffer is wiped: it may hold a private part. */
export class SshWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** `room`: how much is about to be written; it grows where that was too little. */
  constructor(room = 512) {
    this.#bytes = new Uint8Array(room);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  byte(value: number): this {
    this.#makeRoom(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
    return this;
  }

  uint32(value: number): this {
    this.#makeRoom(4);
    // A place in Uint8Array takes the lowest eight bits.
    for (let shift = 24; shift >= 0; shift -= 8, this.#length += 1) this.#bytes[this.#length] = value >>> shift;
    return this;
  }

  string(bytes: Uint8Array): this {
    return this.uint32(bytes.length).raw(bytes);
  }

  /** The bytes of a number that is not negative, big-endian; zeros in front do not matter. */
  mpint(bytes: Uint8Array): this {
    let zeros = 0;
    while (bytes[zeros] === 0) zeros += 1;
    const digits = zeros === 0 ? bytes : bytes.subarray(zeros);
    if (((digits[0] ?? 0) & 0x80) === 0) return this.string(digits);
    return this.uint32(digits.length + 1)
      .byte(0)
      .raw(digits);
  }

  text(text: string): this {
    return this.string(Buffer.from(text));
  }

  raw(bytes: Uint8Array): this {
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Hands over what was written; the writer is empty again and keeps nothing of it. */
  bytes(): Uint8Array {
    const written = this.#bytes.subarray(0, this.#length);
    this.#bytes = nothing;
    this.#length = 0;
    return written;
  }

  #makeRoom(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 4));
    larger.set(this.#bytes);
    this.#bytes.fill(0);
    this.#bytes = larger;
  }
}
