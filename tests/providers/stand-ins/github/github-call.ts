import type * as z from 'zod';
import type { Answer, Call } from '../serve-stand-in.ts';
import type { GithubPerson, GithubState, GithubToken, Level } from './state.ts';

// A request of the API, who makes it, and what it is refused with.

/** Becomes `{message, errors, documentation_url, status}`. */
export class GithubRefusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    { errors, headers = {} }: { readonly errors?: readonly unknown[]; readonly headers?: Record<string, string> } = {},
  ) {
    super(message);
    [this.status, this.errors, this.headers] = [status, errors, headers];
  }
}

export interface GithubCall {
  readonly state: GithubState;
  readonly call: Call;
  readonly token: GithubToken | undefined;
}

/** What a route asks for: any of the scopes of a classic token, or a permission of a fine-grained one. */
export interface Need {
  readonly scopes: readonly string[];
  readonly permission: string;
  readonly level: Level;
}

/** Errors: GithubRefusal 401, for a header that is wrong. */
export function toGithubCall(state: GithubState, call: Call): GithubCall {
  const [, value] = /^(?:bearer|token) +(\S+)$/i.exec(call.headers.authorization ?? '') ?? [];
  if (value === undefined) return { state, call, token: undefined };
  const token = state.tokens.find((each) => each.value === value);
  if (!token || (token.expires && token.expires.getTime() <= Date.now()))
    throw new GithubRefusal(401, 'Bad credentials');
  return { state, call, token };
}

/**
 * Whose account it is about. Errors: GithubRefusal 401; 404 for a classic token without the scope, 403 for a
 * fine-grained one without the permission.
 */
export function requirePerson({ token, state }: GithubCall, need?: Need): GithubPerson {
  if (!token) {
    const message = state.options.isClosed ? 'Must authenticate to access this API.' : 'Requires authentication';
    throw new GithubRefusal(401, message);
  }
  if (need && token.scopes && !need.scopes.some((scope) => token.scopes?.includes(scope)))
    throw new GithubRefusal(404, 'Not Found', { headers: { 'x-accepted-oauth-scopes': need.scopes.join(', ') } });
  if (need && !token.scopes && !covers(token.permissions[need.permission], need.level))
    throw new GithubRefusal(403, 'Resource not accessible by personal access token', {
      headers: { 'x-accepted-github-permissions': `${need.permission}=${need.level}` },
    });
  return token.owner;
}

function covers(held: Level | undefined, wanted: Level): boolean {
  return held === 'write' || held === wanted;
}

/** Errors: GithubRefusal 400, 422. */
export function readJson<T extends z.ZodType>({ call }: GithubCall, schema: T): z.infer<T> {
  let json: unknown;
  try {
    json = JSON.parse(call.body || '{}');
  } catch {
    throw new GithubRefusal(400, 'Problems parsing JSON');
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw new GithubRefusal(422, 'Validation Failed', {
    errors: [{ resource: 'User', code: 'custom', field: String(path[0] ?? ''), message }],
  });
}

/** What goes with each answer of the API. */
export function headersFor(state: GithubState, token: GithubToken | undefined): Record<string, string> {
  return {
    'x-github-media-type': 'github.v3; format=json',
    'x-github-enterprise-version': state.options.version,
    'x-ratelimit-limit': token ? '5000' : '60',
    'x-ratelimit-remaining': '42',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + 3_600),
    ...(token?.scopes && { 'x-oauth-scopes': token.scopes.join(', ') }),
    // There, and without a word.
    ...(token?.value.startsWith('ghu_') && { 'x-oauth-scopes': '' }),
    ...(token?.expires && { 'github-authentication-token-expiration': toHeaderTime(token.expires) }),
  };
}

function toHeaderTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function answerRefusal({ status, message, errors, headers }: GithubRefusal): Answer {
  const documentation_url = 'https://docs.github.com/rest';
  return { status, headers, json: { message, ...(errors && { errors }), documentation_url, status: String(status) } };
}
