import { Problem } from '../../http/problem.ts';
import type { Mail } from '../../mail/message.ts';
import type { Outbox } from '../../mail/outbox.ts';
import { subjectOf, type LockOutStore } from '../../proofs/lock-out.store.ts';
import { createToken } from '../../security/tokens.ts';
import { createReplacement, type ReplacementDeps } from './replace-password.ts';
import { resetLifetime } from '../../proofs/resets.store.ts';

export interface ResetDeps extends ReplacementDeps {
  readonly lockOut: LockOutStore;
  readonly outbox: Outbox;
  /**
   * Where the links of mails lead, without a slash at its end. Never from a request: whoever asks could choose where
   * the link leads (CWE-640).
   */
  readonly linkBase: () => string;
}

/** A new password, proved by a link from a mail. Errors: Problem. */
export type ResetService = ReturnType<typeof createResetService>;

export function createResetService(deps: ResetDeps) {
  const { accounts, resets } = deps;
  const send = createSend(deps);

  return {
    /**
     * Mails a link, unless one was mailed a moment ago; returns the account's own address, most of it hidden. Errors:
     * those of the file system.
     */
    sendReset(accountId: string): string {
      send(accountId);
      return maskAddress(accounts.readContact(accountId).email);
    },

    /** For whoever asks: the same work whether or not there is such an account. Errors: those of the file system. */
    answer(identifier: string): void {
      send(accounts.find(identifier));
    },

    isGood: (token: string): boolean => resets.find(token) !== undefined,
    reset: createReset(deps),
  };
}

/** Writes one row and one file each time, for a link or for nothing. */
function createSend({ database, accounts, resets, outbox, linkBase }: ResetDeps) {
  return (accountId: string | undefined): void => {
    // In one transaction: a link that could not be mailed must not stand in the way of the next.
    database.transaction(() => {
      const token = accountId === undefined ? undefined : resets.open(accountId);
      if (accountId === undefined || token === undefined) {
        resets.pretend();
        outbox.pretend(resetMail('nobody@profile-desk.example', `${linkBase()}/auth/password-reset/${createToken()}`));
      } else {
        outbox.send(resetMail(accounts.readContact(accountId).email, `${linkBase()}/auth/password-reset/${token}`));
      }
    });
  };
}

/**
 * Whoever has the link has the mail box: it opens an account that is locked for passwords too, and ends every session.
 * Errors: not-found, invalid (next).
 */
function createReset(deps: ResetDeps) {
  const { database, accounts, sessions, lockOut, resets, passwords, notify } = deps;
  const { faultsOf, replace } = createReplacement(deps);

  return async (token: string, next: string): Promise<void> => {
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
    notify(accountId, 'password-reset');
  };
}

function resetMail(to: string, link: string): Mail {
  const text = [
    'Somebody, hopefully you, asked to set a new password for your account. This link does it:',
    link,
    `It works once, within ${String(resetLifetime / 60)} minutes. If it was not you, leave it alone.`,
  ].join('\n\n');
  return { to, subject: 'Set a new password', text };
}

/** `d***@example.com` */
function maskAddress(email: string): string {
  const [first = ''] = email;
  return `${first}***${email.slice(email.lastIndexOf('@'))}`;
}
