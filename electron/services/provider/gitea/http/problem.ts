import * as z from 'zod';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { Refusal } from '../../../http/refusal.ts';

/** There are no codes: the sentence is all that tells one refusal from another. */
const remoteProblemSchema = z.object({
  message: z.string().max(10_000),
  /** Says more where the message is the name of the status. */
  errors: z.array(z.string().max(10_000)).max(100).nullish(),
});

/** Of an instance that shows nothing to who is not signed in. */
export const closedMessage = 'Only signed in user is allowed to call APIs.';

/** What a token has to be for, in the words of the page where it is made. */
export const notPublicOnly = 'All (public, private, and limited)';

/** Empty where it says nothing. */
export function messageOf({ body }: Pick<Refusal, 'body'>): string {
  const { message = '', errors } = remoteProblemSchema.safeParse(body).data ?? {};
  return [message, ...(errors ?? [])].join(' ');
}

/** What a refusal of any route means; undefined if its status says all there is. */
export function explainProblem(refusal: Refusal): ErrorShape | undefined {
  const { status } = refusal;
  const message = messageOf(refusal);
  // Whatever stands between says something else, and must not end a session or forbid anything.
  const isOfNobody = (status === 401 || status === 403) && message === '';
  if (isOfNobody) return { code: 'untrusted-answer', reason: 'not-a-profile-service' };
  const scope = status === 403 ? findMissingScope(message) : undefined;
  if (scope !== undefined) return { code: 'forbidden', permission: scope };
  // One key or token, where a route that is not there answers without a message.
  if (status === 404 && message !== '')
    return / (?:is|are) not allowed to be /.test(message) ? { code: 'forbidden' } : { code: 'not-found' };
  return undefined;
}

/** Both are 403: the token's scopes, and a token for what is public alone. */
function findMissingScope(message: string): string | undefined {
  if (message.includes('not available for public-only tokens')) return notPublicOnly;
  const [, wanted] = /required scope\(s\), required=\[([\w:,-]{1,200})\]/.exec(message) ?? [];
  return wanted;
}
