import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { argon2id } from '../../security/passwords.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer(undefined, undefined, [], [], { passwords: argon2id });
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

  it('tells the tries left, for a name that is known and for one that is not alike', async () => {
    const outlooks = async (identifier: string) => {
      const answers: unknown[] = [];
      for (let count = 0; count < 5; count += 1) {
        const { body } = await test.trySignIn('wrong', identifier);
        answers.push(body);
      }
      return answers;
    };
    const known = await outlooks(test.identifier);
    expect(known).toEqual(
      [4, 3, 2, 1, 0].map((triesLeft) => expect.objectContaining({ triesLeft, pauseSeconds: 900 })),
    );
    expect(await outlooks('nobody@example.com')).toEqual(known);
    // The account is locked by then; its other name does not tell so.
    expect(await outlooks('mara.lindqvist')).toEqual(known);
  });

  it.each(['', ' ', 'x'.repeat(1_001), '\u0000', '👩‍🚀'])(
    'refuses the password %j without breaking',
    async (password) => {
      expect([401, 422]).toContain((await test.trySignIn(password)).status);
    },
  );
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
