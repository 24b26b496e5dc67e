import * as z from 'zod';
import type { Route } from '../serve-stand-in.ts';
import { GiteaRefusal, readJson, requirePerson, type GiteaCall } from './gitea-call.ts';
import type { GiteaPerson } from './state.ts';

// There is no way to make an address the primary one, nor to have its mail sent again.

const emailsSchema = z.object({ emails: z.array(z.string()).default([]) });

export const emailRoutes: readonly Route<GiteaCall>[] = [
  {
    method: 'GET',
    path: '/api/v1/user/emails',
    answer: (call) => ({ status: 200, json: listEmails(requirePerson(call)) }),
  },
  {
    method: 'POST',
    path: '/api/v1/user/emails',
    answer: (call) => {
      const person = requirePerson(call);
      requireOwn(call);
      const { emails } = readJson(call, emailsSchema);
      if (emails.length === 0) throw new GiteaRefusal(422, 'Email list empty');
      // One after the other: what stands before a bad one is added.
      for (const email of emails) addEmail(call, person, email);
      return { status: 201, json: listEmails(person) };
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/user/emails',
    answer: (call) => {
      const person = requirePerson(call);
      requireOwn(call);
      for (const email of readJson(call, emailsSchema).emails) removeEmail(person, email);
      return { status: 204 };
    },
  },
];

function requireOwn({ state }: GiteaCall): void {
  if (state.options.emailsAreManaged) throw new GiteaRefusal(404, 'emails are not allowed to be changed');
}

function addEmail({ state }: GiteaCall, person: GiteaPerson, email: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new GiteaRefusal(422, `Email address "${email}" invalid`);
  const isUsed = state.people.some(({ emails }) =>
    emails.some((other) => other.email.toLowerCase() === email.toLowerCase()),
  );
  if (isUsed) throw new GiteaRefusal(422, `Email address has been used: ${email}`);
  person.emails.push({ email, verified: !state.options.confirmsEmails, primary: false });
}

function removeEmail(person: GiteaPerson, email: string): void {
  const at = person.emails.findIndex((other) => other.email.toLowerCase() === email.toLowerCase());
  if (at < 0) throw new GiteaRefusal(404, `Email address does not exist [email: ${email}]`);
  // Nobody wrote a sentence for this one.
  if (person.emails[at]!.primary) throw new GiteaRefusal(500, '');
  person.emails.splice(at, 1);
}

/** Whose they are is left out. */
function listEmails({ emails }: GiteaPerson): object[] {
  return emails.map((email) => ({ ...email, user_id: 0, username: '' }));
}
