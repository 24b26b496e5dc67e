import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { askGitlab, signInToGitlab } from './gitlab-client.ts';
import { startGitlab } from './start-gitlab.ts';

// OAuth at GitLab: doc/api/oauth2.md, and doorkeeper, which it is made of.

const redirectUri = 'http://127.0.0.1:41234/callback';

async function open() {
  const gitlab = await startGitlab({ root: '/gitlab' });
  const ada = gitlab.addPerson('ada', 'password');
  const application = gitlab.addApplication({});
  const verifier = randomBytes(32).toString('base64url');
  const post = async (path: string, fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ client_id: application.clientId, ...fields });
    const response = await fetch(`${gitlab.address}${path}`, { method: 'POST', body });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  async function authorize(changes: Readonly<Record<string, string>> = {}, decision = 'authorize') {
    const browser = await signInToGitlab(gitlab.address, ada);
    const query = new URLSearchParams({
      ...{ client_id: application.clientId, redirect_uri: redirectUri, response_type: 'code', state: 's1' },
      ...{ scope: 'openid api', nonce: 'n1', code_challenge_method: 'S256' },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      ...changes,
    });
    const asked = await browser.open(`oauth/authorize?${query.toString()}`);
    if (asked.status !== 200) return asked;
    return browser.submit('oauth/authorize', { decision });
  }

  const redeem = async (changes: Readonly<Record<string, string>> = {}) => {
    const { searchParams } = new URL((await authorize()).headers.get('location')!);
    const code = { code: searchParams.get('code')!, code_verifier: verifier, redirect_uri: redirectUri };
    return post('/oauth/token', { grant_type: 'authorization_code', ...code, ...changes });
  };
  return { gitlab, post, authorize, redeem, [Symbol.asyncDispose]: () => gitlab.close() };
}

describe('R2 R7 OAuth at GitLab', () => {
  it('takes any port of a loopback address, and nothing else that was not registered', async () => {
    await using at = await open();
    const back = new URL((await at.authorize()).headers.get('location')!);
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirectUri, 's1']);
    for (const uri of ['http://127.0.0.1:1/other', 'http://localhost:1/callback', 'https://evil.example/callback'])
      expect((await at.authorize({ redirect_uri: uri })).status, uri).toBe(401);
    const scopes = (await at.authorize({ scope: 'openid sudo' })).headers.get('location');
    expect(new URL(scopes!).searchParams.get('error')).toBe('invalid_scope');
    const denied = (await at.authorize({}, 'deny')).headers.get('location');
    expect(new URL(denied!).searchParams.get('error')).toBe('access_denied');
  });

  it('wants the verifier, gives two hours, and opens the API', async () => {
    await using at = await open();
    const invalid = { status: 400, body: { error: 'invalid_grant' } };
    expect(await at.redeem({ code_verifier: 'x'.repeat(43) })).toMatchObject(invalid);
    const { body } = await at.redeem();
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 7_200, scope: 'openid api' });
    const ask = askGitlab(at.gitlab.address, String(body['access_token']));
    expect(await ask('GET', '/user')).toMatchObject({ status: 200, body: { username: 'ada' } });
    // Such a token is no personal one.
    expect((await ask('GET', '/personal_access_tokens/self')).status).toBe(400);
  });

  it('voids both tokens at a renewal, and both at once by either of them', async () => {
    await using at = await open();
    const renew = (token: unknown) =>
      at.post('/oauth/token', { grant_type: 'refresh_token', refresh_token: String(token) });
    const { body: first } = await at.redeem();
    const { status, body: second } = await renew(first['refresh_token']);
    expect(status).toBe(200);
    expect(await renew(first['refresh_token'])).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const statusOf = async (token: unknown) =>
      (await askGitlab(at.gitlab.address, String(token))('GET', '/user')).status;
    expect([await statusOf(first['access_token']), await statusOf(second['access_token'])]).toEqual([401, 200]);
    expect(await at.post('/oauth/revoke', { token: String(second['access_token']) })).toEqual({
      status: 200,
      body: {},
    });
    expect(await statusOf(second['access_token'])).toBe(401);
    expect((await renew(second['refresh_token'])).status).toBe(400);
  });

  it('lets a device in by a code', async () => {
    await using at = await open();
    const { body: begun } = await at.post('/oauth/authorize_device', { scope: 'openid api' });
    expect(begun).toMatchObject({ expires_in: 300, interval: 5 });
    const grant = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: String(begun['device_code']),
    };
    expect((await at.post('/oauth/token', grant)).body).toMatchObject({ error: 'authorization_pending' });
    const browser = await signInToGitlab(at.gitlab.address, { username: 'ada', password: 'password' });
    await browser.submit('oauth/device', { user_code: String(begun['user_code']), decision: 'authorize' });
    expect((await at.post('/oauth/token', grant)).body).toMatchObject({ scope: 'openid api', token_type: 'Bearer' });
    expect((await at.post('/oauth/token', grant)).body).toMatchObject({ error: 'invalid_grant' });
  });
});
