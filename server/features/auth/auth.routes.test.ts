import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { challenge, enrol } from '../../testing/authenticator.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { SignedIn } from './auth.schemas.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

describe('D7 signing in with a password', () => {
  it('takes the e-mail address or the username, in any case', async () => {
    for (const identifier of [test.identifier, test.identifier.toUpperCase(), 'mara.lindqvist', 'Mara.Lindqvist']) {
      const { status, body } = await test.trySignIn(test.password, identifier);
      expect([status, body.status]).toEqual([200, 'signed-in']);
      expect(body).toMatchObject({ expiresIn: 600 });
    }
  });

  it('answers a wrong password and an unknown account alike', async () => {
    const wrong = await test.trySignIn('wrong');
    const unknown = await test.trySignIn('wrong', 'nobody@example.com');
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(unknown.body);
    expect(wrong.body.code).toBe('wrong-credentials');
    const names = (headers: Headers) => [...headers.keys()].sort();
    expect(names(wrong.headers)).toEqual(names(unknown.headers));
  });

  it.each(['', ' ', 'x'.repeat(1_001), '\u0000', '👩‍🚀'])(
    'refuses the password %j without breaking',
    async (password) => {
      expect([401, 422]).toContain((await test.trySignIn(password)).status);
    },
  );
});

