import * as z from 'zod';
import type { Answer, Route } from '../serve-stand-in.ts';
import {
  GitlabRefusal,
  hasEnded,
  readingApi,
  readJson,
  requirePerson,
  unauthorized,
  type GitlabCall,
} from './gitlab-call.ts';
import { answerPage } from './paging.ts';
import { isSince, makeTokenValue, type GitlabPerson, type GitlabToken } from './state.ts';

const rotationSchema = z.object({ expires_at: z.string().nullish() });
const newTokenSchema = z.object({
  name: z.string().min(1),
  scopes: z.array(z.enum(['k8s_proxy', 'self_rotate'])).min(1),
  expires_at: z.string().nullish(),
});

const day = 86_400_000;
const path = '/api/v4/personal_access_tokens';

export const tokenRoutes: readonly Route<GitlabCall>[] = [
  { method: 'GET', path, answer: listTokens },
  { method: 'GET', path: `${path}/{id}`, answer: showToken },
  { method: 'POST', path: `${path}/{id}/rotate`, answer: rotate },
  { method: 'DELETE', path: `${path}/{id}`, answer: revoke },
  { method: 'POST', path: '/api/v4/user/personal_access_tokens', answer: makeNarrow },
];

function listTokens(call: GitlabCall): Answer {
  const person = requirePerson(call, readingApi);
  const wanted = isSince(call.state, '15.5') ? call.call.url.searchParams.get('state') : null;
  const found = tokensOf(call, person).filter((token) => wanted !== 'active' || isActive(token));
  return answerPage(call, found, describeToken);
}

/** `self` takes a token of any scope. */
function showToken(call: GitlabCall, { id }: Readonly<Record<string, string>>): Answer {
  if (id === 'self') {
    if (!isSince(call.state, '15.5')) return { status: 404, json: { message: '404 Not Found' } };
    return { status: 200, json: describeToken(requireOwn(call)) };
  }
  const person = requirePerson(call, readingApi);
  return { status: 200, json: describeToken(findToken(call, person, id)) };
}

/** The one before is void, and the new one has a week where nothing else is said. */
function rotate(call: GitlabCall, { id }: Readonly<Record<string, string>>): Answer {
  const { state } = call;
  if (!isSince(state, id === 'self' ? '16.10' : '16.0')) return { status: 404, json: { error: '404 Not Found' } };
  const token = id === 'self' ? requireOwn(call, ['api', 'self_rotate']) : findToken(call, requirePerson(call), id);
  const { expires_at: end } = readJson(call, rotationSchema);
  if (!isActive(token)) {
    // A token that was given away: all that came of it goes.
    if (token.isRevoked) for (const each of state.tokens) if (each.family === token.family) each.isRevoked = true;
    throw unauthorized();
  }
  const expiresAt = readEnd(end) ?? dayOf(Date.now() + 7 * day);
  const next: GitlabToken = {
    ...token,
    ...{
      id: state.nextId(),
      value: makeTokenValue(),
      created: new Date(),
      expiresAt,
      lastUsed: null,
      isRevoked: false,
    },
  };
  token.isRevoked = true;
  state.tokens.push(next);
  return { status: 200, json: { ...describeToken(next), token: next.value } };
}

function revoke(call: GitlabCall, { id }: Readonly<Record<string, string>>): Answer {
  const token = id === 'self' ? requireOwn(call) : findToken(call, requirePerson(call), id);
  token.isRevoked = true;
  return { status: 204 };
}

function makeNarrow(call: GitlabCall): Answer {
  const person = requirePerson(call);
  const { name, scopes, expires_at: end } = readJson(call, newTokenSchema);
  const id = call.state.nextId();
  const token: GitlabToken = {
    ...{ id, owner: person, name, value: makeTokenValue(), scopes, created: new Date(), family: id },
    ...{ expiresAt: readEnd(end) ?? dayOf(Date.now() + 365 * day), lastUsed: null, isRevoked: false },
  };
  call.state.tokens.push(token);
  return { status: 201, json: { ...describeToken(token), token: token.value } };
}

/** A year at most. Errors: GitlabRefusal 400. */
function readEnd(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  const moment = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(moment))
    throw new GitlabRefusal(400, '', { error: 'expires_at is invalid' });
  if (moment > Date.now() + 365 * day)
    throw new GitlabRefusal(400, '400 Bad request - Expiration date must be before the maximum lifetime of 365 days');
  return text.slice(0, 10);
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** Errors: GitlabRefusal 401: nobody but an administrator is told whether there is one. */
function findToken({ state }: GitlabCall, person: GitlabPerson, id: string | undefined): GitlabToken {
  const found = state.tokens.find(
    (token) => String(token.id) === id && (token.owner === person || person.isAdministrator),
  );
  if (!found) throw unauthorized();
  return found;
}

/** Errors: GitlabRefusal 400 for a token of OAuth. */
function requireOwn(call: GitlabCall, scopes: readonly string[] = call.scopes): GitlabToken {
  if (!call.person) throw unauthorized();
  if (!call.token)
    throw new GitlabRefusal(400, '400 Bad request - This endpoint requires token type to be a personal access token');
  requirePerson(call, scopes);
  return call.token;
}

/** Of everybody, for an administrator who names nobody. Errors: GitlabRefusal 401, of somebody else's. */
function tokensOf({ state, call }: GitlabCall, person: GitlabPerson): readonly GitlabToken[] {
  const named = call.url.searchParams.get('user_id') ?? (person.isAdministrator ? undefined : String(person.id));
  if (named !== undefined && named !== String(person.id) && !person.isAdministrator) throw unauthorized();
  return state.tokens.filter(({ owner }) => named === undefined || named === String(owner.id));
}

function isActive(token: GitlabToken): boolean {
  return !token.isRevoked && !hasEnded(token);
}

function describeToken(token: GitlabToken): object {
  const { id, name, scopes, created, expiresAt, lastUsed, isRevoked, owner } = token;
  return {
    ...{ id, name, revoked: isRevoked, created_at: created.toISOString(), description: null, scopes },
    ...{ user_id: owner.id, last_used_at: lastUsed?.toISOString() ?? null },
    ...{ active: isActive(token), expires_at: expiresAt },
  };
}
