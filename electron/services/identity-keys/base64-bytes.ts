import { DamagedKey } from './key-failure.ts';

/**
 * Base64 (RFC 4648 §4) as it stands in a file: lines of any width, any white space, the padding there or not.
 * By way of strings, which can not be wiped: a loop of ours over the bytes takes ten times as long. They are gone with the worker.
 * `where` names the part in messages. Errors: DamagedKey, for any other character and for a text that breaks off.
 */
export function decodeBase64(text: string, where: string): Buffer {
  try {
    // Unlike Buffer's own way, it passes over nothing but white space.
    return Buffer.from(atob(text), 'latin1');
  } catch {
    // It knows fewer kinds of white space than there are.
    const base64 = text.replace(/\s+/g, '');
    expectBase64(base64, where);
    return Buffer.from(base64, 'base64');
  }
}

function expectBase64(base64: string, where: string): void {
  const end = base64.search(/[^A-Za-z0-9+/]/);
  const digits = end < 0 ? base64.length : end;
  const padding = base64.slice(digits);
  if (!/^={0,2}$/.test(padding)) throw new DamagedKey('a character that is no base64', `${where}, digit ${digits + 1}`);
  // One digit more than whole bytes is a part of a byte.
  if (digits % 4 === 1 || (padding !== '' && (digits + padding.length) % 4 !== 0))
    throw new DamagedKey('its base64 breaks off', `${where}, end`);
}
