import { DamagedKey, type FilePart } from '../problem.ts';

/**
 * Base64 (RFC 4648 §4) as it stands in a file: lines of any width, any white space, the padding there or not.
 * By way of strings, which cannot be wiped: a loop of ours over the bytes takes ten times as long. They are gone with
 * the worker.
 * `part`: what it is of the file. Errors: DamagedKey, for any other character and for a text that breaks off.
 */
export function decodeBase64(text: string, part: FilePart): Buffer {
  try {
    // Unlike Buffer's own way, it passes over nothing but white space.
    return Buffer.from(atob(text), 'latin1');
  } catch {
    // It knows fewer kinds of white space than there are.
    const base64 = text.replace(/\s+/g, '');
    expectBase64(base64, part);
    return Buffer.from(base64, 'base64');
  }
}

function expectBase64(base64: string, part: FilePart): void {
  const end = base64.search(/[^A-Za-z0-9+/]/);
  const digits = end < 0 ? base64.length : end;
  const padding = base64.slice(digits);
  if (!/^={0,2}$/.test(padding)) throw new DamagedKey('not-base64', part, { unit: 'digit', at: digits + 1 });
  // One digit more than whole bytes is a part of a byte.
  if (digits % 4 === 1 || (padding !== '' && (digits + padding.length) % 4 !== 0))
    throw new DamagedKey('base64-breaks-off', part, { unit: 'end' });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Windows-1252 from 0x80 to 0x9f; the rest of it is Latin-1. What it leaves open stays the control character it would
 * be.
 */
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

/**
 * Control characters, invisible and direction marks become a space: none may reach a screen or a terminal. Plain spaces
 * stay as they are.
 */
export function cleanText(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, (run) => (/^ +$/.test(run) ? run : ' ')).trim();
}
