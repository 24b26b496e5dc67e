import { randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import type { Notes } from '../keycloak/notes.ts';
import { addPerson, linkIdentity, oidcProvider, type KratosPerson, type KratosServer } from './kratos-server.ts';

// Everything that the app asks of Kratos, and what it may be refused: told at the real one and at the stand-in.

type Part = (server: KratosServer, notes: Notes) => Promise<void>;
type Json = Readonly<Record<string, unknown>>;

interface Form {
  readonly id: string;
  readonly ui: { readonly nodes: readonly Node[] };
}

interface Node {
  readonly attributes: { readonly id?: string; readonly text?: { readonly context: Json } };
}

/** Somebody at the service: each answer is noted by its name. */
class Client {
  readonly #server: KratosServer;
  readonly #notes: Notes;
  token = '';

  constructor(server: KratosServer, notes: Notes) {
    [this.#server, this.#notes] = [server, notes];
  }

  ask(name: string, status: number, path: string, method = 'GET', body?: unknown): Promise<unknown> {
    const headers = {
      ...{ Accept: 'application/json', 'User-Agent': 'another client' },
      ...(this.token && { 'X-Session-Token': this.token }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return this.#notes.answer(name, status, fetch(this.#server.address + path, sent));
  }

  open(name: string, form: string, query = '', status = 200): Promise<Form> {
    return this.ask(name, status, `/self-service/${form}/api${query}`) as Promise<Form>;
  }

  send(name: string, status: number, form: string, { id }: Form, filled: Json): Promise<unknown> {
    return this.ask(name, status, `/self-service/${form}?flow=${id}`, 'POST', filled);
  }

  async change(name: string, status: number, filled: Json): Promise<Form> {
    const form = await this.open(`${name}: form`, 'settings');
    return (await this.send(name, status, 'settings', form, filled)) as Form;
  }

  async signIn({ email: identifier, password }: KratosPerson): Promise<this> {
    const form = await this.open('sign-in form', 'login');
    const granted = await this.send('sign-in', 200, 'login', form, { method: 'password', identifier, password });
    this.token = (granted as { readonly session_token: string }).session_token;
    return this;
  }
}

const contextOf = ({ ui }: Form, id: string) =>
  ui.nodes.find((node) => node.attributes.id === id)?.attributes.text?.context;
const codesOf = (form: Form) =>
  (
    (contextOf(form, 'lookup_secret_codes')?.['secrets'] ?? []) as { readonly context: { readonly secret: string } }[]
  ).map(({ context }) => context.secret);
const codeOf = (secret: unknown) => new TOTP({ secret: String(secret) }).generate();

const knock: Part = async (server, notes) => {
  const nobody = new Client(server, notes);
  const person = await addPerson(server);
  const form = await nobody.open('sign-in form', 'login');
  const filled = { method: 'password', identifier: person.email, password: 'no' };
  await nobody.send('wrong password', 400, 'login', form, filled);
  await nobody.send('nobody of that name', 400, 'login', form, { ...filled, identifier: 'nobody' });
  await nobody.send('a form that is not there', 404, 'login', { ...form, id: randomUUID() }, filled);
  await nobody.ask('who am I', 401, '/sessions/whoami');
  await nobody.ask('settings', 401, '/self-service/settings/api');
  await nobody.ask('second step', 401, '/self-service/login/api?aal=aal2');
  await nobody.ask('the schema', 200, '/schemas/person');
  server.expireForms();
  await nobody.send('a form that is too old', 410, 'login', form, filled);
};

const look: Part = async (server, notes) => {
  const client = await new Client(server, notes).signIn(await addPerson(server, { name: { first: 'Ada' } }));
  await client.ask('who am I', 200, '/sessions/whoami');
  await client.open('settings', 'settings');
  await client.open('sign-in form while signed in', 'login', '', 400);
  await client.open('proof', 'login', '?refresh=true');
  await client.open('proof by a code that there is none of', 'login', '?refresh=true&aal=aal2');
  await client.ask('signing out', 204, '/self-service/logout/api', 'DELETE', { session_token: client.token });
  await client.ask('over', 401, '/sessions/whoami');
};

const writeProfile: Part = async (server, notes) => {
  const [person, other] = [await addPerson(server), await addPerson(server)];
  const client = await new Client(server, notes).signIn(person);
  const { email } = person;
  const write = (name: string, status: number, traits: Json) =>
    client.change(name, status, { method: 'profile', traits: { email, ...traits } });
  await write('all kinds', 200, {
    ...{
      name: { first: 'Ada' },
      department: 'Sales',
      languages: ['en', 'de'],
      tags: ['a'],
      seats: 3,
      newsletter: true,
    },
    ...{
      website: 'https://example.org',
      birthday: '2001-02-03',
      work: { desk: '4B', owner: 7 },
      phone: '+43 664 1234567',
    },
  });
  const wrong: Json = {
    username: 'ab',
    phone: 'abc',
    department: 'None',
    languages: ['xx'],
    tags: ['12345678901'],
    seats: 11,
    newsletter: 'x',
    website: 'no link',
    birthday: 'no day',
    nosuch: 1,
  };
  for (const [key, value] of Object.entries(wrong)) await write(`wrong: ${key}`, 400, { [key]: value });
  await write('no e-mail', 400, { email: undefined });
  await write('taken', 400, { email: other.email });
  server.ageSignIns(400);
  await write('a name, not fresh', 200, { name: { first: 'Robin' } });
  await write('an e-mail, not fresh', 403, { email: `new-${email}` });
};

const changePassword: Part = async (server, notes) => {
  const person = await addPerson(server);
  const client = await new Client(server, notes).signIn(person);
  const tries = { short: 'short', 'like the e-mail': person.email, long: 'x'.repeat(80), 'as before': person.password };
  for (const [name, password] of Object.entries(tries))
    await client.change(name, 400, { method: 'password', password });
  server.ageSignIns(400);
  await client.change('not fresh', 403, { method: 'password', password: 'Quiet-harbour-72' });
  const form = await client.open('proof', 'login', '?refresh=true');
  const filled = { method: 'password', identifier: person.email, password: person.password };
  await client.send('wrong proof', 400, 'login', form, { ...filled, password: 'no' });
  await client.send('proven', 200, 'login', form, filled);
  await client.change('changed', 200, { method: 'password', password: 'Quiet-harbour-72' });
};

const setUpSecondStep: Part = async (server, notes) => {
  const person = await addPerson(server);
  const client = await new Client(server, notes).signIn(person);
  const other = await new Client(server, notes).signIn(person);
  const form = await client.open('settings', 'settings');
  const secret = contextOf(form, 'totp_secret_key')?.['secret'];
  await client.send('wrong code', 400, 'settings', form, { method: 'totp', totp_code: '000000' });
  await client.send('right code', 200, 'settings', form, { method: 'totp', totp_code: codeOf(secret) });
  await other.ask('who am I, elsewhere', 403, '/sessions/whoami');
  await other.ask('settings, elsewhere', 403, '/self-service/settings/api');
  await other.ask('sessions, elsewhere', 403, '/sessions');
  await client.change('kept without having been made', 400, { lookup_secret_confirm: true });
  const made = await client.change('codes', 200, { lookup_secret_regenerate: true });
  await client.send('kept', 200, 'settings', made, { lookup_secret_confirm: true });
  const used = codesOf(made)[0];
  const step = await other.open('second step', 'login', '?aal=aal2');
  await other.send('wrong code', 400, 'login', step, { method: 'totp', totp_code: '000000' });
  await other.send('wrong recovery code', 400, 'login', step, { method: 'lookup_secret', lookup_secret: 'no' });
  await other.send('recovery code', 200, 'login', step, {
    method: 'lookup_secret',
    lookup_secret: used,
  });
  await other.open('second step once more', 'login', '?aal=aal2', 400);
  await other.change('shown', 200, { lookup_secret_reveal: true });
  const third = await new Client(server, notes).signIn(person);
  const again = await third.open('second step, third', 'login', '?aal=aal2');
  await third.send('used', 400, 'login', again, { method: 'lookup_secret', lookup_secret: used });
  await third.send('code of the app', 200, 'login', again, { method: 'totp', totp_code: codeOf(secret) });
  server.ageSignIns(400);
  await third.change('not fresh', 403, { lookup_secret_reveal: true });
  const proof = await third.open('proof', 'login', '?refresh=true&aal=aal2');
  await third.send('proven', 200, 'login', proof, { method: 'totp', totp_code: codeOf(secret) });
  await third.change('codes off', 200, { lookup_secret_disable: true });
  await third.change('app off', 200, { method: 'totp', totp_unlink: true });
};

const endSessions: Part = async (server, notes) => {
  const person = await addPerson(server);
  const client = await new Client(server, notes).signIn(person);
  for (let count = 0; count < 3; count += 1) await new Client(server, notes).signIn(person);
  const all = (await client.ask('sessions', 200, '/sessions?per_page=250&page=1')) as { readonly id: string }[];
  await client.ask('no more', 200, '/sessions?per_page=250&page=2');
  await client.ask('end one', 204, `/sessions/${all[0]?.id ?? ''}`, 'DELETE');
  await client.ask('end it again', 204, `/sessions/${all[0]?.id ?? ''}`, 'DELETE');
  await client.ask('end what is none', 400, '/sessions/none', 'DELETE');
  const own = (await client.ask('who am I', 200, '/sessions/whoami')) as { readonly id: string };
  await client.ask('end this one', 400, `/sessions/${own.id}`, 'DELETE');
  await client.ask('end the others', 200, '/sessions', 'DELETE');
};

const linkAccounts: Part = async (server, notes) => {
  const person = await addPerson(server);
  const client = await new Client(server, notes).signIn(person);
  await client.change('unlinking nothing', 404, { method: 'oidc', unlink: oidcProvider.id });
  await linkIdentity(server, person.id);
  await client.open('linked', 'settings');
  await client.change('unlinking another', 400, { method: 'oidc', unlink: 'nosuch' });
  await client.change('unlinked', 200, { method: 'oidc', unlink: oidcProvider.id });
};

const recover: Part = async (server, notes) => {
  const nobody = new Client(server, notes);
  const form = await nobody.open('recovery', 'recovery');
  await nobody.send('no address', 400, 'recovery', form, { method: 'link', email: 'ada' });
  await nobody.send('whoever', 200, 'recovery', form, { method: 'link', email: (await addPerson(server)).email });
};

export const conversation: Readonly<Record<string, Part>> = {
  'who is let in': knock,
  'looking only': look,
  'writes of the profile': writeProfile,
  'the password': changePassword,
  'the second step': setUpSecondStep,
  sessions: endSessions,
  'linked accounts': linkAccounts,
  recovery: recover,
};
