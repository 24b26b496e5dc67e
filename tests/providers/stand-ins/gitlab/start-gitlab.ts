import { findRoute, serveStandIn, type Answer, type Call, type Served } from '../serve-stand-in.ts';
import { emailRoutes } from './email-routes.ts';
import { GitlabRefusal, toGitlabCall } from './gitlab-call.ts';
import { keyRoutes } from './key-routes.ts';
import {
  makeState,
  makeTokenValue,
  type GitlabApplication,
  type GitlabOptions,
  type GitlabPerson,
  type GitlabState,
} from './state.ts';
import { tokenRoutes } from './token-routes.ts';
import { answerAvatar, userRoutes } from './user-routes.ts';
import { webRoutes } from './web-routes.ts';

// A stand-in for GitLab, of which there is no package: a person's own account in its API, and the pages of a browser
// that it leads to. Written from GitLab's documentation and source (docs/providers/gitlab.md says which).

export interface GitlabStandIn extends Served {
  readonly state: GitlabState;
  addPerson(username: string, password: string): GitlabPerson;
  /** The value of a new token. `expiresAt` as `YYYY-MM-DD`; a year from now if left out. */
  addToken(person: GitlabPerson, name: string, scopes: readonly string[], expiresAt?: string | null): string;
  addApplication(application: Partial<GitlabApplication>): GitlabApplication;
}

export async function startGitlab(options: GitlabOptions = {}): Promise<GitlabStandIn> {
  const state = makeState(options);
  const served = await serveStandIn((call) => answer(state, call));
  state.address = served.address + state.options.root;
  return {
    ...served,
    address: state.address,
    state,
    addPerson: (username, password) => addPerson(state, username, password),
    addToken: (owner, name, scopes, expiresAt = inOneYear()) => {
      const [id, value] = [state.nextId(), makeTokenValue()];
      const rest = { created: new Date(), lastUsed: null, isRevoked: false, family: id };
      state.tokens.push({ id, owner, name, value, scopes, expiresAt, ...rest });
      return value;
    },
    addApplication: (application) => {
      const known = { name: 'Profile Desk', redirectUris: ['http://127.0.0.1/callback'], scopes: ['openid', 'api'] };
      const added = { clientId: `client-${state.nextId()}`, secret: null, ...known, ...application };
      state.applications.push(added);
      return added;
    },
  };
}

function inOneYear(): string {
  return new Date(Date.now() + 364 * 86_400_000).toISOString().slice(0, 10);
}

const apiRoutes = [...userRoutes, ...emailRoutes, ...keyRoutes, ...tokenRoutes];

function answer(state: GitlabState, call: Call): Answer | Promise<Answer> {
  const { pathname } = call.url;
  const { root } = state.options;
  if (!pathname.startsWith(`${root}/`)) return { status: 404, html: '<h1>404</h1>' };
  const path = pathname.slice(root.length);
  if (path.startsWith('/api/')) return answerApi(state, call, path);
  const found = findRoute(webRoutes, call.method, path);
  if ('route' in found) return found.route.answer({ state, call }, found.params);
  return answerAvatar(state, pathname) ?? { status: 404, html: '<h1>404: Page not found</h1>' };
}

function answerApi(state: GitlabState, call: Call, path: string): Answer | Promise<Answer> {
  if (state.requestsLeft <= 0) return tooMany();
  state.requestsLeft -= 1;
  try {
    const found = findRoute(apiRoutes, call.method, path);
    if ('route' in found) return found.route.answer(toGitlabCall(state, call), found.params);
    return found.methods.length > 0
      ? { status: 405, json: { error: '405 Not Allowed' }, headers: { allow: found.methods.join(', ') } }
      : { status: 404, json: { error: '404 Not Found' } };
  } catch (error) {
    if (!(error instanceof GitlabRefusal)) throw error;
    return error.answer;
  }
}

/** Plain text. */
function tooMany(): Answer {
  const reset = Math.ceil(Date.now() / 1_000) + 30;
  return {
    status: 429,
    text: 'Retry later\n',
    headers: {
      'retry-after': '30',
      'ratelimit-limit': '60',
      'ratelimit-observed': '61',
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(reset),
      'ratelimit-resettime': new Date(reset * 1_000).toUTCString(),
    },
  };
}

function addPerson(state: GitlabState, username: string, password: string): GitlabPerson {
  const person: GitlabPerson = {
    ...{ id: state.nextId(), username, password, created: new Date(), name: username },
    ...{ email: `${username}@example.org`, emails: [], avatar: undefined, pronouns: null, identities: [] },
    details: { bio: '', location: '', website_url: '', organization: '', job_title: '' },
    status: { emoji: null, message: null, availability: 'not_set', clear_status_at: null },
    preferences: {
      view_diffs_file_by_file: false,
      show_whitespace_in_diffs: true,
      pass_user_identities_to_ci_jwt: false,
    },
    hasSecondFactor: false,
    isAdministrator: false,
    obstacle: undefined,
  };
  state.people.push(person);
  return person;
}
