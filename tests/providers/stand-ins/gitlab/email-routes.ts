import * as z from 'zod';
import type { Answer, Route } from '../serve-stand-in.ts';
import { GitlabRefusal, readJson, requirePerson, type GitlabCall } from './gitlab-call.ts';
import { answerPage } from './paging.ts';
import type { GitlabEmail, GitlabState } from './state.ts';

// Addresses beside the primary one, which this list leaves out.

const addedSchema = z.object({ email: z.string() });

export const emailRoutes: readonly Route<GitlabCall>[] = [
  {
    method: 'GET',
    path: '/api/v4/user/emails',
    answer: (call) => answerPage(call, requirePerson(call).emails, describeEmail),
  },
  { method: 'POST', path: '/api/v4/user/emails', answer: addEmail },
  {
    method: 'DELETE',
    path: '/api/v4/user/emails/{id}',
    answer: (call, { id }) => {
      const person = requirePerson(call);
      const found = person.emails.find((each) => String(each.id) === id);
      if (!found) throw new GitlabRefusal(404, '404 Email Not Found');
      person.emails = person.emails.filter((each) => each !== found);
      return { status: 204 };
    },
  },
];

function addEmail(call: GitlabCall): Answer {
  const person = requirePerson(call);
  const email = readJson(call, addedSchema).email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new GitlabRefusal(400, { email: ['is invalid'] });
  if (isTaken(call.state, email)) throw new GitlabRefusal(400, { email: ['has already been taken'] });
  const added: GitlabEmail = { id: call.state.nextId(), email, confirmedAt: null };
  person.emails.push(added);
  return { status: 201, json: describeEmail(added) };
}

/** Once on the whole instance. */
function isTaken({ people }: GitlabState, email: string): boolean {
  return people.some((each) => each.email === email || each.emails.some((other) => other.email === email));
}

function describeEmail({ id, email, confirmedAt }: GitlabEmail): object {
  return { id, email, confirmed_at: confirmedAt?.toISOString() ?? null };
}
