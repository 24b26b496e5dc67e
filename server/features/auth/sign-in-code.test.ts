import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { challenge } from '../../testing/authenticator.ts';
import { linkIn, readMails } from '../../testing/mails.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const reset = 'Set a new password';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

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

  it('counts wrong codes apart from passwords, also when the password is right in between', async () => {
    for (let count = 0; count < 4; count += 1) await test.trySignIn('wrong');
    for (let count = 0; count < 5; count += 1) expect((await submit(await challenge(test), '000000')).status).toBe(401);
    const locked = await submit(await challenge(test), codeAt(0));
    expect([locked.status, locked.body['code'], locked.headers.get('retry-after')]).toEqual([429, 'locked-out', '900']);
    test.pass(900);
    expect((await submit(await challenge(test), codeAt(0))).status).toBe(200);
  });

  it('M7 judges five codes in a quarter of an hour, however many new passwords a mail box gives', async () => {
    let judged = 0;
    for (let round = 0; round < 3; round += 1) {
      const password = `correct horse battery ${String(round)}`;
      await test.request('POST', '/auth/password-reset', { body: { identifier: test.identifier } });
      await expect
        .poll(async () => (await readMails(test)).filter(({ subject }) => subject === reset))
        .toHaveLength(round + 1);
      const link = new URL(await linkIn(test, reset)).pathname;
      expect((await test.request('POST', link, { body: { next: password } })).status).toBe(204);
      const { body } = await test.trySignIn(password);
      if (body.status !== 'code-required') throw new Error(JSON.stringify(body));
      for (let count = 0; count < 5; count += 1)
        if ((await submit(body.challenge, '000000')).status === 401) judged += 1;
      test.pass(60);
    }
    expect(judged).toBe(5);
  });

  it('M7 tells the owner of the first wait and of the end, and says what still opens', async () => {
    const store = test.server.stores.codeFailures;
    const demo = test.server.stores.accounts.findDemo()!;
    const codes = test.server.stores.recoveryCodes.renew(demo);
    const mailed = async () => (await readMails(test)).map(({ subject }) => subject);
    for (let count = 0; count < 5; count += 1) await submit(await challenge(test), '000000');
    expect(await mailed()).toEqual(['Wrong codes were typed for your account']);
    for (let count = 5; count < 99; count += 1) {
      test.pass(86_400);
      store.fail(demo);
    }
    test.pass(86_400);
    const last = await submit(await challenge(test), '000000');
    expect([last.status, last.body['code']]).toEqual([401, 'codes-exhausted']);
    const [mail, ...before] = await readMails(test);
    expect(before).toHaveLength(1);
    expect(mail).toMatchObject({
      to: test.identifier,
      text: expect.stringMatching(/recovery code still does[^]*still signed in[^]*whoever runs/),
    });
    test.pass(86_400);
    const right = await submit(await challenge(test), codeAt(0));
    expect([right.status, right.body['code']]).toEqual([401, 'codes-exhausted']);
    expect((await submit(await challenge(test), codes[0]!)).status).toBe(200);
    expect((await submit(await challenge(test), codeAt(0))).status).toBe(200);
  });

  it('M7 judges codes of the device again once whoever runs the service has unlocked the account', async () => {
    const { codeFailures: store, accounts } = test.server.stores;
    const demo = accounts.find(test.identifier)!;
    for (let count = 0; count < 100; count += 1) {
      test.pass(86_400);
      store.fail(demo);
    }
    test.pass(86_400);
    expect((await submit(await challenge(test), codeAt(0))).body['code']).toBe('codes-exhausted');
    for (let count = 0; count < 5; count += 1) await test.trySignIn('wrong');
    expect((await test.trySignIn(test.password)).status).toBe(429);
    expect(test.server.unlock('nobody')).toBe(false);
    expect(test.server.unlock('Mara.Lindqvist')).toBe(true);
    expect((await submit(await challenge(test), codeAt(0))).status).toBe(200);
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
