import * as z from 'zod';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccountEmails, EmailFacts, EmailsState } from '../account-emails.ts';
import { emailActsOf } from '../common/email-acts.ts';
import type { SignedSender } from '../signed-sender.ts';
import { messageOf } from './http/problem.ts';
import type { Senders } from './http/senders.ts';

const remoteEmailsSchema = z
  .array(z.object({ email: z.string().min(1).max(500), verified: z.boolean(), primary: z.boolean() }))
  .max(1_000);
type RemoteEmail = z.infer<typeof remoteEmailsSchema>[number];

const path = '/user/emails';
const refuse = (): Promise<never> => Promise.reject(new AppError('not-offered'));

export async function readEmails(send: SignedSender): Promise<EmailsState> {
  const { body } = await send({ method: 'GET', path, schema: remoteEmailsSchema });
  // Whoever adds one here gets no mail: its page sends it.
  return { sendsMail: false, emails: body.map(toEmail) };
}

/** An address is its own id. Which one is the primary, and the mail that verifies one, are on a page alone. */
export function createGiteaEmails({ send, explaining }: Pick<Senders, 'send' | 'explaining'>): AccountEmails {
  return {
    readEmails: () => readEmails(send),
    async addEmail(email) {
      await explaining(explainEmail)({ method: 'POST', path, body: { emails: [email] }, schema: z.unknown() });
    },
    async removeEmail(emailId) {
      await send({ method: 'DELETE', path, body: { emails: [emailId] }, schema: z.unknown() });
    },
    makeEmailPrimary: refuse,
    sendEmailVerification: refuse,
  };
}

function toEmail({ email, verified, primary }: RemoteEmail): EmailFacts {
  return { id: email, email, isPrimary: primary, isVerified: verified, acts: emailActsOf(verified, primary) };
}

function explainEmail(refusal: Refusal): ErrorShape | undefined {
  if (refusal.status !== 422) return undefined;
  const message = messageOf(refusal);
  // By anybody on the instance.
  if (/ has been used: /.test(message)) return ofEmail('taken');
  return /^Email address .* invalid/.test(message) ? ofEmail('not-an-email') : undefined;
}

function ofEmail(code: 'taken' | 'not-an-email'): ErrorShape {
  return { code: 'invalid-request', fields: { email: { code } } };
}
