import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlAccount } from '../../presets/control-account.ts';
import { challenge, enrol } from '../../testing/authenticator.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { SignedIn, SignInAnswer } from './auth.schemas.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer(controlAccount);
});
afterEach(() => test.close());

const username = 'mara.lindqvist';

async function signInFrom(deviceToken: string | undefined, password: string, identifier = test.identifier) {
  const body = { identifier, password, ...(deviceToken !== undefined && { deviceToken }) };
  const answer = await test.request<SignInAnswer & { code?: string }>('POST', '/auth/sign-in', { body });
  return { ...answer, outcome: answer.body.code ?? answer.body.status };
}

/** By its e-mail and its username, which count for the account together. */
async function failAsStrangers(): Promise<void> {
  for (const identifier of [test.identifier, username, test.identifier])
    for (let count = 0; count < 5; count += 1) await test.trySignIn('wrong', identifier);
  expect((await test.trySignIn(test.password)).status).toBe(429);
}

async function failFrom(deviceToken: string, times = 5): Promise<void> {
  for (let count = 0; count < times; count += 1)
    expect((await signInFrom(deviceToken, 'wrong')).outcome).toBe('wrong-credentials');
}

describe('M6 D7 a device of an earlier sign-in', () => {
  it('signs in whatever strangers tried, with either name, also after it has signed out', async () => {
    const { deviceToken, accessToken } = await test.signIn();
    await test.request('POST', '/auth/sign-out', { token: accessToken });
    await failAsStrangers();
    expect((await signInFrom(deviceToken, test.password)).outcome).toBe('signed-in');
    expect((await signInFrom(deviceToken, test.password, username)).outcome).toBe('signed-in');
  });

  it('has as many tries as anybody, is told of its own alone, and takes none from others', async () => {
    const { deviceToken } = await test.signIn();
    const answers: unknown[] = [];
    for (let count = 0; count < 5; count += 1) answers.push((await signInFrom(deviceToken, 'wrong')).body);
    expect(answers).toEqual(
      [4, 3, 2, 1, 0].map((triesLeft) => expect.objectContaining({ triesLeft, pauseSeconds: 900 })),
    );
    const { outcome, headers } = await signInFrom(deviceToken, test.password);
    expect([outcome, headers.get('retry-after')]).toEqual(['locked-out', '900']);
    expect((await test.trySignIn(test.password)).status).toBe(200);
    test.pass(900);
    expect((await signInFrom(deviceToken, test.password)).outcome).toBe('signed-in');
  });

  it('gives strangers no new tries by signing in', async () => {
    const { deviceToken } = await test.signIn();
    for (let count = 0; count < 5; count += 1) await test.trySignIn('wrong');
    expect((await signInFrom(deviceToken, test.password)).outcome).toBe('signed-in');
    expect((await test.trySignIn(test.password)).status).toBe(429);
    // Of the account, which is not told.
    expect((await test.trySignIn(test.password, username)).body.code).toBe('wrong-credentials');
  });

  it('has no more tries than its session, and starts anew once it signed in', async () => {
    const { deviceToken, accessToken: token } = await test.signIn();
    await failFrom(deviceToken, 3);
    for (let count = 0; count < 2; count += 1)
      await test.request('POST', '/auth/reauth', { token, body: { password: 'wrong' } });
    expect((await signInFrom(deviceToken, test.password)).outcome).toBe('locked-out');
    test.pass(900);
    await failFrom(deviceToken, 4);
    expect((await signInFrom(deviceToken, test.password)).outcome).toBe('signed-in');
    await failFrom(deviceToken, 4);
  });

  it('is asked for a code like any other, and its count is forgotten after that, no stranger’s', async () => {
    const { app } = await enrol(test, (await test.signIn()).accessToken);
    const { body } = await test.request<SignedIn>('POST', '/auth/sign-in/code', {
      body: { challenge: await challenge(test), code: app.code(30) },
    });
    await failAsStrangers();
    await failFrom(body.deviceToken, 4);
    const step = await signInFrom(body.deviceToken, test.password);
    if (step.body.status !== 'code-required') throw new Error(step.outcome);
    test.pass(60);
    const done = await test.request('POST', '/auth/sign-in/code', {
      body: { challenge: step.body.challenge, code: app.code() },
    });
    expect(done.status).toBe(200);
    await failFrom(body.deviceToken, 4);
    expect((await test.trySignIn(test.password)).status).toBe(429);
  });
});

describe('M6 D7 a device token', () => {
  it('is the same for the whole of a session, and lies nowhere on the server', async () => {
    const { deviceToken, refreshToken, sessionId } = await test.signIn();
    const { body } = await test.request<SignedIn>('POST', '/auth/refresh', { body: { refreshToken } });
    expect(body.deviceToken).toBe(deviceToken);
    expect(deviceToken.startsWith(`${sessionId}.`)).toBe(true);
    expect((await test.signIn()).deviceToken).not.toBe(deviceToken);
    const tables = test.server.database.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'");
    const rows = tables.map(({ name }) => JSON.stringify(test.server.database.all(`SELECT * FROM ${name}`)));
    expect(rows.join()).not.toContain(deviceToken.split('.')[1]);
  });

  it('is one of a stranger once the password has changed, and comes anew with the tokens of a session', async () => {
    const { deviceToken, accessToken: token, refreshToken } = await test.signIn();
    const next = 'correct horse battery';
    const change = { current: test.password, next, endOtherSessions: true };
    expect((await test.request('POST', '/me/password', { token, body: change })).status).toBe(200);
    await failAsStrangers();
    expect((await signInFrom(deviceToken, next)).outcome).toBe('locked-out');
    const { body } = await test.request<SignedIn>('POST', '/auth/refresh', { body: { refreshToken } });
    expect((await signInFrom(body.deviceToken, next)).outcome).toBe('signed-in');
  });

  it.each([
    ['made up', () => 'made.up'],
    ['without a signature', (good: string) => good.split('.')[0] ?? ''],
    ['with a changed signature', (good: string) => `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`],
    [
      'with the signature of another session',
      (good: string, other: string) => [good, other].map((each, at) => each.split('.')[at]).join('.'),
    ],
    ['with more behind it', (good: string) => `${good}.x`],
    ['of nothing but dots', () => '...'],
    ['of letters that are none', () => '\u{1F600}.\uD800'],
  ])('%s is as none', async (_name, forge) => {
    const [good, other] = [(await test.signIn()).deviceToken, (await test.signIn()).deviceToken];
    await failAsStrangers();
    const { outcome } = await signInFrom(forge(good, other), test.password);
    expect(outcome).toBe('locked-out');
  });

  it('of another account is as none, and tells nothing of who exists', async () => {
    const { deviceToken } = await test.signIn();
    const known = await signInFrom(`x${deviceToken}`, 'wrong');
    const unknown = await signInFrom(deviceToken, 'wrong', 'nobody@example.com');
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    for (let count = 0; count < 4; count += 1) await signInFrom(deviceToken, 'wrong', 'nobody@example.com');
    expect((await signInFrom(deviceToken, 'wrong', 'nobody@example.com')).outcome).toBe('locked-out');
  });
});
