import type { Mail } from '../../mail/message.ts';
import { confirmationLifetime, undoLifetime } from './email-changes.store.ts';

const hours = String(confirmationLifetime / 3_600);
const days = String(undoLifetime / 86_400);

/** To the new address: only a link that was opened there shows that it is read by whom it is said to belong to. */
export function confirmationMail(to: string, link: string): Mail {
  return mail(to, 'Confirm your new e-mail address', [
    'Somebody, hopefully you, wants to use this address for their account. This link confirms it:',
    link,
    `It works once, within ${hours} hours. Until then the address before counts. If it was not you, leave it alone.`,
  ]);
}

/** To the owner of an address that another account asked for: whoever asked is told nothing of it. */
export function attemptMail(to: string): Mail {
  return mail(to, 'Somebody wanted to use your e-mail address', [
    'Somebody wants to use your e-mail address for another account. It stays with yours, and they were not told that you have one.',
    'If that was you: an address belongs to one account only. Use another one there, or change the one of this account first.',
  ]);
}

/** To the address before, while the change still waits. */
export function announcementMail(to: string, next: string, undoLink: string): Mail {
  return mail(to, 'Your e-mail address is about to change', [
    `The address of your account is to become ${next}. Until a link that was sent there is opened, yours counts.`,
    `If this was not you, this link stops it and ends all sessions of your account, within ${days} days:`,
    undoLink,
  ]);
}

export function changedMails(before: string, now: string, undoLink: string): readonly Mail[] {
  const subject = 'Your e-mail address was changed';
  return [
    mail(before, subject, [
      `The address of your account is ${now} now. Nothing is sent to this one any more.`,
      `If this was not you, this link puts your address back and ends all sessions of your account, within ${days} days:`,
      undoLink,
    ]),
    mail(now, subject, ['From now on this address signs you in to your account, and mails about it come here.']),
  ];
}

export function restoredMail(to: string, resetLink: string | undefined): Mail {
  return mail(to, 'Your e-mail address is yours again', [
    'Your address is the one of your account again, and all its sessions were ended. Whoever changed it knew a way in: set a new password now.',
    ...(resetLink === undefined ? [] : [resetLink]),
    'An API key, access keys, SSH keys and linked identities are still good. Look through them, and delete what you do not know.',
  ]);
}

function mail(to: string, subject: string, paragraphs: readonly string[]): Mail {
  return { to, subject, text: paragraphs.join('\n\n') };
}
