/** What draws something. Not: spaces, controls, formats, what fonts leave out (Hangul fillers among it), the empty Braille cell. */
const visible = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text shows nothing to who reads it, however many characters it has. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}
