/**
 * What draws something. Not: spaces, controls, formats, what fonts leave out (Hangul fillers among it), the empty
 * Braille cell.
 */
const visible = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text shows nothing to who reads it, however many characters it has. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/** A name as it is sent: trimmed, and nothing at all where there is nothing to be seen. */
export function plainName(typed: string): string {
  return isBlank(typed) ? '' : typed.normalize('NFC').trim();
}
