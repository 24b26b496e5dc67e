import type { FieldErrors } from './contract/error-shape.ts';
import { preparePassword } from './password-policy.ts';

// The passphrase that opens what is kept on this computer (D3). No zod in this file: the renderer judges by it while
// the person types, and the services before they take one.

/** Characters (code points). */
export const passphraseLimits = { min: 8, max: 1_000, hint: 200 } as const;

/** Shares of a passphrase shorter than this stand in a hint by chance. Characters. */
const shortestTelling = 4;

export interface NewPassphrase {
  readonly text: string;
  /** Shown to whoever starts the app; null for none. */
  readonly hint: string | null;
}

/** What is derived from: the same for each way of typing the same characters. Nothing is trimmed. */
export const preparePassphrase = preparePassword;

/** By field (`passphrase`, `hint`); empty where there is nothing to say against it. */
export function checkPassphrase({ text, hint }: NewPassphrase): FieldErrors {
  const passphrase = judgeText(text);
  const judged = hint === null ? undefined : judgeHint(hint, text);
  return { ...(passphrase && { passphrase }), ...(judged && { hint: judged }) };
}

function judgeText(text: string): FieldErrors[string] | undefined {
  const length = lengthOf(preparePassphrase(text));
  if (length === 0) return { code: 'required' };
  // A field of one line drops line breaks without a word: who pastes one would have another passphrase than they think.
  if (hasControls(text)) return { code: 'control-characters' };
  if (length < passphraseLimits.min) return { code: 'too-short', limit: passphraseLimits.min };
  return length > passphraseLimits.max ? { code: 'too-long', limit: passphraseLimits.max } : undefined;
}

function judgeHint(hint: string, text: string): FieldErrors[string] | undefined {
  if (hasControls(hint)) return { code: 'control-characters' };
  if (lengthOf(hint) > passphraseLimits.hint) return { code: 'too-long', limit: passphraseLimits.hint };
  return tells(hint, text) ? { code: 'hint-tells' } : undefined;
}

/** Whether it holds the passphrase, forwards or backwards, or is itself half of it or more. */
function tells(hint: string, text: string): boolean {
  return [fold, foldSigns].some((form) => {
    const [inHint, secret] = [form(hint), form(text)];
    if (secret === '' || inHint === '') return false;
    if (inHint.includes(secret) || inHint.includes(reverse(secret))) return true;
    const length = lengthOf(inHint);
    return length >= shortestTelling && length * 2 >= lengthOf(secret) && secret.includes(inHint);
  });
}

/** Letters and digits alone: spaces, dashes and capitals between them hide nothing. */
function fold(text: string): string {
  return foldSigns(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

function foldSigns(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

const reverse = (text: string): string => Array.from(text).toReversed().join('');
const lengthOf = (text: string): number => Array.from(text).length;
const hasControls = (text: string): boolean => /\p{Cc}|[\u2028\u2029]/u.test(text);
