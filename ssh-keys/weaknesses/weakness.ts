import type { KeyWeakness } from '../problem.ts';

/** Something that is wrong with a key that reads well, and how grave that is. */
export interface JudgedWeakness {
  readonly verdict: 'refused' | 'advised-against';
  readonly problem: KeyWeakness;
}

export function refuse(problem: KeyWeakness): JudgedWeakness {
  return { verdict: 'refused', problem };
}

export function adviseAgainst(problem: KeyWeakness): JudgedWeakness {
  return { verdict: 'advised-against', problem };
}
