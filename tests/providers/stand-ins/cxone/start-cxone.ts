import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { findRoute, serveStandIn, type Answer, type Call, type Route, type Served } from '../serve-stand-in.ts';

// A stand-in for an area of NICE CXone, which nobody can run here: what the documentation of its UserHub APIs says of
// one's own account (docs/providers/cxone-facts.md names the page of each fact), and nothing that it does not say.

export interface CxoneKey {
  readonly id: string;
  readonly secret: string;
  isActive: boolean;
  lastUsed: Date | undefined;
}

export interface CxonePerson {
  readonly id: string;
  readonly password: string;
  readonly email: string;
  firstName: string;
  lastName: string;
  keys: CxoneKey[];
  /** Permissions. */
  canSeeUsers: boolean;
  canCreateKeys: boolean;
}

export interface CxoneStandIn extends Served {
  readonly people: CxonePerson[];
  /** Every secret and token that was given so far. */
  readonly issued: string[];
  addPerson(email: string, password: string): CxonePerson;
  addKey(person: CxonePerson): CxoneKey;
}

interface State {
  readonly people: CxonePerson[];
  readonly issued: string[];
  /** Token → the key that it was traded for. */
  readonly tokens: Map<string, CxoneKey>;
}

interface Context {
  readonly state: State;
  readonly call: Call;
  readonly person: CxonePerson;
}

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const tenantId = '11e85da0-f32c-7e10-898c-0242ac110003';
const tokenPath = '/authentication/v1/token/access-key';
const keysPath = '/access-key-management/v1/access-keys';

export async function startCxone(): Promise<CxoneStandIn> {
  const state: State = { people: [], issued: [], tokens: new Map() };
  const served = await serveStandIn((call) => answer(state, call));
  return {
    ...served,
    people: state.people,
    issued: state.issued,
    addPerson(email, password) {
      const rights = { canSeeUsers: true, canCreateKeys: true };
      const person = { id: randomUUID(), password, email, firstName: 'Ada', lastName: 'Lovelace', keys: [], ...rights };
      state.people.push(person);
      return person;
    },
    addKey: (person) => addKey(state, person),
  };
}

/** Base32 with padding, as those that people have shown. */
function makePart(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return `${[...randomBytes(52)].map((byte) => letters[byte % 32]).join('')}====`;
}

function addKey({ issued }: State, person: CxonePerson): CxoneKey {
  const key = { id: makePart(), secret: makePart(), isActive: true, lastUsed: undefined };
  person.keys.push(key);
  issued.push(key.secret);
  return key;
}

const routes: readonly Route<Context>[] = [
  { method: 'GET', path: keysPath, answer: listKeys },
  { method: 'POST', path: keysPath, answer: createKey },
  { method: 'PATCH', path: keysPath, answer: switchKey },
  {
    method: 'GET',
    path: `${keysPath}/{id}`,
    answer: ({ person }, { id }) => {
      const { isActive, lastUsed } = findKey(person, id);
      return { status: 200, json: { resultSet: { ...ownerOf(person), isActive, ...usedAt(lastUsed) } } };
    },
  },
  { method: 'DELETE', path: `${keysPath}/{id}`, answer: deleteKey },
  {
    method: 'GET',
    path: '/user-management/v3/users/{id}',
    answer: ({ person }, { id }) => {
      if (id !== person.id || !person.canSeeUsers) throw new Refusal(403, 'Forbidden');
      return { status: 200, json: { user: describePerson(person) } };
    },
  },
  {
    method: 'GET',
    path: '/user-management/v1/users/{id}/identities',
    answer: ({ state }, { id }) => {
      const found = state.people.find((each) => each.id === id);
      if (!found) throw new Refusal(404, 'Not Found');
      return { status: 200, json: { user: { id, fullName: `${found.firstName} ${found.lastName}` } } };
    },
  },
];

