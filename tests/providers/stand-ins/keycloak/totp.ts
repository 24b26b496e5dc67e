import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Keycloak's secret is a text of 20 characters; its bytes are the key. */
export function makeTotpSecret(): string {
  return pick(letters, 20);
}

/** 12 capital letters and digits, 12 times. */
export function makeRecoveryCodes(): string {
  return Array.from({ length: 12 }, () => pick('ABCDEFGHIJKLMNPQRSTUVWXYZ123456789', 12)).join(',');
}

export function isTotpCode(secret: string, code: string): boolean {
  const totp = new TOTP({ secret: Secret.fromUTF8(secret) });
  return /^\d{6}$/.test(code) && totp.validate({ token: code, window: 1 }) !== null;
}

/** As a person copies it from the page that shows no picture. */
export function toBase32(secret: string): string {
  return Secret.fromUTF8(secret).base32.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

function pick(characters: string, length: number): string {
  return Array.from(randomBytes(length), (byte) => characters[byte % characters.length]).join('');
}
