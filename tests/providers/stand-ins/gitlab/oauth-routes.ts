import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Call, Route } from '../serve-stand-in.ts';
import {
  makeOauthValue,
  type GitlabAccess,
  type GitlabApplication,
  type GitlabPerson,
  type GitlabState,
  type WebCall,
} from './state.ts';

// What a client of OAuth asks without a browser.

const lifetimeSeconds = 7_200;
const deviceLifetimeMs = 300_000;

export const oauthRoutes: readonly Route<WebCall>[] = [
  { method: 'GET', path: '/.well-known/openid-configuration', answer: describeProvider },
  {
    method: 'GET',
    path: '/oauth/discovery/keys',
    answer: async ({ state }) => ({ status: 200, json: { keys: [await state.signer.publicKey()] } }),
  },
  { method: 'POST', path: '/oauth/token', answer: answerToken },
  { method: 'POST', path: '/oauth/revoke', answer: revoke },
  { method: 'GET', path: '/oauth/token/info', answer: describeToken },
  { method: 'POST', path: '/oauth/authorize_device', answer: beginDevice },
];

function describeProvider({ state: { address } }: WebCall): Answer {
  return {
    status: 200,
    json: {
      issuer: address,
      authorization_endpoint: `${address}/oauth/authorize`,
      token_endpoint: `${address}/oauth/token`,
      revocation_endpoint: `${address}/oauth/revoke`,
      introspection_endpoint: `${address}/oauth/introspect`,
      userinfo_endpoint: `${address}/oauth/userinfo`,
      jwks_uri: `${address}/oauth/discovery/keys`,
      scopes_supported: ['api', 'read_api', 'read_user', 'openid', 'profile', 'email'],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      grant_types_supported: ['authorization_code', 'password', 'client_credentials', 'device_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      claim_types_supported: ['normal'],
      claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat', 'sub_legacy', 'https://gitlab.org/claims/groups/owner'],
      code_challenge_methods_supported: ['plain', 'S256'],
    },
  };
}

class OauthRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(code: string, description: string, status = 400) {
    super(description);
    [this.code, this.status] = [code, status];
  }
}

async function answerToken({ state, call }: WebCall): Promise<Answer> {
  try {
    return { status: 200, json: await exchange(state, readForm(call)) };
  } catch (error) {
    if (!(error instanceof OauthRefusal)) throw error;
    return { status: error.status, json: { error: error.code, error_description: error.message } };
  }
}

/** A form or JSON. */
function readForm({ headers, body }: Call): URLSearchParams {
  const isJson = headers['content-type']?.startsWith('application/json');
  return new URLSearchParams(isJson ? (JSON.parse(body) as Record<string, string>) : body);
}

async function exchange(state: GitlabState, form: URLSearchParams): Promise<object> {
  const application = findClient(state, form);
  const kind = form.get('grant_type');
  if (kind === 'authorization_code') return redeemCode(state, application, form);
  if (kind === 'refresh_token') return redeemRefreshToken(state, application, form);
  if (kind === 'urn:ietf:params:oauth:grant-type:device_code') return redeemDevice(state, application, form);
  throw new OauthRefusal('unsupported_grant_type', 'The authorization grant type is not supported.');
}

function findClient({ applications }: GitlabState, form: URLSearchParams): GitlabApplication {
  const found = applications.find(({ clientId }) => clientId === form.get('client_id'));
  if (!found || (found.secret !== null && found.secret !== form.get('client_secret')))
    throw new OauthRefusal('invalid_client', 'Client authentication failed due to unknown client.', 401);
  return found;
}

const invalidGrant = () =>
  new OauthRefusal(
    'invalid_grant',
    'The provided authorization grant is invalid, expired, revoked, or was issued to another client.',
  );

async function redeemCode(state: GitlabState, application: GitlabApplication, form: URLSearchParams): Promise<object> {
  const code = state.codes.find(({ value }) => value === form.get('code'));
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (!code || code.application !== application || code.redirectUri !== form.get('redirect_uri')) throw invalidGrant();
  if (code.challenge !== challenge) throw invalidGrant();
  state.codes = state.codes.filter((each) => each !== code);
  return issue(state, application, code.person, code.scopes, code.nonce);
}

