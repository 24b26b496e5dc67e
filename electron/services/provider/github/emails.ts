import * as z from 'zod';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccountEmails, EmailFacts, EmailsState } from '../account-emails.ts';
import { emailActsOf } from '../common/email-acts.ts';
import { readPages } from './http/paging.ts';
import { faultsOf, messageOf } from './http/problem-body.ts';
import type { Senders } from './http/senders.ts';

const remoteEmailSchema = z.object({
  email: z.string().min(1).max(500),
  verified: z.boolean(),
  primary: z.boolean(),
});
type RemoteEmail = z.infer<typeof remoteEmailSchema>;

const path = '/user/emails';
const refuse = (): Promise<never> => Promise.reject(new AppError('not-offered'));

export async function readEmails(senders: Senders): Promise<EmailsState> {
  const send = senders('user:email');
  const all = await readPages({ send, path, schema: remoteEmailSchema, keyOf: ({ email }) => email });
  return { sendsMail: true, emails: all.map(toEmail) };
}

/** An address is its own id. Which one is the primary, and the mail that verifies one, are on a page alone. */
export function createGithubEmails(senders: Senders): AccountEmails {
  return {
    readEmails: () => readEmails(senders),
    async addEmail(email) {
      const send = senders('user', explainEmail);
      await send({ method: 'POST', path, body: { emails: [email] }, schema: z.unknown() });
    },
    async removeEmail(emailId) {
      const send = senders('user', explainRemoval);
      await send({ method: 'DELETE', path, body: { emails: [emailId] }, schema: z.unknown() });
    },
    makeEmailPrimary: refuse,
    sendEmailVerification: refuse,
  };
}

function toEmail({ email, verified, primary }: RemoteEmail): EmailFacts {
  return { id: email, email, isPrimary: primary, isVerified: verified, acts: emailActsOf(verified, primary) };
}

function textOf(refusal: Refusal): string {
  return [messageOf(refusal), ...faultsOf(refusal).map(({ code, message }) => `${code} ${message}`)].join(' ');
}

function explainEmail(refusal: Refusal): ErrorShape | undefined {
  if (refusal.status !== 422) return undefined;
  const text = textOf(refusal);
  // By this person or by anybody there: which one it says to nobody.
  const isTaken = /already (?:in use|exists|taken)|already_exists|is already/i.test(text);
  return { code: 'invalid-request', fields: { email: { code: isTaken ? 'taken' : 'not-an-email' } } };
}

/** The primary one stays, and so does the last one that is verified. */
function explainRemoval({ status }: Refusal): ErrorShape | undefined {
  return status === 422 ? { code: 'conflict' } : undefined;
}
