import type { Email } from '../../../shared/contract/account/emails.ts';

/** The e-mail addresses of an account that can have several (R5). Which acts there are, its operations say. */
export interface AccountEmails {
  /** Errors: not-offered. */
  readEmails(): Promise<EmailsState>;
  /** Errors: forbidden; invalid-request (`email`: not-an-email, taken; limit-reached). */
  addEmail(email: string): Promise<void>;
  /** Errors: forbidden, not-found; conflict, of one that has to stay. */
  removeEmail(emailId: string): Promise<void>;
  /** Errors: forbidden, not-found; conflict, of one that is not verified. */
  makeEmailPrimary(emailId: string): Promise<void>;
  /** Sends the mail with the link once more. Errors: forbidden, not-found. */
  sendEmailVerification(emailId: string): Promise<void>;
}

export interface EmailsState {
  /** Whether a mail with a link goes to an address that is added. */
  readonly sendsMail: boolean;
  /** In any order; each id once. */
  readonly emails: readonly EmailFacts[];
}

export type EmailFacts = Readonly<Email>;
