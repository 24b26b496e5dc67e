import { randomBytes } from 'node:crypto';
import type { Answer, Call, Route } from '../serve-stand-in.ts';
import { makeTokenValue, type GithubApp, type GithubPerson, type GithubState } from './state.ts';

// The device flow (docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow), and
// renewing what a GitHub App was given (…/authenticating-with-a-github-app/refreshing-user-access-tokens). An error has
// status 200.

interface PageCall {
  readonly state: GithubState;
  readonly call: Call;
}

export const deviceRoutes: readonly Route<PageCall>[] = [
  { method: 'POST', path: '/login/device/code', answer: giveCode },
  { method: 'POST', path: '/login/oauth/access_token', answer: giveToken },
];

/** JSON to who asks for it, else a form. */
function answerFields({ call }: PageCall, fields: Readonly<Record<string, string | number>>, status = 200): Answer {
  if (/json/.test(call.headers.accept ?? '')) return { status, json: fields };
  const form = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  return { status, text: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}

const refuse = (page: PageCall, error: string, more: Readonly<Record<string, number>> = {}) =>
  answerFields(page, { error, error_description: `about ${error}`, error_uri: 'https://docs.github.com', ...more });

function readFields({ call }: PageCall): URLSearchParams {
  if (!/json/.test(call.headers['content-type'] ?? '')) return new URLSearchParams(call.body);
  return new URLSearchParams(JSON.parse(call.body) as Record<string, string>);
}

function findApp({ apps }: GithubState, fields: URLSearchParams): GithubApp | undefined {
  return apps.find(({ clientId }) => clientId === fields.get('client_id'));
}

function giveCode(page: PageCall): Answer {
  const { state } = page;
  const fields = readFields(page);
  const app = findApp(state, fields);
  if (!app) return answerFields(page, { error: 'Not Found' }, 404);
  if (!app.hasDeviceFlow) return refuse(page, 'device_flow_disabled');
  const [deviceCode, letters] = [randomBytes(20).toString('hex'), randomBytes(4).toString('hex').toUpperCase()];
  const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  const scopes = (fields.get('scope') ?? '').split(' ').filter(Boolean);
  state.codes.push({ app, deviceCode, userCode, scopes, outcome: 'pending' });
  return answerFields(page, {
    ...{ device_code: deviceCode, user_code: userCode, verification_uri: `${state.address}/login/device` },
    ...{ expires_in: 900, interval: state.options.interval },
  });
}

function giveToken(page: PageCall): Answer {
  const { state } = page;
  const fields = readFields(page);
  const app = findApp(state, fields);
  if (!app) return refuse(page, 'incorrect_client_credentials');
  if (fields.get('grant_type') === 'refresh_token') return renew(page, app, fields.get('refresh_token') ?? '');
  if (fields.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:device_code')
    return refuse(page, 'unsupported_grant_type');
  const found = state.codes.find(({ deviceCode }) => deviceCode === fields.get('device_code'));
  if (!found) return refuse(page, 'incorrect_device_code');
  if (found.outcome === 'pending') return refuse(page, 'authorization_pending');
  if (found.outcome === 'expired') return refuse(page, 'expired_token');
  state.codes = state.codes.filter((each) => each !== found);
  return found.outcome === 'denied' ? refuse(page, 'access_denied') : grant(page, app, found.outcome, found.scopes);
}

/** What an app of the newer kind may is set where it is registered: it knows no scopes. */
const ofApp = { profile: 'write', email_addresses: 'write', git_ssh_keys: 'write' } as const;

function grant(page: PageCall, app: GithubApp, owner: GithubPerson, scopes: readonly string[]): Answer {
  const { state } = page;
  const access_token = makeTokenValue(app.renews ? 'ghu' : 'gho');
  const rights = app.renews ? { scopes: undefined, permissions: ofApp } : { scopes, permissions: {} };
  const token = { value: access_token, owner, ...rights, expires: undefined };
  state.tokens.push(token);
  const common = { access_token, token_type: 'bearer', scope: app.renews ? '' : scopes.join(',') };
  if (!app.renews) return answerFields(page, common);
  const refresh_token = makeTokenValue('ghr');
  state.refreshTokens.set(refresh_token, token);
  return answerFields(page, {
    ...{ ...common, expires_in: 28_800, refresh_token, refresh_token_expires_in: 15_897_600 },
  });
}

/** Each counts once, and the old token ends with it. */
function renew(page: PageCall, app: GithubApp, refreshToken: string): Answer {
  const { state } = page;
  const before = state.refreshTokens.get(refreshToken);
  if (!before) return refuse(page, 'bad_refresh_token');
  state.refreshTokens.delete(refreshToken);
  state.tokens = state.tokens.filter((each) => each !== before);
  return grant(page, app, before.owner, []);
}
