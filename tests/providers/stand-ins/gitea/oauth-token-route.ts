import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Call } from '../serve-stand-in.ts';
import { isSince127, type GiteaApplication, type GiteaGrant, type GiteaState } from './state.ts';

// POST /login/oauth/access_token: codes and refresh tokens become access tokens.

const lifetimeSeconds = 3600;

class OauthRefusal extends Error {
  readonly code: string;

  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }
}

/** Every refusal is a 400 with `error` and `error_description`. */
export async function answerToken(state: GiteaState, call: Call): Promise<Answer> {
  try {
    return { status: 200, json: await exchange(state, readForm(call)) };
  } catch (error) {
    if (!(error instanceof OauthRefusal)) throw error;
    return { status: 400, json: { error: error.code, error_description: error.message } };
  }
}

/** A form or JSON. */
function readForm({ headers, body }: Call): URLSearchParams {
  const isJson = headers['content-type']?.startsWith('application/json');
  return new URLSearchParams(isJson ? (JSON.parse(body) as Record<string, string>) : body);
}

async function exchange(state: GiteaState, form: URLSearchParams): Promise<object> {
  const kind = form.get('grant_type');
  if (kind === 'authorization_code') return issue(state, redeemCode(state, form));
  if (kind === 'refresh_token') return issue(state, redeemRefreshToken(state, form));
  throw new OauthRefusal('unsupported_grant_type', 'Only refresh_token or authorization_code grant type is supported');
}

function findClient({ applications }: GiteaState, form: URLSearchParams, code: string): GiteaApplication {
  const clientId = form.get('client_id') ?? '';
  const found = applications.find((application) => application.clientId === clientId);
  if (!found) {
    const quote = code === 'invalid_client' ? '"' : "'";
    throw new OauthRefusal('invalid_client', `cannot load client with client id: ${quote}${clientId}${quote}`);
  }
  const secret = form.get('client_secret') ?? '';
  if (found.isConfidential && secret !== found.secret)
    throw new OauthRefusal(code, secret ? 'invalid client secret' : 'invalid empty client secret');
  return found;
}

function redeemCode(state: GiteaState, form: URLSearchParams): GiteaGrant {
  const application = findClient(state, form, 'unauthorized_client');
  const redirectUri = form.get('redirect_uri') ?? '';
  const code = state.codes.find(({ value }) => value === form.get('code'));
  if (!code) throw new OauthRefusal('unauthorized_client', 'client is not authorized');
  if (!isVerifierOf(code.method, code.challenge, form.get('code_verifier') ?? ''))
    throw new OauthRefusal('unauthorized_client', 'failed PKCE code challenge');
  if (isSince127(state) && redirectUri !== code.redirectUri)
    throw new OauthRefusal('invalid_grant', 'redirect_uri differs from the original authorization request');
  if (code.grant.application !== application) throw new OauthRefusal('invalid_grant', 'invalid grant');
  state.codes = state.codes.filter((other) => other !== code);
  return code.grant;
}

function isVerifierOf(method: string, challenge: string, verifier: string): boolean {
  if (!method) return true;
  const derived = method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return verifier !== '' && derived === challenge;
}

function redeemRefreshToken(state: GiteaState, form: URLSearchParams): GiteaGrant {
  const application = findClient(state, form, 'invalid_client');
  const token = state.refreshTokens.get(form.get('refresh_token') ?? '');
  if (!token) throw new OauthRefusal('unauthorized_client', 'unable to parse refresh token');
  const { grant, counter } = token;
  if (!state.grants.includes(grant)) throw new OauthRefusal('invalid_grant', 'grant does not exist');
  if (grant.application !== application)
    throw new OauthRefusal('invalid_grant', 'refresh token belongs to a different client');
  if (state.options.refreshCountsOnce && counter !== grant.counter)
    throw new OauthRefusal('unauthorized_client', 'token was already used');
  return grant;
}

/** Access and refresh token look like JWTs, as Gitea's do; nobody but the server reads them. */
async function issue(state: GiteaState, grant: GiteaGrant): Promise<object> {
  if (state.options.refreshCountsOnce) grant.counter += 1;
  const [access, refresh] = [makeJwt(), makeJwt()];
  state.accessTokens.set(access, { grant, expiresAt: Date.now() + lifetimeSeconds * 1_000 });
  state.refreshTokens.set(refresh, { grant, counter: grant.counter });
  const tokens = { access_token: access, token_type: 'bearer', expires_in: lifetimeSeconds, refresh_token: refresh };
  const isOpenId = grant.scope.split(' ').includes('openid');
  return isOpenId ? { ...tokens, id_token: await state.signer.sign(state, grant, lifetimeSeconds) } : tokens;
}

function makeJwt(): string {
  return ['eyJhbGciOiJSUzI1NiJ9', randomBytes(60).toString('base64url'), randomBytes(60).toString('base64url')].join(
    '.',
  );
}
