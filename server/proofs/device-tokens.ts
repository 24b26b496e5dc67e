import { timingSafeEqual } from 'node:crypto';
import type { AccountsStore } from '../accounts/accounts.store.ts';
import type { SecretBox } from '../security/secret-box.ts';

/**
 * What a sign-in leaves with the device, so that the next one from there is counted apart from those of strangers
 * (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). It names the session it was given in and proves
 * nothing else: its holder has no more tries than that session had. Nothing is kept here: it is signed, and good until
 * the account has another password, so that whoever knew the former one has gained no tries for the new one.
 */
export type DeviceTokens = ReturnType<typeof createDeviceTokens>;

export function createDeviceTokens(secrets: Pick<SecretBox, 'fingerprint'>, accounts: AccountsStore) {
  /** `<session id>.<signature>` */
  const make = (sessionId: string, accountId: string, passwordHash: string) =>
    `${sessionId}.${secrets.fingerprint(JSON.stringify([sessionId, accountId, passwordHash]), 'device token')}`;

  return {
    /** The same again for the same session, until the password changes. */
    give: (accountId: string, sessionId: string): string =>
      make(sessionId, accountId, accounts.readPassword(accountId) ?? ''),

    /** The session in which this account gave it; undefined if it did not, or for a former password. */
    read(token: string, accountId: string, passwordHash: string): string | undefined {
      const [sessionId = ''] = token.split('.', 1);
      const [shown, due] = [Buffer.from(token), Buffer.from(make(sessionId, accountId, passwordHash))];
      return shown.length === due.length && timingSafeEqual(shown, due) ? sessionId : undefined;
    },
  };
}
