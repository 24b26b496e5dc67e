import * as z from 'zod';
import type { Answer, Route } from '../serve-stand-in.ts';
import { answerPage } from './paging.ts';
import { GithubRefusal, readJson, requirePerson, type GithubCall } from './github-call.ts';
import type { GithubEmail } from './state.ts';

// The person and their addresses (docs.github.com/rest/users/users, …/users/emails).

const text = (max: number) => z.string().max(max, `is too long (maximum is ${max} characters)`);

const patchSchema = z.object({
  name: text(255),
  company: text(255),
  blog: text(255),
  location: text(255),
  bio: text(160),
  twitter_username: text(15).nullable(),
  hireable: z.boolean(),
});

const writing = { scopes: ['user'], permission: 'profile', level: 'write' } as const;
const readingEmails = { scopes: ['user', 'user:email'], permission: 'email_addresses', level: 'read' } as const;
const writingEmails = { scopes: ['user'], permission: 'email_addresses', level: 'write' } as const;

export const userRoutes: readonly Route<GithubCall>[] = [
  { method: 'GET', path: '/user', answer: (call) => describePerson(call) },
  {
    method: 'PATCH',
    path: '/user',
    answer: (call) => {
      const { profile } = requirePerson(call, writing);
      const changes = readJson(call, patchSchema.partial());
      Object.assign(
        profile,
        Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value === '' ? null : value])),
      );
      return describePerson(call);
    },
  },
  {
    method: 'GET',
    path: '/user/emails',
    answer: (call) => answerPage(call, requirePerson(call, readingEmails).emails, describeEmail),
  },
  { method: 'POST', path: '/user/emails', answer: addEmails },
  { method: 'DELETE', path: '/user/emails', answer: removeEmails },
];

/** Whether it is protected by two factors only who holds the scope is told. */
function describePerson(call: GithubCall): Answer {
  const { id, login, created, profile, twoFactor } = requirePerson(call);
  const isPrivate = call.token?.scopes?.includes('user') ?? true;
  return {
    status: 200,
    json: {
      ...{ id, login, ...profile, blog: profile.blog ?? '', email: null, type: 'User', site_admin: false },
      avatar_url: `${call.state.address}/avatars/u/${String(id)}?v=4`,
      html_url: `${call.state.address}/${login}`,
      created_at: created.toISOString().replace(/\.\d+Z/, 'Z'),
      ...(isPrivate && { two_factor_authentication: twoFactor }),
    },
  };
}

function describeEmail({ email, verified, primary }: GithubEmail) {
  return { email, primary, verified, visibility: primary ? 'private' : null };
}

const emailsSchema = z.object({ emails: z.array(z.string()).min(1) });

function addEmails(call: GithubCall): Answer {
  const person = requirePerson(call, writingEmails);
  const { emails } = readJson(call, emailsSchema);
  for (const email of emails) {
    const refuse = (message: string) => {
      throw new GithubRefusal(422, 'Validation Failed', {
        errors: [{ resource: 'UserEmail', code: 'custom', field: 'email', message }],
      });
    };
    if (!/^\S+@\S+\.\S+$/.test(email)) refuse('email is invalid');
    // By anybody.
    const everybody = call.state.people.flatMap((each) => each.emails);
    if (everybody.some((each) => each.email.toLowerCase() === email.toLowerCase())) refuse('email is already in use');
    person.emails = [...person.emails, { email, verified: false, primary: false }];
  }
  return { status: 201, json: person.emails.map(describeEmail) };
}

function removeEmails(call: GithubCall): Answer {
  const person = requirePerson(call, writingEmails);
  const { emails } = readJson(call, emailsSchema);
  const removed = person.emails.filter(({ email }) => emails.includes(email));
  if (removed.length < emails.length) throw new GithubRefusal(404, 'Not Found');
  if (removed.some(({ primary }) => primary)) throw new GithubRefusal(422, 'Primary email cannot be deleted');
  person.emails = person.emails.filter((each) => !removed.includes(each));
  return { status: 204 };
}
