import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { argon2id } from '../../security/passwords.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer(undefined, undefined, [], [], { passwords: argon2id });
});
afterEach(() => test.close());

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
