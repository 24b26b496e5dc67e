const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Windows-1252 from 0x80 to 0x9f; the rest of it is Latin-1. What it leaves open stays the control character it would be. */
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** What a person wrote into a key file: UTF-8, else Windows-1252, as PuTTYgen writes on Windows. */
export function decodeComment(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) =>
      byte >= 0x80 && byte < 0xa0 ? (windows1252[byte - 0x80] ?? '') : String.fromCharCode(byte),
    ).join('');
  }
}

/** Files are read byte by byte (Latin-1), so that nothing is lost before it is known what it is. */
export function fromLatin1(text: string): string {
  return /^[ -~]*$/.test(text) ? text : decodeComment(Buffer.from(text, 'latin1'));
}