function answer(state: State, call: Call): Answer | Promise<Answer> {
  const { pathname } = call.url;
  try {
    if (pathname === tokenPath && call.method === 'POST') return trade(state, call);
    if (!/^\/(?:access-key|user)-management\//.test(pathname)) return { status: 404, html: '<title>404</title>' };
    const person = requirePerson(state, call);
    const found = findRoute(routes, call.method, pathname);
    if ('route' in found) return found.route.answer({ state, call, person }, found.params);
    throw new Refusal(found.methods.length > 0 ? 405 : 404, 'Not Found');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message } = error;
    const json = { timestamp: new Date().toISOString(), status, error: message, message, path: pathname };
    return { status, json };
  }
}

const tradeSchema = z.object({ accessKeyId: z.string(), accessKeySecret: z.string() });

function trade(state: State, { body }: Call): Answer {
  const asked = tradeSchema.safeParse(JSON.parse(body)).data;
  const keys = state.people.flatMap((person) => person.keys);
  const key = keys.find(({ id, secret }) => id === asked?.accessKeyId && secret === asked.accessKeySecret);
  if (!key?.isActive) throw new Refusal(401, 'Unauthorized');
  key.lastUsed = new Date();
  const token = randomBytes(40).toString('base64url');
  state.tokens.set(token, key);
  state.issued.push(token);
  return { status: 200, json: { access_token: token, token_type: 'Bearer', expires_in: 3_600 } };
}

/** A token counts as long as its key does. */
function requirePerson({ people, tokens }: State, { headers }: Call): CxonePerson {
  const [, token = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  const key = tokens.get(token);
  const person = people.find(({ keys }) => keys.some((each) => each === key && each.isActive));
  if (!person) throw new Refusal(401, 'Unauthorized');
  return person;
}

function listKeys({ call, person }: Context): Answer {
  if (call.url.searchParams.get('userId') !== person.id) throw new Refusal(403, 'Forbidden');
  const accessKeys = person.keys.map((key) => ({ accessKeyId: key.id, ...ownerOf(person), ...stateOf(key) }));
  return { status: 200, json: { totalRecords: accessKeys.length, _links: { self: keysPath }, accessKeys } };
}

const newKeySchema = z.object({ userId: z.string(), tenantId: z.literal(tenantId) });

function createKey({ state, call, person }: Context): Answer {
  if (!person.canCreateKeys) throw new Refusal(403, 'Forbidden');
  if (newKeySchema.safeParse(JSON.parse(call.body)).data?.userId !== person.id) throw new Refusal(400, 'Bad Request');
  const { id, secret } = addKey(state, person);
  const resultSet = { accessKeyId: id, accessKeySecret: secret, ...ownerOf(person), isActive: true };
  return { status: 200, json: { resultSet } };
}

function switchKey({ call, person }: Context): Answer {
  const key = findKey(person, call.url.searchParams.get('accessKeyId') ?? '');
  key.isActive = z.object({ isActive: z.boolean() }).parse(JSON.parse(call.body)).isActive;
  return { status: 200, json: {} };
}

function deleteKey({ person }: Context, { id }: Readonly<Record<string, string>>): Answer {
  const gone = findKey(person, id);
  person.keys = person.keys.filter((key) => key !== gone);
  return { status: 200, json: {} };
}

function findKey({ keys }: CxonePerson, id = ''): CxoneKey {
  const key = keys.find((each) => each.id === id);
  if (!key) throw new Refusal(404, 'Not Found');
  return key;
}

const ownerOf = ({ id }: CxonePerson) => ({ userId: id, tenantId, agentId: 207_932 });
const stateOf = ({ isActive, lastUsed }: CxoneKey) => ({ isActive, ...usedAt(lastUsed) });
const usedAt = (lastUsed: Date | undefined) => (lastUsed ? { lastUsedDate: lastUsed.toISOString() } : {});

function describePerson({ id, email, firstName, lastName }: CxonePerson): object {
  return {
    ...{ id, userName: email, firstName, lastName, fullName: `${firstName} ${lastName}`, emailAddress: email },
    ...{ mobileNumber: '+4930123456', country: 'DE', timeZone: 'Europe/Berlin', role: 'Agent', status: 'ACTIVE' },
  };
}
