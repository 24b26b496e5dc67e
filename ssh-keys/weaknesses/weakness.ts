export type KeyWeaknessCode =
  | 'dsa'
  | 'rsa-too-short'
  | 'rsa-short'
  | 'rsa-too-long'
  | 'rsa-exponent-invalid'
  | 'rsa-exponent-small'
  | 'rsa-exponent-large'
  | 'rsa-small-factor'
  | 'rsa-close-primes'
  | 'rsa-roca'
  | 'point-invalid'
  | 'point-small-order'
  | 'known-key';

/** Something that is wrong with a key that reads well. The screens have a text of their own for each code. */
export interface KeyWeakness {
  readonly code: KeyWeaknessCode;
  readonly verdict: 'refused' | 'advised-against';
  /** One English sentence that explains itself, with the figure found. */
  readonly sentence: string;
}

export function refuse(code: KeyWeaknessCode, sentence: string): KeyWeakness {
  return { code, verdict: 'refused', sentence };
}

export function adviseAgainst(code: KeyWeaknessCode, sentence: string): KeyWeakness {
  return { code, verdict: 'advised-against', sentence };
}
