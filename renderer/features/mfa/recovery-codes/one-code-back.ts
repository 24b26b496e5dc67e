import type { RecoveryCodes } from '../../../../shared/contract/account/mfa.ts';
import { plainCharacters } from '../../../../shared/typed-text.ts';

/** The number, from 1, of a code that still works, picked so that it cannot be learnt beforehand. */
export function pickNumber({ codes }: RecoveryCodes): number {
  const usable = codes.flatMap(({ isUsed }, index) => (isUsed ? [] : [index + 1]));
  return usable[Math.floor(Math.random() * usable.length)] ?? 1;
}

/** However it is grouped, and in either case: what counts is what was kept, not how it is typed. */
export function isSameCode(typed: string, code: string | undefined): boolean {
  return code !== undefined && bare(typed) === bare(code);
}

function bare(code: string): string {
  return plainCharacters(code)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
}
