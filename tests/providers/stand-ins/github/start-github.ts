import * as z from 'zod';
import { findRoute, serveStandIn, type Answer, type Call, type Route, type Served } from '../serve-stand-in.ts';
import { deviceRoutes } from './device-routes.ts';
import {
  answerRefusal,
  GithubRefusal,
  headersFor,
  readJson,
  requirePerson,
  toGithubCall,
  type GithubCall,
} from './github-call.ts';
import { keyRoutes } from './key-routes.ts';
import {
  makeState,
  makeTokenValue,
  type GithubApp,
  type GithubOptions,
  type GithubPerson,
  type GithubState,
  type Level,
} from './state.ts';
import { userRoutes } from './user-routes.ts';

// A stand-in for GitHub, as a server of an organisation has its addresses: the API below /api/v3. Written from GitHub's
// public documentation alone (docs/providers/github.md names the pages); nobody held it against a real one.

export interface GithubStandIn extends Served {
  readonly state: GithubState;
  addPerson(login: string): GithubPerson;
  /** The value of a new classic token. */
  addToken(owner: GithubPerson, scopes: readonly string[], expires?: Date): string;
  /** The value of a new fine-grained token. */
  addFineGrained(owner: GithubPerson, permissions: Readonly<Record<string, Level>>, expires?: Date): string;
  addApp(app?: Partial<GithubApp>): GithubApp;
  /** Types a code on the page; null: declines there. */
  typeCode(userCode: string, person: GithubPerson | null, granted?: readonly string[]): void;
}

export async function startGithub(options: GithubOptions = {}): Promise<GithubStandIn> {
  const state = makeState(options);
  const served = await serveStandIn((call) => answer(state, call));
  state.address = served.address;
  return { ...served, state, ...actsOf(state) };
}

function actsOf(state: GithubState): Omit<GithubStandIn, keyof Served | 'state'> {
  return {
    addPerson: (login) => addPerson(state, login),
    addToken: (owner, scopes, expires) => {
      const value = makeTokenValue('ghp');
      state.tokens.push({ value, owner, scopes, permissions: {}, expires });
      return value;
    },
    addFineGrained: (owner, permissions, expires) => {
      const value = makeTokenValue('github_pat');
      state.tokens.push({ value, owner, scopes: undefined, permissions, expires });
      return value;
    },
    addApp: (changes = {}) => {
      const id = state.nextId('app');
      const app = { clientId: `Ov23li${String(id).padStart(14, '0')}`, hasDeviceFlow: true, renews: false, ...changes };
      state.apps.push(app);
      return app;
    },
    typeCode: (userCode, person, granted) => {
      const index = state.codes.findIndex((each) => each.userCode === userCode);
      const found = state.codes[index];
      if (!found) throw new Error(`there is no code ${userCode}`);
      state.codes[index] = { ...found, outcome: person ?? 'denied', ...(granted && { scopes: granted }) };
    },
  };
}

const instanceRoutes: readonly Route<GithubCall>[] = [
  {
    method: 'GET',
    path: '/rate_limit',
    answer: () => ({ status: 200, json: { resources: { core: { limit: 60, remaining: 42, reset: 0, used: 18 } } } }),
  },
  {
    method: 'GET',
    path: '/meta',
    answer: (call) => {
      if (call.state.options.isClosed) requirePerson(call);
      const { version } = call.state.options;
      return { status: 200, json: { verifiable_password_authentication: true, installed_version: version } };
    },
  },
  {
    method: 'POST',
    path: '/credentials/revoke',
    answer: revoke,
  },
];
/** At github.com any token, by who is not signed in; at a server personal ones, by who is. */
function revoke(call: GithubCall): Answer {
  const { state, token } = call;
  const { revokes, isPublic } = state.options;
  if (!revokes) throw new GithubRefusal(404, 'Not Found');
  if (isPublic && token) throw new GithubRefusal(403, 'This endpoint does not take authenticated requests.');
  if (!isPublic) requirePerson(call);
  const { credentials } = readJson(call, z.object({ credentials: z.array(z.string()).min(1).max(1_000) }));
  if (!isPublic && credentials.some((each) => !/^(?:ghp|github_pat)_/.test(each)))
    throw new GithubRefusal(422, 'Validation failed, or the endpoint has been spammed.');
  state.tokens = state.tokens.filter(({ value }) => !credentials.includes(value));
  for (const each of credentials) state.refreshTokens.delete(each);
  return { status: 202 };
}

const apiRoutes = [...instanceRoutes, ...userRoutes, ...keyRoutes];

function answer(state: GithubState, call: Call): Answer | Promise<Answer> {
  const { pathname } = call.url;
  if (pathname.startsWith('/api/v3/')) return answerApi(state, call, pathname.slice('/api/v3'.length));
  const found = findRoute(deviceRoutes, call.method, pathname);
  if ('route' in found) return found.route.answer({ state, call }, found.params);
  if (call.method === 'GET' && pathname === '/login/device') return { status: 200, html: '<h1>Device Activation</h1>' };
  return { status: 404, html: '<h1>Page not found</h1>' };
}

async function answerApi(state: GithubState, call: Call, path: string): Promise<Answer> {
  state.asked.push(`${call.method} ${path}${call.url.search}`);
  let token: GithubCall['token'];
  const finish = (given: Answer): Answer => ({ ...given, headers: { ...headersFor(state, token), ...given.headers } });
  try {
    refuseCarelessRequest(state, call);
    const asking = toGithubCall(state, call);
    ({ token } = asking);
    const found = findRoute(apiRoutes, call.method, path);
    if (!('route' in found)) throw new GithubRefusal(404, 'Not Found');
    return finish(await found.route.answer(asking, found.params));
  } catch (error) {
    if (!(error instanceof GithubRefusal)) throw error;
    return finish(answerRefusal(error));
  }
}

/** What is refused whoever asks. */
function refuseCarelessRequest({ limit }: GithubState, { headers }: Call): void {
  if (!headers['user-agent']) throw new GithubRefusal(403, 'Request forbidden by administrative rules.');
  const version = headers['x-github-api-version'];
  if (version !== undefined && version !== '2022-11-28' && version !== '2026-03-10')
    throw new GithubRefusal(400, `The version ${String(version)} is not supported.`);
  if (limit) throw new GithubRefusal(limit.status, limit.message, { headers: { ...limit.headers } });
}

function addPerson(state: GithubState, login: string): GithubPerson {
  const empty = { company: null, blog: null, location: null, bio: null, twitter_username: null, hireable: null };
  const person = {
    ...{ id: state.nextId('person') + 9_000, login, created: new Date(0), twoFactor: false },
    profile: { name: null, ...empty },
    emails: [{ email: `${login}@example.org`, verified: true, primary: true }],
  };
  state.people.push(person);
  return person;
}
