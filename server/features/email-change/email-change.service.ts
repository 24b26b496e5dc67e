import type { Database } from '../../database/database.ts';
import type { MailQueue } from '../../mail/mail-queue.ts';
import type { ChallengesStore } from '../../proofs/challenges.store.ts';
import type { ResetsStore } from '../../proofs/resets.store.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import { keyOf } from '../../accounts/identifier-key.ts';
import type { SessionsStore } from '../../accounts/sessions.store.ts';
import type { EmailChangesStore, EmailLink, PendingEmail } from './email-changes.store.ts';
import { announcementMail, attemptMail, changedMails, confirmationMail, restoredMail } from './email-mails.ts';

export interface EmailChangeDeps {
  readonly database: Database;
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly challenges: ChallengesStore;
  readonly resets: ResetsStore;
  readonly emailChanges: EmailChangesStore;
  readonly mails: MailQueue;
  /** Where the links of mails lead, without a slash at its end. */
  readonly linkBase: () => string;
}

/** How opening a link ended: `taken` if the address belongs to another account by now. */
export type LinkOutcome = 'done' | 'taken' | 'gone';

/**
 * An address counts, for signing in and for mails, only once a link that was sent there was opened; the one before is
 * told at once, and can stop the change or take it back. Whether an address has an account already is told to its owner
 * only.
 */
export type EmailChangeService = ReturnType<typeof createEmailChangeService>;

export function createEmailChangeService(deps: EmailChangeDeps) {
  return { ...wishes(deps), ...links(deps) };
}

function wishes({ database, accounts, emailChanges, mails, linkBase }: EmailChangeDeps) {
  /** The same mail's work whether or not somebody has this address. */
  function writeTo(accountId: string, email: string, token: string): void {
    const owner = accounts.find(email);
    const isAnothers = owner !== undefined && owner !== accountId;
    mails.add(isAnothers ? attemptMail(email) : confirmationMail(email, `${linkBase()}/links/email/${token}`));
  }

  return {
    read: (accountId: string): PendingEmail | undefined => emailChanges.read(accountId),

    /** Within the transaction that changes the record; its mails are to be delivered after it. */
    request(accountId: string, email: string): void {
      const current = accounts.readContact(accountId).email;
      if (email === current) {
        emailChanges.close(accountId);
        return;
      }
      const token = emailChanges.open(accountId, email);
      // The same wish a moment ago: the mails are on their way.
      if (token === undefined) return;
      writeTo(accountId, email, token);
      const undo = emailChanges.openUndo(accountId, current);
      mails.add(announcementMail(current, email, `${linkBase()}/links/email-undo/${undo}`));
    },

    /** The confirmation once more, unless it was sent a moment ago. Undefined if none is waited for. */
    resend(accountId: string): PendingEmail | undefined {
      database.transaction(() => {
        const waiting = emailChanges.read(accountId);
        const token = waiting && emailChanges.open(accountId, waiting.email);
        if (waiting && token !== undefined) writeTo(accountId, waiting.email, token);
      });
      mails.deliver();
      return emailChanges.read(accountId);
    },

    cancel(accountId: string): void {
      emailChanges.close(accountId);
    },
  };
}

function links(deps: EmailChangeDeps) {
  const { database, accounts, resets, emailChanges, mails, linkBase } = deps;

  /** Returns whether it was free. */
  function write({ accountId, email }: EmailLink): boolean {
    const owner = accounts.find(email);
    if (owner !== undefined && owner !== accountId) return false;
    accounts.writeContact(accountId, { ...accounts.readContact(accountId), email });
    return true;
  }

  function delivered(act: () => LinkOutcome): LinkOutcome {
    const outcome = database.transaction(act);
    mails.deliver();
    return outcome;
  }

  return {
    find: (token: string): EmailLink | undefined => emailChanges.find(token),
    findUndo: (token: string): EmailLink | undefined => emailChanges.findUndo(token),

    confirm: (token: string): LinkOutcome =>
      delivered(() => {
        const link = emailChanges.find(token);
        if (!link) return 'gone';
        const { accountId, email } = link;
        const before = accounts.readContact(accountId).email;
        if (!write(link)) return 'taken';
        emailChanges.close(accountId);
        // A reset link in the former mail box must not outlive it.
        resets.close(accountId);
        const undo = emailChanges.openUndo(accountId, before);
        for (const mail of changedMails(before, email, `${linkBase()}/links/email-undo/${undo}`)) mails.add(mail);
        return 'done';
      }),

    /** "This was not me": the former address is back, and whoever was signed in is no more. */
    undo: (token: string): LinkOutcome =>
      delivered(() => {
        const link = emailChanges.findUndo(token);
        if (!link) return 'gone';
        const { accountId, email } = link;
        if (keyOf(accounts.readContact(accountId).email) !== keyOf(email) && !write(link)) return 'taken';
        emailChanges.close(accountId);
        emailChanges.closeUndo(link);
        closeAll(deps, accountId);
        const reset = resets.open(accountId);
        mails.add(restoredMail(email, reset && `${linkBase()}/auth/password-reset/${reset}`));
        return 'done';
      }),
  };
}

function closeAll({ sessions, challenges, resets }: EmailChangeDeps, accountId: string): void {
  sessions.endOthers(accountId);
  challenges.closeAll(accountId);
  resets.close(accountId);
}
