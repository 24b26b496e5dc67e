import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 190 bits. */
const randomLength = 32;
/** 62^6 > 2^32. */
const checkLength = 6;

/** API key, secret of an access key, token got for one: scanners of leaked secrets know each on sight. */
export type KeyPrefix = 'pdk' | 'pds' | 'pdt';

/** Like `pdk_` and 38 digits in base 62: 32 random ones, then the CRC-32 of all before. */
export function createKeyText(prefix: KeyPrefix): string {
  const text = `${prefix}_${Array.from({ length: randomLength }, () => digits[randomInt(digits.length)]).join('')}`;
  return text + checkDigits(text);
}

/** Tells a mistyped or cut key from one that may exist, without looking it up. */
export function isKeyText(typed: string, prefix: KeyPrefix): boolean {
  const body = typed.slice(0, -checkLength);
  return (
    typed.startsWith(`${prefix}_`) &&
    body.length === prefix.length + 1 + randomLength &&
    typed === body + checkDigits(body)
  );
}

function checkDigits(text: string): string {
  let rest = crc32(text);
  let written = '';
  for (let count = 0; count < checkLength; count += 1) {
    written = `${digits[rest % digits.length] ?? ''}${written}`;
    rest = Math.floor(rest / digits.length);
  }
  return written;
}
