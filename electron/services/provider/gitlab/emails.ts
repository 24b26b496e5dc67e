import * as z from 'zod';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccountEmails, EmailFacts } from '../account-emails.ts';
import { emailActsOf } from '../common/email-acts.ts';
import { toSegment } from '../signed-sender.ts';
import { readPages } from './http/paging.ts';
import { readProblem } from './http/problem.ts';
import type { Senders } from './http/senders.ts';
import { readPerson } from './profile/person.ts';

const remoteEmailSchema = z.object({
  id: z.int().positive(),
  email: z.string().min(1).max(500),
  confirmed_at: z.iso.datetime({ offset: true }).nullish(),
});

const path = '/user/emails';
/** The list leaves it out, so it has no number. */
const primaryId = 'primary';
const refuse = (): Promise<never> => Promise.reject(new AppError('not-offered'));

/** Which one is the primary, and the mail that confirms one once more, are on a page alone. */
export function createGitlabEmails({ send, explaining }: Pick<Senders, 'send' | 'explaining'>): AccountEmails {
  return {
    async readEmails() {
      const [person, others] = await Promise.all([
        readPerson(send),
        readPages({ send, path, schema: remoteEmailSchema }),
      ]);
      const isVerified = typeof person.confirmed_at === 'string';
      const primary = { id: primaryId, email: person.email ?? '', isPrimary: true, isVerified };
      const emails: EmailFacts[] = person.email ? [{ ...primary, acts: emailActsOf(isVerified, true) }] : [];
      return { sendsMail: true, emails: [...emails, ...others.map(toEmail)] };
    },
    async addEmail(email) {
      await explaining(explainEmail)({ method: 'POST', path, body: { email }, schema: z.unknown() });
    },
    async removeEmail(emailId) {
      if (emailId === primaryId) throw new AppError('conflict');
      await send({ method: 'DELETE', path: `${path}/${toSegment(emailId)}`, schema: z.unknown() });
    },
    makeEmailPrimary: refuse,
    sendEmailVerification: refuse,
  };
}

function toEmail({ id, email, confirmed_at: confirmed }: z.infer<typeof remoteEmailSchema>): EmailFacts {
  const isVerified = typeof confirmed === 'string';
  return { id: String(id), email, isPrimary: false, isVerified, acts: emailActsOf(isVerified, false) };
}

function explainEmail(refusal: Refusal): ErrorShape | undefined {
  const said = refusal.status === 400 ? readProblem(refusal)?.fields.get('email') : undefined;
  if (said === undefined) return undefined;
  // By anybody on the instance.
  const code = /already been taken/.test(said) ? 'taken' : 'not-an-email';
  return { code: 'invalid-request', fields: { email: { code } } };
}
