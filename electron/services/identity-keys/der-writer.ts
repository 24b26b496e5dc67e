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
