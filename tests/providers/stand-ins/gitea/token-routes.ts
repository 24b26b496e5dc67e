import * as z from 'zod';
import type { Answer, Route } from '../serve-stand-in.ts';
import { findToken, GiteaRefusal, readJson, requireUserScope, type GiteaCall } from './gitea-call.ts';
import { answerPage } from './paging.ts';
import { includesScope, normalizeScopes, type ScopeName } from './scopes.ts';
import { isSince127, makeTokenValue, type GiteaPerson, type GiteaState, type GiteaToken } from './state.ts';
import { toTime } from './user-routes.ts';

const tokenSchema = z.object({ name: z.string().min(1), scopes: z.array(z.string()).default([]) });

export const tokenRoutes: readonly Route<GiteaCall>[] = [
  {
    method: 'GET',
    path: '/api/v1/users/{login}/tokens',
    answer: (call, { login }) => {
      const person = requireOwner(call, login!);
      // By the second, and within one as they come.
      const second = ({ created }: GiteaToken) => Math.floor(created.getTime() / 1_000);
      const newestFirst = tokensOf(call.state, person).toSorted((one, other) => second(other) - second(one));
      return answerPage(call, newestFirst, (token) => describeToken(token));
    },
  },
  {
    method: 'POST',
    path: '/api/v1/users/{login}/tokens',
    answer: (call, { login }) => addToken(call, requireOwner(call, login!)),
  },
  {
    method: 'DELETE',
    path: '/api/v1/users/{login}/tokens/{token}',
    answer: (call, { login, token }) => removeToken(call.state, requireOwner(call, login!), token!),
  },
  {
    method: 'GET',
    path: '/api/v1/token',
    answer: (call) => {
      if (!isSince127(call.state)) return notHere;
      const { id, name, scopes, created, lastUsed, owner } = requireOwnToken(call);
      const times = { created_at: toTime(created), last_used_at: toTime(lastUsed) };
      return { status: 200, json: { id, name, scopes, ...times, user: { id: owner.id, login: owner.login } } };
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/token',
    answer: (call) => {
      if (!isSince127(call.state)) return notHere;
      const own = requireOwnToken(call);
      call.state.tokens = call.state.tokens.filter((token) => token !== own);
      return { status: 204 };
    },
  },
];

const notHere: Answer = { status: 404, text: '404 page not found\n' };

/** The header has to say Basic. A token may stand in it for the password. */
function requireOwner(call: GiteaCall, login: string): GiteaPerson {
  requireUserScope(call.scopes, call.call.method);
  const owner = call.state.people.find((person) => person.login.toLowerCase() === login.toLowerCase());
  if (!owner) throw new GiteaRefusal(404, 'user redirect does not exist [name: ' + login + ']');
  if (owner !== call.person) throw new GiteaRefusal(403, 'doer should be the site admin or be same as the contextUser');
  if (!call.isBasic) throw new GiteaRefusal(401, 'auth required');
  return owner;
}

/** For a token that was handed in as one. */
function requireOwnToken({ state, call, person, isBasic }: GiteaCall): GiteaToken {
  if (!person) throw new GiteaRefusal(401, 'token is required');
  const value = (call.headers.authorization ?? '').split(' ').at(-1) ?? '';
  const token = isBasic ? undefined : findToken(state, value);
  if (!token) throw new GiteaRefusal(404, 'invalid access token');
  return token;
}

function addToken(call: GiteaCall, owner: GiteaPerson): Answer {
  const { name, scopes: asked } = readJson(call, tokenSchema);
  if (tokensOf(call.state, owner).some((token) => token.name === name))
    throw new GiteaRefusal(400, 'access token name has been used already');
  const scopes = readScopes(asked);
  const { scopes: held } = call;
  // Before 1.27 a token made a mightier one.
  if (isSince127(call.state) && held && !scopes.every((scope) => includesScope(held, scope)))
    throw new GiteaRefusal(403, 'cannot create an access token with a broader scope than the authenticating token');
  const created = new Date();
  const value = makeTokenValue();
  const token = { id: call.state.nextId(), owner, name, value, scopes, created, lastUsed: created };
  call.state.tokens.push(token);
  // Without its times, which are zero at this moment.
  const never = '0001-01-01T00:00:00Z';
  return { status: 201, json: { ...describeToken(token, value), created_at: never, last_used_at: never } };
}

function readScopes(asked: readonly string[]): readonly ScopeName[] {
  let scopes: readonly ScopeName[];
  try {
    scopes = normalizeScopes(asked);
  } catch (error) {
    throw new GiteaRefusal(400, `invalid access token scope provided: ${(error as Error).message}`);
  }
  if (scopes.length === 0) throw new GiteaRefusal(400, 'access token must have a scope');
  return scopes;
}

/** By its id, or by its name where that is not a number. */
function removeToken(state: GiteaState, owner: GiteaPerson, which: string): Answer {
  // Of digits alone: 1e5 is a name.
  const id = /^\d+$/.test(which) ? Number(which) : 0;
  const found = tokensOf(state, owner).find((token) => (id ? token.id === id : token.name === which));
  if (!found) throw new GiteaRefusal(404, 'not found');
  state.tokens = state.tokens.filter((token) => token !== found);
  return { status: 204 };
}

function tokensOf({ tokens }: GiteaState, person: GiteaPerson): GiteaToken[] {
  return tokens.filter(({ owner }) => owner === person);
}

function describeToken({ id, name, value, scopes, created, lastUsed }: GiteaToken, shown = ''): object {
  const times = { created_at: toTime(created), last_used_at: toTime(lastUsed) };
  return { id, name, sha1: shown, token_last_eight: value.slice(-8), scopes, ...times };
}
