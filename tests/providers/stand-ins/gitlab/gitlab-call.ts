import type * as z from 'zod';
import type { Answer, Call } from '../serve-stand-in.ts';
import type { GitlabPerson, GitlabState, GitlabToken } from './state.ts';

// A request of the API, and who makes it.

type Message = string | Readonly<Record<string, readonly string[]>>;

/** Becomes `{message}`, or the body that it is given. */
export class GitlabRefusal extends Error {
  readonly answer: Answer;

  constructor(status: number, message: Message, body: object = { message }) {
    super(typeof message === 'string' ? message : JSON.stringify(message));
    this.answer = { status, json: body };
  }
}

export interface GitlabCall {
  readonly state: GitlabState;
  readonly call: Call;
  readonly person: GitlabPerson | undefined;
  readonly scopes: readonly string[];
  /** The personal access token that came with it; undefined for one of OAuth. */
  readonly token: GitlabToken | undefined;
}

/** What a route takes: any of these, as it names them itself. */
const reading = ['read_user', 'api', 'read_api'];
const writing = ['api'];

/** Errors: GitlabRefusal 401 for a token that is none any more, 403 where the account is held up. */
export function toGitlabCall(state: GitlabState, call: Call): GitlabCall {
  const value = valueOf(call);
  const who = value === undefined ? nobody : (findByPersonal(state, value) ?? findByOauth(state, value));
  if (value !== undefined && !who) throw unauthorized();
  const found = who ?? nobody;
  if (found.person?.obstacle) throw new GitlabRefusal(403, `403 Forbidden - ${found.person.obstacle}`);
  return { state, call, ...found };
}

/** The person, for what is theirs. Errors: GitlabRefusal 401, or 403 for a token without one of the scopes. */
export function requirePerson(
  { person, scopes, call }: GitlabCall,
  wanted: readonly string[] = call.method === 'GET' ? reading : writing,
): GitlabPerson {
  if (!person) throw unauthorized();
  if (!wanted.some((scope) => scopes.includes(scope))) throw insufficient(wanted);
  return person;
}

/** Of lists of tokens, which who may only read profiles does not see. */
export const readingApi: readonly string[] = ['api', 'read_api'];

/** The body, JSON. Errors: GitlabRefusal 400. */
export function readJson<T extends z.ZodType>({ call }: GitlabCall, schema: T): z.infer<T> {
  let json: unknown;
  try {
    json = JSON.parse(call.body || '{}');
  } catch {
    throw new GitlabRefusal(400, '', { error: 'Problems parsing JSON' });
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const { path } = read.error.issues[0]!;
  const field = path.map(String).join('.');
  const isThere = typeof json === 'object' && json !== null && field in json;
  throw new GitlabRefusal(400, '', { error: isThere ? `${field} is invalid` : `${field} is missing` });
}

export function unauthorized(): GitlabRefusal {
  return new GitlabRefusal(401, '401 Unauthorized');
}

function insufficient(wanted: readonly string[]): GitlabRefusal {
  const text = 'The request requires higher privileges than provided by the access token.';
  return new GitlabRefusal(403, text, {
    error: 'insufficient_scope',
    error_description: text,
    scope: wanted.join(' '),
  });
}

type Caller = Pick<GitlabCall, 'person' | 'scopes' | 'token'>;
const nobody: Caller = { person: undefined, scopes: [], token: undefined };

function valueOf({ headers }: Call): string | undefined {
  const given = headers['private-token'];
  if (typeof given === 'string') return given;
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Errors: GitlabRefusal 401, of one that was good before. */
function findByPersonal({ tokens }: GitlabState, value: string): Caller | undefined {
  const token = tokens.find((each) => each.value === value);
  if (!token) return undefined;
  if (token.isRevoked) throw invalid('Token was revoked. You have to re-authorize from the user.');
  if (hasEnded(token)) throw invalid('Token is expired. You can either do re-authorization or token refresh.');
  token.lastUsed = new Date();
  return { person: token.owner, scopes: token.scopes, token };
}

export function hasEnded({ expiresAt }: Pick<GitlabToken, 'expiresAt'>): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now();
}

function findByOauth({ grants }: GitlabState, value: string): Caller | undefined {
  const grant = grants.find(({ access }) => access === value);
  if (!grant) return undefined;
  if (grant.isRevoked) throw invalid('Token was revoked. You have to re-authorize from the user.');
  if (grant.expiresAt <= Date.now())
    throw invalid('Token is expired. You can either do re-authorization or token refresh.');
  return { person: grant.person, scopes: grant.scopes, token: undefined };
}

function invalid(description: string): GitlabRefusal {
  return new GitlabRefusal(401, description, { error: 'invalid_token', error_description: description });
}
