import { randomInt } from 'node:crypto';
import { withoutGrouping } from '../../shared/typed-text.ts';

/** Crockford's Base32: no i, l, o and u, and what is mistaken for 0 and 1 is read as such. */
const characters = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 10;

/** Like `k7mxp-2rtqa`: 10 random characters of 32, so 50 bits. */
export function createRecoveryCode(): string {
  const text = Array.from({ length }, () => characters[randomInt(characters.length)]).join('');
  return `${text.slice(0, length / 2)}-${text.slice(length / 2)}`;
}

/** The form in which codes are compared: typed in any case, with or without hyphens and spaces. */
export function readRecoveryCode(typed: string): string {
  return withoutGrouping(typed).toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1');
}
