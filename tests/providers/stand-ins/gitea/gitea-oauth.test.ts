import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askGitea, readAnswer, signInToGitea, type GiteaAnswer, type GiteaAsk } from './gitea-client.ts';
import { openGiteaWorld, type GiteaWorld } from './gitea-world.ts';

// A public client that the person registers over the API, and its way through the browser.

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const redirectUri = 'http://127.0.0.1:41234/callback';
const wanted = 'openid profile email read:user write:user';

describe('R5 Gitea: signing in by browser', () => {
  let world: GiteaWorld;
  let ask: GiteaAsk;
  let clientId = '';
  let id = 0;

  beforeAll(async () => {
    world = await openGiteaWorld();
    ask = await world.askWithToken(world.ada, ['write:user']);
    const { status, body } = await ask('POST', '/user/applications/oauth2', {
      ...{ name: 'Profile Desk', confidential_client: false, redirect_uris: ['http://127.0.0.1/callback'] },
    });
    expect({ status, body }).toMatchObject({ status: 201, body: { confidential_client: false } });
    ({ client_id: clientId, id } = body as { client_id: string; id: number });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const authorize = (changes: Readonly<Record<string, string>> = {}) =>
    `/login/oauth/authorize?${new URLSearchParams({
      ...{
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        state: 'of this sign-in',
        scope: wanted,
      },
      ...{ code_challenge: challenge, code_challenge_method: 'S256', ...changes },
    }).toString()}`;

  async function exchange(form: Readonly<Record<string, string>>): Promise<GiteaAnswer> {
    const body = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, ...form });
    return readAnswer(await fetch(`${world.address}/login/oauth/access_token`, { method: 'POST', body }));
  }

  /** Where the browser is sent after a press on the button; `granted`: which one. */
  async function decide(changes: Readonly<Record<string, string>> = {}, granted = 'true'): Promise<URL> {
    const browser = await signInToGitea(world.address, world.ada);
    await browser.open(authorize(changes));
    const { headers } = await browser.submit('/login/oauth/grant', { granted });
    return new URL(headers.get('location') ?? '');
  }

  const errorOf = ({ searchParams }: URL) => [searchParams.get('error'), searchParams.get('error_description')];

  it('asks who is not signed in to do so first', async () => {
    const { status, headers } = await fetch(`${world.address}${authorize()}`, { redirect: 'manual' });
    expect(status).toBe(303);
    expect(headers.get('location')).toMatch(/^\/user\/login\?redirect_to=/);
  });

  it('sends back to any port of 127.0.0.1 and to nowhere else', async () => {
    const browser = await signInToGitea(world.address, world.ada);
    for (const uri of ['http://127.0.0.1:1/callback', 'http://127.0.0.1:65535/callback/'])
      expect((await browser.open(authorize({ redirect_uri: uri }))).status).toBe(200);
    for (const uri of ['http://localhost:1/callback', 'http://127.0.0.2:1/callback', 'http://127.0.0.1:1/other']) {
      const { status, headers } = await browser.open(authorize({ redirect_uri: uri }));
      expect({ status, location: headers.get('location') }).toEqual({ status: 400, location: null });
    }
    const { headers } = await browser.open(authorize({ code_challenge_method: '' }));
    const without = new URL(headers.get('location') ?? '');
    expect(errorOf(without)).toEqual(['invalid_request', 'PKCE is required for public clients']);
  });

  it('gives tokens for a code once, to who has the verifier', async () => {
    expect(errorOf(await decide({}, 'false'))).toEqual(['access_denied', 'the request is denied']);
    const back = await decide();
    expect(back.searchParams.get('state')).toBe('of this sign-in');
    expect(back.searchParams.has('iss')).toBe(false);
    const form = { grant_type: 'authorization_code', code: back.searchParams.get('code')! };
    const wrong = await exchange({ ...form, code_verifier: 'wrong' });
    expect(wrong).toMatchObject({ status: 400, body: { error_description: 'failed PKCE code challenge' } });
    const { status, body } = await exchange({ ...form, code_verifier: verifier });
    expect({ status, body }).toMatchObject({ status: 200, body: { token_type: 'bearer', expires_in: 3600 } });
    expect((await exchange({ ...form, code_verifier: verifier })).status).toBe(400);
    const { access_token: access, refresh_token: refresh } = body as Record<string, string>;
    const asApplication = askGitea(world.address, `Bearer ${access!}`);
    expect((await asApplication('GET', '/user')).body).toMatchObject({ login: world.ada.login });
    const renewed = await exchange({ grant_type: 'refresh_token', refresh_token: refresh! });
    expect(renewed).toMatchObject({ status: 200, body: { access_token: expect.any(String) as string } });
  });

  it('takes no other scopes than the first time, and ends with its application', async () => {
    const form = { grant_type: 'authorization_code', code: (await decide()).searchParams.get('code')! };
    const { body } = await exchange({ ...form, code_verifier: verifier });
    expect(errorOf(await decide({ scope: 'openid read:user' }))).toEqual([
      'server_error',
      'a grant exists with different scope',
    ]);
    expect((await ask('DELETE', `/user/applications/oauth2/${id}`)).status).toBe(204);
    const { access_token: access } = body as { access_token: string };
    expect((await askGitea(world.address, `Bearer ${access}`)('GET', '/user')).status).toBe(401);
  });
});
