import type { RecoveryCodes } from './contract/account/mfa.ts';

// No zod in this file: the renderer loads it.

export interface NumberedCode {
  /** From 1, in the order of the set. */
  readonly number: number;
  readonly code: string;
  readonly isUsed: boolean;
}

/** The numbers that a code has on the screen, in the file and on paper. */
export function numberRecoveryCodes(codes: RecoveryCodes['codes']): readonly NumberedCode[] {
  return codes.map(({ code, isUsed }, index) => ({ number: index + 1, code, isUsed }));
}

/** One line for each code, for the file and for paper: ` 3. k7mxp-2rtqa`, with `used` behind one that is used up. */
export function formatRecoveryCodes(codes: RecoveryCodes['codes'], used: string): readonly string[] {
  const width = String(codes.length).length;
  return numberRecoveryCodes(codes).map(
    ({ number, code, isUsed }) => `${String(number).padStart(width)}. ${code}${isUsed ? ` (${used})` : ''}`,
  );
}
