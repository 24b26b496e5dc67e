import { DamagedKey } from './key-failure.ts';

const skip = 64;
const pad = 65;
const bad = 66;
const values = makeValues();

/**
 * Base64 (RFC 4648 §4) as it stands in a file, lines of any width. Bytes to bytes: a string could not be wiped.
 * `where` names the part in messages. Errors: DamagedKey, for any other character and for a text that breaks off.
 */
export function decodeBase64(text: Uint8Array, where: string): Uint8Array {
  const bytes = new Uint8Array(((text.length + 3) >> 2) * 3);
  let length = 0;
  let group = 0;
  let digits = 0;
  let padding = 0;
  for (let at = 0; at < text.length; at += 1) {
    const value = values[text[at] ?? 0] ?? bad;
    if (value < skip && padding === 0) {
      group = ((group << 6) | value) & 0xffffff;
      digits += 1;
      if ((digits & 3) !== 0) continue;
      bytes[length] = group >> 16;
      bytes[length + 1] = group >> 8;
      bytes[length + 2] = group;
      length += 3;
    } else if (value === pad) {
      padding += 1;
    } else if (value !== skip) {
      throw new DamagedKey('a character that is no base64', `${where}, character ${at + 1}`);
    }
  }
  const left = digits & 3;
  if (left === 1 || padding > 2 || (padding > 0 && left + padding !== 4)) throw new DamagedKey('its base64 breaks off', `${where}, end`);
  const last = group << (6 * (4 - left));
  for (let extra = 1; extra < left; extra += 1, length += 1) bytes[length] = last >> (extra === 1 ? 16 : 8);
  return bytes.subarray(0, length);
}

function makeValues(): Uint8Array {
  const table = new Uint8Array(256).fill(bad);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let value = 0; value < alphabet.length; value += 1) table[alphabet.charCodeAt(value)] = value;
  for (const space of ' \t\r\n') table[space.charCodeAt(0)] = skip;
  table['='.charCodeAt(0)] = pad;
  return table;
}
