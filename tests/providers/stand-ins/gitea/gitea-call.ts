import { TOTP } from 'otpauth';
import type * as z from 'zod';
import type { Answer, Call } from '../serve-stand-in.ts';
import { includesScope, scopesOfGrant, type ScopeName } from './scopes.ts';
import { isSince127, type GiteaPerson, type GiteaState, type GiteaToken } from './state.ts';

// A request of the API, and who makes it.

/** Becomes `{message, url}`, or `{message}` where it is about the person rather than the request. */
export class GiteaRefusal extends Error {
  readonly status: number;
  readonly hasUrl: boolean;

  constructor(status: number, message: string, hasUrl = true) {
    super(message);
    this.status = status;
    this.hasUrl = hasUrl;
  }
}

interface Caller {
  readonly person: GiteaPerson | undefined;
  /** undefined: a password, which may do everything. */
  readonly scopes: readonly ScopeName[] | undefined;
  /** The header said Basic, even if a token stood in it for the password. */
  readonly isBasic: boolean;
}

export interface GiteaCall extends Caller {
  readonly state: GiteaState;
  readonly call: Call;
}

/** Errors: GiteaRefusal 401 for what is wrong in the header, 403 where the web pages ask for something first. */
export function toGiteaCall(state: GiteaState, call: Call): GiteaCall {
  const caller = findCaller(state, call);
  const obstacle = caller.person?.obstacle;
  if (obstacle) throw new GiteaRefusal(403, sayObstacle(obstacle, state.address), false);
  if (state.options.isClosed && !caller.person)
    throw new GiteaRefusal(403, 'Only signed in user is allowed to call APIs.', false);
  return { ...caller, state, call };
}

/** The person, for what is theirs alone. Errors: GiteaRefusal 401, or 403 for a token without the scope. */
export function requirePerson({ state, person, scopes, call }: GiteaCall): GiteaPerson {
  requireUserScope(scopes, call.method);
  if (!person) throw new GiteaRefusal(401, 'token is required');
  if (isSince127(state) && scopes?.includes('public-only') && call.url.pathname !== '/api/v1/user')
    throw new GiteaRefusal(403, 'this endpoint is not available for public-only tokens');
  return person;
}

export function requireUserScope(scopes: readonly ScopeName[] | undefined, method: string): void {
  if (!scopes) return;
  const wanted = method === 'GET' ? 'read:user' : 'write:user';
  if (!includesScope(scopes, wanted))
    throw new GiteaRefusal(
      403,
      `token does not have at least one of required scope(s), required=[${wanted}], token scope=${scopes.join(',')}`,
    );
}

/** The body. Errors: GiteaRefusal 422, as in `[FullName]: MaxSize`. */
export function readJson<T extends z.ZodType>({ call }: GiteaCall, schema: T): z.infer<T> {
  let json: unknown;
  try {
    json = JSON.parse(call.body || '{}');
  } catch {
    throw new GiteaRefusal(422, '[]: unexpected EOF');
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const { code, path, message } = read.error.issues[0]!;
  const field = String(path[0] ?? '');
  const isThere = typeof json === 'object' && json !== null && field in json;
  if (code === 'invalid_type' && isThere)
    throw new GiteaRefusal(422, `[]: json: cannot unmarshal into Go struct field ${field}`);
  const rule = code === 'too_big' ? 'MaxSize' : code === 'custom' ? message : 'Required';
  throw new GiteaRefusal(422, `[${goNameOf(field)}]: ${rule}`);
}

/** `RedirectURIs` of `redirect_uris`. */
function goNameOf(field: string): string {
  const parts = field.split('_').map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`);
  return parts.join('').replace('Uris', 'URIs');
}

export function answerRefusal({ status, message, hasUrl }: GiteaRefusal, state: GiteaState): Answer {
  if (!hasUrl) return { status, json: { message } };
  const errors = message === 'not found' && !isSince127(state) && { errors: null };
  return { status, json: { ...errors, message, url: `${state.address}/api/swagger` } };
}

const nobody: Caller = { person: undefined, scopes: undefined, isBasic: false };
const wrong = 'invalid username, password or token';

function findCaller(state: GiteaState, { headers }: Call): Caller {
  const [, kind = '', value = ''] = /^(\w+) +(\S+)$/.exec(headers.authorization ?? '') ?? [];
  if (/^(token|bearer)$/i.test(kind)) {
    const found = findByToken(state, value);
    if (!found) throw new GiteaRefusal(401, wrong);
    return found;
  }
  if (!/^basic$/i.test(kind)) return nobody;
  const [, name = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? [];
  const found = findByToken(state, password || name);
  if (found) return { ...found, isBasic: true };
  if (state.options.passwordsAreOff) return nobody;
  return { ...nobody, isBasic: true, person: signInByPassword(state, name, password, headers) };
}

function findByToken(state: GiteaState, value: string): Caller | undefined {
  const access = state.accessTokens.get(value);
  if (access && access.expiresAt > Date.now() && state.grants.includes(access.grant))
    return { ...nobody, person: access.grant.person, scopes: scopesOfGrant(access.grant.scope) };
  const token = findToken(state, value);
  if (!token) return undefined;
  token.lastUsed = new Date();
  return { ...nobody, person: token.owner, scopes: token.scopes };
}

export function findToken(state: GiteaState, value: string): GiteaToken | undefined {
  return state.tokens.find((token) => token.value === value);
}

function signInByPassword(state: GiteaState, name: string, password: string, headers: Call['headers']): GiteaPerson {
  const person = state.people.find(
    ({ login, emails }) => login === name || emails.some(({ email, verified }) => verified && email === name),
  );
  if (person?.password !== password) throw new GiteaRefusal(401, wrong);
  if (person.hasSecurityKey) throw new GiteaRefusal(401, 'basic authorization is not allowed while WebAuthn enrolled');
  const { otp } = person;
  if (!otp) return person;
  const code = headers['x-gitea-otp'] ?? (state.options.flavour === 'forgejo' ? headers['x-forgejo-otp'] : undefined);
  if (
    typeof code !== 'string' ||
    code === otp.usedCode ||
    new TOTP({ secret: otp.secret }).validate({ token: code }) === null
  )
    throw new GiteaRefusal(401, wrong);
  if (isSince127(state)) otp.usedCode = code;
  return person;
}

function sayObstacle(obstacle: NonNullable<GiteaPerson['obstacle']>, address: string): string {
  const messages = {
    'change-password': `You must change your password. Change it at: ${address}//user/change_password`,
    'not-activated': 'This account is not activated.',
    prohibited: 'This account is prohibited from signing in, please contact your site administrator.',
  };
  return messages[obstacle];
}
