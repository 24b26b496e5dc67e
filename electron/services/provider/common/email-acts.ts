import type { EmailAct } from '../../../../shared/contract/account/emails.ts';

/** What can be done with an address of a forge: the primary one stays, and only a verified one can become it. */
export function emailActsOf(isVerified: boolean, isPrimary: boolean): EmailAct[] {
  const verifying: EmailAct[] = isVerified ? [] : ['sendVerification'];
  if (isPrimary) return verifying;
  return isVerified ? ['makePrimary', 'remove'] : [...verifying, 'remove'];
}
