/** Control characters, invisible and direction marks become a space: none may reach a screen or a terminal. */
export function cleanText(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ').trim();
}
