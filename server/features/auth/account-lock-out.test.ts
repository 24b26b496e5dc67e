import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { challenge, enrol } from '../../testing/authenticator.ts';
import { argon2id } from '../../security/passwords.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer(undefined, undefined, [], [], { passwords: argon2id });
});
afterEach(() => test.close());

const username = 'mara.lindqvist';
const fail = async (times: number, identifier?: string) => {
  for (let count = 0; count < times; count += 1) expect((await test.trySignIn('wrong', identifier)).status).toBe(401);
};
const prove = (token: string, body: object) => test.request('POST', '/auth/reauth', { token, body });

describe('D7 E12 lock-out of an account', () => {
  it('counts its e-mail and its username together', async () => {
    await fail(3);
    await fail(2, username);
    expect((await test.trySignIn(test.password)).status).toBe(401);
    expect((await test.trySignIn(test.password, username)).status).toBe(401);
    test.pass(900);
    expect((await test.trySignIn(test.password)).status).toBe(200);
  });

  it('is told only to who typed one identifier too often, so it does not tell that two belong together', async () => {
    await fail(5);
    const [known, unknown] = [await test.trySignIn('wrong', username), await test.trySignIn('wrong', 'nobody')];
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    await fail(4, username);
    await fail(4, 'nobody');
    for (const identifier of [username, 'nobody']) {
      const { status, headers } = await test.trySignIn(test.password, identifier);
      expect([identifier, status, headers.get('retry-after')]).toEqual([identifier, 429, '900']);
    }
  });

  it('M6 does not keep the signed-in owner from proving who they are or changing the password', async () => {
    const { accessToken: token } = await test.signIn();
    await fail(5);
    expect((await test.trySignIn(test.password)).status).toBe(429);
    expect((await prove(token, { password: test.password })).status).toBe(200);
    const change = await test.request('POST', '/me/password', {
      token,
      body: { current: test.password, next: 'correct horse battery', endOtherSessions: true },
    });
    expect(change.status).toBe(200);
  });

  it('counts wrong passwords, codes and current passwords of one session together', async () => {
    const { accessToken: token } = await test.signIn();
    const { accessToken: other } = await test.signIn();
    const { app } = await enrol(test, other);
    for (let count = 0; count < 2; count += 1) await prove(token, { password: 'wrong' });
    for (let count = 0; count < 2; count += 1) await prove(token, { code: '000000' });
    const body = { current: 'wrong', next: 'correct horse battery', endOtherSessions: false };
    await test.request('POST', '/me/password', { token, body });
    for (const proof of [{ password: test.password }, { code: app.code(30) }]) {
      const answer = await prove(token, proof);
      expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
        429,
        'locked-out',
        '900',
      ]);
    }
    const change = { ...body, current: test.password };
    expect((await test.request('POST', '/me/password', { token, body: change })).status).toBe(429);
    expect((await prove(other, { password: test.password })).status).toBe(200);
    expect((await test.trySignIn(test.password)).body.status).toBe('code-required');
    expect((await test.request('GET', '/me', { token })).status).toBe(200);
  });

  it('stops codes too, for a sign-in that waits for one', async () => {
    const { accessToken: token } = await test.signIn();
    const { app } = await enrol(test, token);
    const waiting = await challenge(test);
    for (let count = 0; count < 5; count += 1) expect((await prove(token, { code: '000000' })).status).toBe(401);
    const { status } = await test.request('POST', '/auth/sign-in/code', {
      body: { challenge: waiting, code: app.code(30) },
    });
    expect(status).toBe(429);
  });
});

describe('D7 E12 lock-out of an account, and who is right', () => {
  it('lets no parallel proofs slip past the limit, and locks nobody out for right ones', async () => {
    const { accessToken: token } = await test.signIn();
    const proveAll = async (password: string) =>
      (await Promise.all(Array.from({ length: 12 }, () => prove(token, { password }))))
        .map(({ status }) => status)
        .sort();
    expect(await proveAll(test.password)).toEqual(Array<number>(12).fill(200));
    expect(await proveAll('wrong')).toEqual([...Array<number>(5).fill(401), ...Array<number>(7).fill(429)]);
  });

  it('asks everybody for a code who shows the right password at the same moment', async () => {
    await enrol(test, (await test.signIn()).accessToken);
    const answers = await Promise.all(Array.from({ length: 12 }, () => test.trySignIn(test.password)));
    expect(answers.map(({ body }) => body.status)).toEqual(answers.map(() => 'code-required'));
  });

  it('gives no new tries for a code to who knows the password', async () => {
    const { accessToken: token } = await test.signIn();
    await enrol(test, token);
    for (let count = 0; count < 5; count += 1) {
      expect((await prove(token, { code: '000000' })).status).toBe(401);
      if (count < 4) expect((await prove(token, { password: test.password })).status).toBe(200);
    }
    expect((await prove(token, { password: test.password })).status).toBe(429);
  });
});
