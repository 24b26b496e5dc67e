/** What can be wrong with a key that reads well. The screens have a text for each code. */
export const weaknessCodes = [
  'dsa',
  'rsa-too-short',
  'rsa-short',
  'rsa-too-long',
  'rsa-exponent-invalid',
  'rsa-exponent-small',
  'rsa-exponent-large',
  'rsa-small-factor',
  'rsa-close-primes',
  'rsa-roca',
  'point-invalid',
  'point-small-order',
  'known-key',
] as const;
export type WeaknessCode = (typeof weaknessCodes)[number];

export interface KeyWeakness {
  readonly code: WeaknessCode;
  readonly verdict: 'refused' | 'advised-against';
  /** One English sentence that explains itself, with the figure found. */
  readonly sentence: string;
}

export function refuse(code: WeaknessCode, sentence: string): KeyWeakness {
  return { code, verdict: 'refused', sentence };
}

export function adviseAgainst(code: WeaknessCode, sentence: string): KeyWeakness {
  return { code, verdict: 'advised-against', sentence };
}
