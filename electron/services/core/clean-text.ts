/**
 * Control characters, invisible and direction marks become a space: none may reach a screen or a terminal. Plain spaces
 * stay as they are.
 */
export function cleanText(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, (run) => (/^ +$/.test(run) ? run : ' ')).trim();
}

/** A stranger's text of so many characters at most, empty for none. Cut first: a text of megabytes costs nothing. */
export function cleanShort(text: string | null | undefined, maxLength: number): string {
  return cleanText((text ?? '').slice(0, maxLength));
}
