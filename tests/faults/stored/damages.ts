/** The file with one bit turned over; of each byte the lowest first. */
export function flipped(content: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(content);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

/**
 * Each `step`th bit. With a step that has no divisor in common with 8 each bit position comes, and with one below 8
 * each byte position too.
 */
export function bitsOf(content: Uint8Array, step: number): number[] {
  return Array.from({ length: Math.ceil((content.length * 8) / step) }, (_, n) => n * step);
}

export interface Damage {
  /** For the message of a test. */
  readonly what: string;
  readonly content: Uint8Array;
}

/** Each `step`th bit flipped, and cut to each `step`th length. */
export function* damagesOf(content: Uint8Array, step: number): Generator<Damage> {
  for (const bit of bitsOf(content, step)) yield { what: `bit ${String(bit)}`, content: flipped(content, bit) };
  for (let length = 0; length < content.length; length += step)
    yield { what: `cut to ${String(length)}`, content: content.slice(0, length) };
}