/** Both tokens before are void from now on. The redirect URI is not looked at. */
async function redeemRefreshToken(
  state: GitlabState,
  application: GitlabApplication,
  form: URLSearchParams,
): Promise<object> {
  const before = state.grants.find(({ refresh }) => refresh === form.get('refresh_token'));
  if (!before || before.isRevoked || before.application !== application) throw invalidGrant();
  before.isRevoked = true;
  return issue(state, application, before.person, before.scopes);
}

async function issue(
  state: GitlabState,
  application: GitlabApplication,
  person: GitlabPerson,
  scopes: readonly string[],
  nonce = '',
): Promise<object> {
  const now = Date.now();
  const values = { access: makeOauthValue(), refresh: makeOauthValue() };
  const grant: GitlabAccess = {
    ...{ application, person, scopes, ...values },
    ...{ expiresAt: now + lifetimeSeconds * 1_000, isRevoked: false },
  };
  state.grants.push(grant);
  const claims = { issuer: state.address, audience: application.clientId, subject: String(person.id), nonce };
  return {
    access_token: grant.access,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    refresh_token: grant.refresh,
    scope: scopes.join(' '),
    created_at: Math.floor(now / 1_000),
    ...(scopes.includes('openid') && { id_token: await state.signer.sign(claims) }),
  };
}

/** Nobody is told whether there was such a token. */
function revoke({ state, call }: WebCall): Answer {
  const token = readForm(call).get('token');
  const found = state.grants.find(({ access, refresh }) => access === token || refresh === token);
  if (found) found.isRevoked = true;
  return { status: 200, json: {} };
}

function describeToken({ state, call }: WebCall): Answer {
  const [, token = ''] = /^bearer (.*)$/i.exec(call.headers.authorization ?? '') ?? [];
  const found = state.grants.find(({ access, isRevoked }) => access === token && !isRevoked);
  if (!found)
    return { status: 401, json: { error: 'invalid_token', error_description: 'The access token is invalid' } };
  const expires = Math.round((found.expiresAt - Date.now()) / 1_000);
  return {
    status: 200,
    json: {
      resource_owner_id: found.person.id,
      scope: found.scopes,
      expires_in: expires,
      application: { uid: found.application.clientId },
    },
  };
}

function beginDevice({ state, call }: WebCall): Answer {
  const form = readForm(call);
  const application = state.applications.find(({ clientId }) => clientId === form.get('client_id'));
  if (!application)
    return { status: 401, json: { error: 'invalid_client', error_description: 'Client authentication failed.' } };
  const grant = {
    deviceCode: randomBytes(32).toString('base64url'),
    userCode: randomBytes(4).toString('hex').toUpperCase(),
    ...{ application, scopes: (form.get('scope') ?? '').split(' ').filter(Boolean) },
    ...{ expiresAt: Date.now() + deviceLifetimeMs, lastPoll: 0, person: undefined, isDenied: false },
  };
  state.deviceGrants.push(grant);
  const uri = `${state.address}/oauth/device`;
  return {
    status: 200,
    json: {
      device_code: grant.deviceCode,
      user_code: grant.userCode,
      verification_uri: uri,
      verification_uri_complete: `${uri}?user_code=${grant.userCode}`,
      expires_in: deviceLifetimeMs / 1_000,
      interval: state.options.deviceInterval,
    },
  };
}

async function redeemDevice(
  state: GitlabState,
  application: GitlabApplication,
  form: URLSearchParams,
): Promise<object> {
  const grant = state.deviceGrants.find(({ deviceCode }) => deviceCode === form.get('device_code'));
  if (!grant || grant.application !== application) throw invalidGrant();
  if (grant.expiresAt <= Date.now()) throw new OauthRefusal('expired_token', 'The device code has expired.');
  if (grant.isDenied) throw new OauthRefusal('access_denied', 'The resource owner denied the request.');
  if (!grant.person) throw new OauthRefusal('authorization_pending', 'The authorization request is still pending.');
  state.deviceGrants = state.deviceGrants.filter((each) => each !== grant);
  return issue(state, application, grant.person, grant.scopes);
}
