export { isBlank, plainName } from './blank-text.ts';

// What people type and paste, in the form that is meant. No zod in this file: the renderer loads it.

/**
 * What nobody sees: soft hyphens, joiners, marks of direction and order, fillers (Unicode, Default_Ignorable_Code_Point
 * and Cf).
 */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/**
 * An e-mail address or another name to sign in with, as it is compared: tidied, and without anything that nobody sees.
 */
export function plainAddress(typed: string): string {
  return tidyAddress(typed.replace(unseen, ''));
}

/**
 * As typed with an input method, or copied out of a text: full-width forms of ASCII as ASCII, and a domain with plain
 * letters and dots, without soft hyphens (as UTS 46 maps them). Neither judged nor folded.
 */
export function tidyAddress(typed: string): string {
  const text = narrow(typed.normalize('NFC')).trim();
  const at = text.lastIndexOf('@');
  if (at < 0) return text;
  const domain = text.slice(at + 1).normalize('NFKC');
  return text.slice(0, at + 1) + domain.replaceAll('\u3002', '.').replaceAll('\u00ad', '');
}

/**
 * Digits of every script as 0 to 9, full-width letters and signs as ASCII, nothing unseen. For codes, numbers and
 * secrets.
 */
export function plainCharacters(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(unseen, '')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => String(valueOf(digit)))
    .replace(/\u066a/g, '%')
    .replace(/\u066b/g, '.');
}

/** The same without what groups the characters: blanks, hyphens and dashes. */
export function withoutGrouping(typed: string): string {
  return plainCharacters(typed).replace(/[\s\p{Pd}\u2212]/gu, '');
}

/** A code of so many digits, without what groups them; undefined if it is none. */
export function readDigits(typed: string, digits: number): string | undefined {
  const bare = withoutGrouping(typed);
  return bare.length === digits && /^[0-9]+$/.test(bare) ? bare : undefined;
}

/** A whole number, from 0, of at most 16 digits; NaN for everything else. */
export function readWhole(typed: string): number {
  const plain = plainCharacters(typed).trim();
  return /^[0-9]{1,16}$/.test(plain) ? Number(plain) : Number.NaN;
}

/**
 * Unicode keeps the ten digits of a script in a row, 0 first. Before NFKC those of mathematics stand close together.
 */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

/** Full-width forms of ASCII, as an input method for Chinese or Japanese leaves them. */
function narrow(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');
}
