import { randomInt } from 'node:crypto';

/**
 * Lower case and digits without i, l, o, 0 and 1, which are mistaken for one another: 31 characters, 4.95 bits each.
 */
const characters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Like `k7mxp-2rtqa-hw9dn-e4svc`: 20 random characters, 99 bits; always has letters, digits and a hyphen. */
export function createReadablePassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => characters[randomInt(characters.length)]).join(''),
  );
  const password = groups.join('-');
  return /[a-z]/.test(password) && /\d/.test(password) ? password : createReadablePassword();
}
