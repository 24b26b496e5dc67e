import { Problem } from '../../http/problem.ts';
import type { Outbox } from '../../mail/outbox.ts';
import { subjectOf, type LockOutStore } from '../auth/lock-out.store.ts';
import { createReplacement, type ReplacementParts } from './replace-password.ts';
import { resetLifetime } from './resets.store.ts';

export interface ResetParts extends ReplacementParts {
  readonly lockOut: LockOutStore;
  readonly outbox: Outbox;
}

/** A new password, proved by a link from a mail. Errors: Problem. */
export type ResetService = ReturnType<typeof createResetService>;

export function createResetService(parts: ResetParts) {
  const { database, accounts, sessions, lockOut, resets, passwords, outbox, notify } = parts;
  const { faultsOf, replace } = createReplacement(parts);

  return {
    /** Mails a link below `address`, unless one was mailed a moment ago; returns the account's own address, most of it hidden. Errors: those of the file system. */
    sendReset(accountId: string, address: string): string {
      const { email } = accounts.readContact(accountId);
      // In one transaction: a link that could not be mailed must not stand in the way of the next.
      database.transaction(() => {
        const token = resets.open(accountId);
        if (token !== undefined)
          outbox.send({
            to: email,
            subject: 'Set a new password',
            text: resetText(`${address}/auth/password-reset/${token}`),
          });
      });
      return maskAddress(email);
    },

    /** Whoever has the link has the mail box: it opens a locked account too, and ends every session. Errors: not-found, invalid (next). */
    async reset(token: string, next: string): Promise<void> {
      const accountId = resets.find(token);
      if (accountId === undefined) throw new Problem('not-found');
      const errors = faultsOf(accountId, next);
      if (errors.length > 0) throw new Problem('invalid', { errors });
      const known = accounts.readPassword(accountId) ?? '';
      const hash = await passwords.hash(next);
      database.transaction(() => {
        // Twice at the same time: the first one wins.
        if (!replace(accountId, known, hash)) throw new Problem('not-found');
        sessions.endOthers(accountId);
        lockOut.clear(
          accountId,
          subjectOf(accounts.readUser(accountId).username),
          subjectOf(accounts.readContact(accountId).email),
        );
      });
      notify(accountId, 'password-changed');
    },
  };
}

function resetText(link: string): string {
  return [
    'Somebody, hopefully you, asked to set a new password for your account. This link does it:',
    link,
    `It works once, within ${String(resetLifetime / 60)} minutes. If it was not you, leave it alone.`,
  ].join('\n\n');
}

/** `d***@example.com` */
function maskAddress(email: string): string {
  const [first = ''] = email;
  return `${first}***${email.slice(email.lastIndexOf('@'))}`;
}
