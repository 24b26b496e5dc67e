/**
 * Control characters, invisible and direction marks become a space: none may reach a screen or a terminal. Plain spaces
 * stay as they are.
 */
export function cleanText(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, (run) => (/^ +$/.test(run) ? run : ' ')).trim();
}
