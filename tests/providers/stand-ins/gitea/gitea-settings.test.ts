import { TOTP } from 'otpauth';
import { afterEach, describe, expect, it } from 'vitest';
import { askGitea, basicOf } from './gitea-client.ts';
import { startGitea, type GiteaStandIn } from './start-gitea.ts';
import type { GiteaOptions } from './state.ts';

// What an administrator sets, what a person has to do first, and how versions and Forgejo differ.

const ada = { login: 'ada', password: 'password of ada' };
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOOL7NQ0Gwg6vKfcGKlalDn1xU3jopHJtzrNqtCshsB7';

describe('R5 Gitea and Forgejo as their administrators set them up', () => {
  const open = new Set<GiteaStandIn>();
  afterEach(async () => {
    for (const standIn of open) await standIn.close();
    open.clear();
  });

  async function start(options: GiteaOptions = {}) {
    const standIn = await startGitea(options);
    open.add(standIn);
    const person = standIn.addPerson(ada.login, ada.password);
    const token = standIn.addToken(person, 'of the test', ['write:user']);
    return { standIn, person, token, ask: askGitea(standIn.address, `token ${token}`) };
  }

  it('shows keys that only a directory changes', async () => {
    const { ask } = await start({ keysAreManaged: true });
    expect((await ask('GET', '/user/keys')).status).toBe(200);
    expect((await ask('POST', '/user/keys', { title: 'one', key })).status).toBe(404);
  });

  it('tells nothing to strangers, not even its version', async () => {
    const { standIn, ask } = await start({ isClosed: true });
    const message = 'Only signed in user is allowed to call APIs.';
    expect(await askGitea(standIn.address)('GET', '/version')).toMatchObject({ status: 403, body: { message } });
    expect((await ask('GET', '/version')).status).toBe(200);
  });

  it.each([
    ['change-password', /^You must change your password\. Change it at: .*\/user\/change_password$/],
    ['not-activated', /not activated/],
    ['prohibited', /prohibited from signing in/],
  ] as const)('sends a person to the web page first: %s', async (obstacle, message) => {
    const { person, ask } = await start();
    person.obstacle = obstacle;
    expect(await ask('GET', '/user')).toMatchObject({
      status: 403,
      body: { message: expect.stringMatching(message) as string },
    });
  });

  it('takes a code once beside the password, none beside a token, and no password beside a security key', async () => {
    const { standIn, person, token } = await start();
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    person.otp = { secret };
    const status = async (header: string, code?: string) =>
      (await askGitea(standIn.address, header, code === undefined ? {} : { 'x-gitea-otp': code })('GET', '/user'))
        .status;
    const code = new TOTP({ secret }).generate();
    expect([await status(basicOf(ada)), await status(basicOf(ada), code), await status(basicOf(ada), code)]).toEqual([
      401, 200, 401,
    ]);
    expect(await status(basicOf({ ...ada, password: token }))).toBe(200);
    person.hasSecurityKey = true;
    const { body } = await askGitea(standIn.address, basicOf(ada))('GET', '/user');
    expect(body).toMatchObject({ message: 'basic authorization is not allowed while WebAuthn enrolled' });
  });

  it('has no sign-in by browser where it is off, though a client can be registered', async () => {
    const { standIn, ask } = await start({ oauthIsOff: true });
    expect((await fetch(`${standIn.address}/.well-known/openid-configuration`)).status).toBe(404);
    const client = { name: 'one', redirect_uris: ['http://127.0.0.1/callback'] };
    expect((await ask('POST', '/user/applications/oauth2', client)).status).toBe(201);
  });

  it('counts no password where they are off, and says the same as to nobody', async () => {
    const { standIn } = await start({ passwordsAreOff: true });
    const message = 'token is required';
    expect(await askGitea(standIn.address, basicOf(ada))('GET', '/user')).toMatchObject({
      status: 401,
      body: { message },
    });
  });

  it('shows and ends the token of a request since 1.27, and no token makes a mightier one since then', async () => {
    for (const [version, shown, made] of [
      ['1.27.3', 200, 403],
      ['1.26.0', 404, 201],
    ] as const) {
      const { standIn, token, ask } = await start({ version });
      expect((await ask('GET', '/token')).status).toBe(shown);
      const basic = askGitea(standIn.address, basicOf({ ...ada, password: token }));
      expect((await basic('POST', '/users/ada/tokens', { name: 'all', scopes: ['all'] })).status).toBe(made);
    }
    const { ask } = await start();
    expect((await ask('DELETE', '/token')).status).toBe(204);
    expect((await ask('GET', '/user')).status).toBe(401);
  });

  it('is Forgejo where it says so: pronouns, its version, keys without their last use', async () => {
    const { standIn, ask } = await start({ flavour: 'forgejo' });
    const version = '15.0.1+gitea-1.22.0';
    expect((await ask('GET', '/version')).body).toEqual({ version });
    expect(await (await fetch(`${standIn.address}/api/forgejo/v1/version`)).json()).toEqual({ version });
    expect((await ask('PATCH', '/user/settings', { pronouns: 'she/her' })).body).toMatchObject({ pronouns: 'she/her' });
    expect((await ask('POST', '/user/keys', { title: 'one', key })).body).not.toHaveProperty('last_used_at');
  });
});
