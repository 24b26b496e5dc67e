import { createHash } from 'node:crypto';
import * as z from 'zod';
import { findRoute, serveStandIn, type Answer, type Call, type Route, type Served } from '../serve-stand-in.ts';
import { makeApiKey, makeId, type ElasticIoKey, type ElasticIoPerson } from './state.ts';

// A stand-in for elastic.io, which nobody can run here: what the documentation of its API v2 says of one's own account
// (docs/providers/elastic-io-facts.md names the page of each fact), and nothing that it does not say.

export interface ElasticIoStandIn extends Served {
  readonly people: ElasticIoPerson[];
  addPerson(email: string, password: string): ElasticIoPerson;
}

interface Context {
  readonly call: Call;
  readonly person: ElasticIoPerson;
}

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, title: string) {
    super(title);
    this.status = status;
  }
}

export async function startElasticIo(): Promise<ElasticIoStandIn> {
  const people: ElasticIoPerson[] = [];
  const served = await serveStandIn((call) => answer(people, call));
  return {
    ...served,
    people,
    addPerson(email, password) {
      const person = {
        ...{ id: makeId(), password, firstName: 'Ada', lastName: 'Lovelace', email },
        ...{ apiKey: makeApiKey(), registered: new Date(), keys: [] },
      };
      people.push(person);
      return person;
    },
  };
}

const routes: readonly Route<Context>[] = [
  { method: 'GET', path: '/v2/users/me', answer: ({ person }) => ok(describePerson(person)) },
  { method: 'POST', path: '/v2/users/me/generate-api-key', answer: replaceKey },
  {
    method: 'GET',
    path: '/v2/sshkeys',
    answer: ({ person }) => ({
      status: 200,
      json: { data: person.keys.map((key) => describeKey(key, person)), meta: {}, links: { self: '/v2/sshkeys' } },
    }),
  },
  { method: 'POST', path: '/v2/sshkeys', answer: addKey },
  { method: 'DELETE', path: '/v2/sshkeys/{id}', answer: removeKey },
];

function answer(people: readonly ElasticIoPerson[], call: Call): Answer | Promise<Answer> {
  try {
    const path = call.url.pathname.replace(/\/$/, '');
    if (!path.startsWith('/v2/')) return { status: 404, html: '<title>404</title>' };
    const person = requirePerson(people, call);
    const found = findRoute(routes, call.method, path);
    if ('route' in found) return found.route.answer({ call, person }, found.params);
    throw new Refusal(found.methods.length > 0 ? 405 : 404, 'Not Found');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message: title } = error;
    return { status, json: { errors: [{ status, title }] } };
  }
}

function requirePerson(people: readonly ElasticIoPerson[], { headers }: Call): ElasticIoPerson {
  const [, value = ''] = /^Basic (\S+)$/.exec(headers.authorization ?? '') ?? [];
  const [, email, key] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? [];
  const person = people.find((each) => each.email === email && each.apiKey === key);
  if (!person) throw new Refusal(401, 'Unauthorized');
  return person;
}

/** What it answers is not documented. */
function replaceKey({ person }: Context): Answer {
  person.apiKey = makeApiKey();
  return ok(describePerson(person));
}

const newKeySchema = z.object({
  data: z.object({
    type: z.literal('sshkey'),
    attributes: z.object({
      key: z.string().regex(/^ssh-(?:rsa|ed25519) [A-Za-z0-9+/]+=*/),
      title: z.string().optional(),
    }),
  }),
});

function addKey({ call, person }: Context): Answer {
  const parsed = newKeySchema.safeParse(JSON.parse(call.body));
  if (!parsed.success) throw new Refusal(400, 'Bad Request');
  const { key, title } = parsed.data.data.attributes;
  const digest = createHash('md5')
    .update(Buffer.from(key.split(' ')[1]!, 'base64'))
    .digest('hex');
  const fingerprint = digest.match(/../g)!.join(':');
  // Without a title the comment of the key is taken (release 22.44).
  const added = { id: makeId(), key, title: title ?? key.split(' ')[2] ?? '', fingerprint };
  person.keys.push(added);
  return { status: 201, json: { data: describeKey(added, person), meta: {} } };
}

function removeKey({ person }: Context, { id }: Readonly<Record<string, string>>): Answer {
  const others = person.keys.filter((key) => key.id !== id);
  if (others.length === person.keys.length) throw new Refusal(404, 'Not Found');
  person.keys = others;
  return { status: 204 };
}

const ok = (data: object): Answer => ({ status: 200, json: { data, meta: {} } });

function describePerson({ id, firstName, lastName, email, registered }: ElasticIoPerson): object {
  const names = { first_name: firstName, last_name: lastName, email };
  const times = { registered: registered.toISOString(), last_login: registered.toISOString() };
  return { id, type: 'user', links: { self: `/v2/users/${id}` }, attributes: { ...names, ...times } };
}

function describeKey({ id, key, title, fingerprint }: ElasticIoKey, owner: ElasticIoPerson): object {
  return {
    ...{ id, type: 'sshkey', links: { self: `/v2/sshkeys/${id}` }, attributes: { key, title, fingerprint } },
    relationships: {
      user: { data: { id: owner.id, type: 'user' }, links: { self: `/v2/users/${owner.id}` } },
    },
  };
}