describe('D7 lock-out', () => {
  async function fail(times: number, identifier?: string): Promise<void> {
    for (let count = 0; count < times; count += 1) expect((await test.trySignIn('wrong', identifier)).status).toBe(401);
  }

  it.each(['demo@profile-desk.example', 'nobody@example.com'])(
    'locks %s for 15 minutes after 5 failures, known or not',
    async (identifier) => {
      await fail(5, identifier);
      const locked = await test.trySignIn(test.password, identifier);
      expect([locked.status, locked.body.code, locked.headers.get('retry-after')]).toEqual([429, 'locked-out', '900']);
      test.pass(899);
      expect((await test.trySignIn(test.password, identifier)).headers.get('retry-after')).toBe('1');
    },
  );

  it('opens again after 15 minutes, with all tries', async () => {
    await fail(5);
    test.pass(900);
    await fail(4);
    expect((await test.trySignIn(test.password)).status).toBe(200);
  });

  it('forgets failures after a success', async () => {
    await fail(4);
    await test.signIn();
    await fail(4);
    await test.signIn();
  });

  it('does not let parallel tries slip past the limit', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => test.trySignIn('wrong')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it('locks nobody out who signs in many times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        test.trySignIn(test.password, at % 2 === 0 ? test.identifier : 'mara.lindqvist'),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});

describe('D7 E12 lock-out of an account', () => {
  const username = 'mara.lindqvist';
  const fail = async (times: number, identifier?: string) => {
    for (let count = 0; count < times; count += 1) expect((await test.trySignIn('wrong', identifier)).status).toBe(401);
  };
  const prove = (token: string, body: object) => test.request('POST', '/auth/reauth', { token, body });

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

  it('counts wrong passwords, codes, proofs and current passwords together', async () => {
    const { accessToken: token } = await test.signIn();
    const { app } = await enrol(test, token);
    await fail(1);
    await test.request('POST', '/auth/sign-in/code', { body: { challenge: await challenge(test), code: '000000' } });
    await prove(token, { password: 'wrong' });
    await prove(token, { code: '000000' });
    await test.request('POST', '/me/password', {
      token,
      body: { current: 'wrong', next: 'correct horse battery', endOtherSessions: false },
    });
    for (const body of [{ password: test.password }, { code: app.code(30) }]) {
      const answer = await prove(token, body);
      expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
        429,
        'locked-out',
        '900',
      ]);
    }
    const change = await test.request('POST', '/me/password', {
      token,
      body: { current: test.password, next: 'correct horse battery', endOtherSessions: false },
    });
    expect(change.status).toBe(429);
    expect((await test.trySignIn(test.password)).status).toBe(401);
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

describe('W10 signing in with a code', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const codeAt = (offset: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: test.now() + offset * 1000 });
  const submit = (challenge: string, code: string) =>
    test.request('POST', '/auth/sign-in/code', { body: { challenge, code } });

  beforeEach(() => {
    test.server.stores.devices.add(test.server.stores.accounts.findDemo()!, {
      type: 'totp',
      name: 'Phone',
      secret,
      period: 30,
      nextCounter: 0,
    });
  });

  it('asks for a code, gives no token before, and takes the right one', async () => {
    const first = await test.trySignIn(test.password);
    expect(first.body).toEqual({ status: 'code-required', challenge: expect.any(String), expiresIn: 300 });
    const { status, body } = await submit(await challenge(test), codeAt(0));
    expect([status, body['status']]).toEqual([200, 'signed-in']);
  });

  it.each([
    [-60, 401],
    [-30, 200],
    [30, 200],
    [60, 401],
  ])('judges a code that is off by %i s with %i', async (offset, status) => {
    expect((await submit(await challenge(test), codeAt(offset))).status).toBe(status);
  });

  it('takes each code once, and no older one after it', async () => {
    await submit(await challenge(test), codeAt(0));
    for (const code of [codeAt(0), codeAt(-30)]) {
      const again = await submit(await challenge(test), code);
      expect([again.status, again.body['code']]).toEqual([401, 'wrong-code']);
    }
    expect((await submit(await challenge(test), codeAt(30))).status).toBe(200);
  });

  it('lets one of many parallel uses of a code through', async () => {
    const challenges = await Promise.all([challenge(test), challenge(test), challenge(test)]);
    const answers = await Promise.all(challenges.map((each) => submit(each, codeAt(0))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('counts wrong codes with wrong passwords, also when the password is right in between', async () => {
    await test.trySignIn('wrong');
    await test.trySignIn('wrong');
    for (let count = 0; count < 3; count += 1) expect((await submit(await challenge(test), '000000')).status).toBe(401);
    const locked = await test.trySignIn(test.password);
    expect([locked.status, locked.body.code]).toEqual([429, 'locked-out']);
  });

  it('refuses a challenge that is unknown, used or five minutes old', async () => {
    const old = await challenge(test);
    test.pass(300);
    const used = await challenge(test);
    expect((await submit(used, codeAt(0))).status).toBe(200);
    for (const each of [old, used, 'unknown']) {
      const answer = await submit(each, codeAt(30));
      expect([answer.status, answer.body['code']]).toEqual([401, 'challenge-expired']);
    }
  });
});

describe('D7 renewing tokens', () => {
  const refresh = (refreshToken: string, key?: string) =>
    test.request<SignedIn & { code?: string }>('POST', '/auth/refresh', {
      body: { refreshToken },
      ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    });
  const me = async (token: string) => {
    const { status, body } = await test.request('GET', '/me', { token });
    return [status, body['code']];
  };

  it('trades a refresh token once; the new tokens work', async () => {
    const first = await test.signIn();
    const { status, body } = await refresh(first.refreshToken);
    expect(status).toBe(200);
    expect(body.sessionId).toBe(first.sessionId);
    expect(await me(body.accessToken)).toEqual([200, undefined]);
    expect((await refresh(body.refreshToken)).status).toBe(200);
  });

  it('ends the whole session when a token is used again', async () => {
    const first = await test.signIn();
    const second = await refresh(first.refreshToken);
    const reused = await refresh(first.refreshToken);
    expect([reused.status, reused.body.code]).toEqual([401, 'refresh-reused']);
    expect((await refresh(second.body.refreshToken)).body.code).toBe('session-ended');
    expect(await me(second.body.accessToken)).toEqual([401, 'session-ended']);
  });

  it('gives the same answer again to the same key within 60 s, and ends the session after', async () => {
    const { refreshToken } = await test.signIn();
    const lost = await refresh(refreshToken, 'attempt-1');
    test.pass(59);
    expect((await refresh(refreshToken, 'attempt-1')).body).toEqual(lost.body);
    test.pass(1);
    expect((await refresh(refreshToken, 'attempt-1')).body.code).toBe('refresh-reused');
  });

  it('ends the session for the same token under another key', async () => {
    const { refreshToken } = await test.signIn();
    await refresh(refreshToken, 'attempt-1');
    expect((await refresh(refreshToken, 'attempt-2')).body.code).toBe('refresh-reused');
  });

  it('lets one of 50 parallel uses under different keys win, then ends the session', async () => {
    const { refreshToken } = await test.signIn();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => refresh(refreshToken, `attempt-${String(at)}`)),
    );
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'refresh-reused')).toHaveLength(1);
    expect(await me(winners[0]!.body.accessToken)).toEqual([401, 'session-ended']);
  });

  it('gives 50 parallel repeats under one key the same tokens', async () => {
    const { refreshToken } = await test.signIn();
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken, 'attempt-1')));
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
    expect(await me(answers[0]!.body.accessToken)).toEqual([200, undefined]);
  });

  it('lets the access token expire after ten minutes, and says so', async () => {
    const { accessToken } = await test.signIn();
    test.pass(599);
    expect(await me(accessToken)).toEqual([200, undefined]);
    test.pass(1);
    expect(await me(accessToken)).toEqual([401, 'token-expired']);
  });

  it('keeps no token in the clear', async () => {
    const { accessToken, refreshToken } = await test.signIn();
    const { body } = await refresh(refreshToken, 'attempt-1');
    const tables = test.server.database.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
    const kept = JSON.stringify(tables.map(({ name }) => test.server.database.all(`SELECT * FROM ${name}`)));
    for (const secret of [accessToken, refreshToken, body.accessToken, body.refreshToken, test.password])
      expect(kept).not.toContain(secret);
  });
});

describe('D7 signing out', () => {
  it('ends the session, with an expired access token too, and does not mind a repeat', async () => {
    const { accessToken, refreshToken } = await test.signIn();
    test.pass(601);
    for (let count = 0; count < 2; count += 1)
      expect((await test.request('POST', '/auth/sign-out', { token: accessToken })).status).toBe(204);
    expect((await test.request('POST', '/auth/refresh', { body: { refreshToken } })).body['code']).toBe(
      'session-ended',
    );
  });

  it.each([undefined, 'Basic eDp5', 'Bearer', 'Bearer a b'])('needs a bearer token, not %j', async (authorization) => {
    const { status, headers } = await test.request(
      'POST',
      '/auth/sign-out',
      authorization === undefined ? {} : { headers: { authorization } },
    );
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });
});
