import type { Refusals, TokenSource } from '../../tokens.ts';

/** Those of a token, or where they are kept nowhere, of this run. */
export function refusalsOf({ refusals }: Pick<TokenSource, 'refusals'>): Refusals {
  return refusals ?? createRunRefusals();
}

function createRunRefusals(): Refusals {
  const noted = new Set<string>();
  const nameOf = (what: string, mark: string) => JSON.stringify([what, mark]);
  return {
    has: (what, mark = '') => noted.has(nameOf(what, mark)),
    note: (what, mark = '') => void noted.add(nameOf(what, mark)),
  };
}
