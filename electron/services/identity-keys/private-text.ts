import { AppError } from '../../../shared/contract/errors.ts';

/** How private keys begin: in PEM, in Base64 of OpenSSH's form, as PuTTY's. Line ends are lost in a field of one line. */
const beginnings = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY|b3BlbnNzaC1rZXktdj|PuTTY-User-Key-File-/;

/** A title goes to the provider: one that is a private key, pasted into the wrong field, must not (K6). Errors: invalid-request (`title`). */
export function refusePrivateTitle(title: string): void {
  if (beginnings.test(title)) throw new AppError('invalid-request', { fields: { title: { code: 'private-key' } } });
}
