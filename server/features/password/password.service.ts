import { preparePassword } from '../../../shared/password-policy.ts';
import type { Database } from '../../database/database.ts';
import { Problem, type FieldProblem } from '../../http/problem.ts';
import type { Notify } from '../../mail/notices.ts';
import type { Outbox } from '../../mail/outbox.ts';
import type { Preset } from '../../presets/preset.ts';
import type { PasswordHasher } from '../../security/passwords.ts';
import type { ChallengesStore } from '../auth/challenges.store.ts';
import { subjectOf, type LockOutStore } from '../auth/lock-out.store.ts';
import type { Proofs } from '../auth/proofs.ts';
import type { AccountsStore } from '../profile/accounts.store.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionsStore } from '../sessions/sessions.store.ts';
import { checkNewPassword } from './check-new-password.ts';
import type { PasswordChange } from './password.schemas.ts';
import { resetLifetime, type ResetsStore } from './resets.store.ts';

export interface PasswordParts {
  readonly database: Database;
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly challenges: ChallengesStore;
  readonly lockOut: LockOutStore;
  readonly resets: ResetsStore;
  readonly proofs: Proofs;
  readonly passwords: PasswordHasher;
  readonly outbox: Outbox;
  readonly notify: Notify;
  readonly preset: Preset;
}

/** A new password, proved by the current one or by a link from a mail. Errors: Problem. */
export function createPasswordService(parts: PasswordParts) {
  const { database, accounts, sessions, challenges, lockOut, resets, proofs, passwords, outbox, notify, preset } =
    parts;
  const policy = preset.policies.password;

  function faultsOf(accountId: string, next: string): FieldProblem[] {
    const { firstName, lastName, username } = accounts.readUser(accountId);
    return checkNewPassword(policy, next, [firstName, lastName, username, accounts.readContact(accountId).email]);
  }

  /** Everything that stands on the old password falls with it. False if somebody else was quicker. */
  function replace(accountId: string, known: string, hash: string): boolean {
    if (!accounts.replacePassword(accountId, known, hash)) return false;
    challenges.closeAll(accountId);
    resets.close(accountId);
    return true;
  }

  return {
    /** Returns how many other sessions it ended. Errors: invalid (current, next), locked-out. */
    async change({ id, accountId }: Session, { current, next, endOtherSessions }: PasswordChange): Promise<number> {
      const known = accounts.readPassword(accountId) ?? '';
      const isRight = await proofs.hasPassword(accountId, current);
      const faults = faultsOf(accountId, next);
      if (isRight && faults.length === 0 && preparePassword(current) === preparePassword(next))
        faults.push({ field: 'next', code: 'not-valid' });
      if (!isRight) faults.unshift(wrongCurrent);
      if (faults.length > 0) throw new Problem('invalid', { errors: faults });
      const hash = await passwords.hash(next);
      const ended = database.transaction(() => {
        if (!replace(accountId, known, hash)) throw new Problem('invalid', { errors: [wrongCurrent] });
        return endOtherSessions || policy.otherSessions === 'always-end' ? sessions.endOthers(accountId, id) : 0;
      });
      notify(accountId, 'password-changed');
      return ended;
    },

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

const wrongCurrent: FieldProblem = { field: 'current', code: 'not-valid' };

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
