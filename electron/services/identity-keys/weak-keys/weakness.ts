import type { KeyWeaknessCode } from '../../../../shared/contract/identity-keys.ts';

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
