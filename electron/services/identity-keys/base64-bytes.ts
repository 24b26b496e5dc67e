import { DamagedKey } from './key-failure.ts';

/**
 * Base64 (RFC 4648 §4) as it stands in a file: lines of any width, any white space, the padding there or not.
 * By way of a string, which can not be wiped: a loop of ours over the bytes takes ten times as long. It is gone with the worker.
 * `where` names the part in messages. Errors: DamagedKey, for any other character and for a text that breaks off.
 */
export function decodeBase64(text: Buffer, where: string): Buffer {
  const base64 = text.toString('latin1').replace(/\s+/g, '');
  const bytes = Buffer.from(base64, 'base64');
  // Decoding passes over what it does not know. Encoding again is the quickest way to see whether it did.
  if (bytes.toString('base64') !== base64) expectBase64(base64, where);
  return bytes;
}

function expectBase64(base64: string, where: string): void {
  const end = base64.search(/[^A-Za-z0-9+/]/);
  const digits = end < 0 ? base64.length : end;
  const padding = base64.slice(digits);
  if (!/^={0,2}$/.test(padding)) throw new DamagedKey('a character that is no base64', `${where}, digit ${digits + 1}`);
  // One digit more than whole bytes is a part of a byte.
  if (digits % 4 === 1 || (padding !== '' && (digits + padding.length) % 4 !== 0)) throw new DamagedKey('its base64 breaks off', `${where}, end`);
}
