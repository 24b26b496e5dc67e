import { findRoute, serveStandIn, type Answer, type Call, type Served } from '../serve-stand-in.ts';
import { applicationRoutes } from './application-routes.ts';
import { emailRoutes } from './email-routes.ts';
import { answerRefusal, GiteaRefusal, toGiteaCall } from './gitea-call.ts';
import { answerKeysFile, instanceRoutes } from './instance-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { normalizeScopes } from './scopes.ts';
import { makeState, makeTokenValue, type GiteaOptions, type GiteaPerson, type GiteaState } from './state.ts';
import { tokenRoutes } from './token-routes.ts';
import { answerAvatar, userRoutes } from './user-routes.ts';
import { webRoutes } from './web-routes.ts';

// A stand-in for Gitea and Forgejo, which no package of Debian or npm brings: their API of a person's own account, and
// the pages of a browser that it leads to. Written from the source of Gitea 1.27 and from what a real one answered.

export interface GiteaStandIn extends Served {
  readonly state: GiteaState;
  addPerson(login: string, password: string): GiteaPerson;
  /** The value of a new token. Scopes as in `write:user`. */
  addToken(person: GiteaPerson, name: string, scopes: readonly string[]): string;
}

export async function startGitea(options: GiteaOptions = {}): Promise<GiteaStandIn> {
  const state = makeState(options);
  const served = await serveStandIn((call) => answer(state, call));
  state.address = served.address;
  return {
    ...served,
    state,
    addPerson: (login, password) => addPerson(state, login, password),
    addToken: (owner, name, scopes) => {
      const [value, created] = [makeTokenValue(), new Date()];
      const token = { id: state.nextId(), owner, name, value, scopes: normalizeScopes(scopes) };
      state.tokens.push({ ...token, created, lastUsed: created });
      return value;
    },
  };
}

const apiRoutes = [
  ...instanceRoutes,
  ...userRoutes,
  ...emailRoutes,
  ...keyRoutes,
  ...tokenRoutes,
  ...applicationRoutes,
];

/** Its packages: a registry of containers, which other programs have at the same path. */
function answerRegistry(pathname: string): Answer | undefined {
  if (!/^\/v2\/(?:$|.*\/)/.test(pathname)) return undefined;
  return {
    status: 401,
    json: { errors: [{ code: 'UNAUTHORIZED', message: '' }] },
    headers: { 'docker-distribution-api-version': 'registry/2.0' },
  };
}

function answer(state: GiteaState, call: Call): Answer | Promise<Answer> {
  const { pathname } = call.url;
  if (!pathname.startsWith('/api/')) {
    const found = findRoute(webRoutes, call.method, pathname);
    if ('route' in found) return found.route.answer({ state, call }, found.params);
    return (
      answerKeysFile(state, pathname) ??
      answerAvatar(state, pathname) ??
      answerRegistry(pathname) ?? { status: 404, text: '404 page not found\n' }
    );
  }
  try {
    return answerApi(state, call, pathname);
  } catch (error) {
    if (!(error instanceof GiteaRefusal)) throw error;
    return answerRefusal(error, state);
  }
}

function answerApi(state: GiteaState, call: Call, pathname: string): Answer | Promise<Answer> {
  const found = findRoute(apiRoutes, call.method, pathname);
  if ('route' in found) return found.route.answer(toGiteaCall(state, call), found.params);
  return found.methods.length > 0
    ? { status: 405, headers: { allow: found.methods.join(', ') } }
    : { status: 404, text: '404 page not found\n' };
}

function addPerson(state: GiteaState, login: string, password: string): GiteaPerson {
  const settings = {
    ...{ full_name: '', website: '', description: '', location: '', language: '', theme: 'gitea-auto' },
    ...{ diff_view_style: '', hide_email: false, hide_activity: false },
    ...(state.options.flavour === 'forgejo' && { pronouns: '' }),
  };
  const emails = [{ email: `${login}@example.org`, verified: true, primary: true }];
  const rest = {
    avatar: undefined,
    otp: undefined,
    lastLogin: new Date(0),
    hasSecurityKey: false,
    obstacle: undefined,
  };
  const person = { id: state.nextId(), login, password, created: new Date(), emails, settings, ...rest };
  state.people.push(person);
  return person;
}
