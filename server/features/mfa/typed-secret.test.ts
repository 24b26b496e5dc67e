import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { challenge, createAuthenticator, hotpCode, openChallenges } from '../../testing/authenticator.ts';
import { hasOathtool, oathtool } from '../../../tests/support/oathtool.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { Enrolled } from './mfa.schemas.ts';

let test: TestServer;
let token: string;
beforeEach(async () => {
  test = await startTestServer(findPreset('contact-center'));
  token = (await test.signIn()).accessToken;
  await test.request('POST', '/auth/reauth', { token, body: { password: test.password } });
});
afterEach(() => test.close());

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const put = (body: object) =>
  test.request<Enrolled & { code?: string; errors?: unknown }>('PUT', '/me/mfa/secret', {
    token,
    body: { name: '', ...body },
  });
const submit = async (code: string) =>
  (await test.request('POST', '/auth/sign-in/code', { body: { challenge: await challenge(test), code } })).status;

describe('C5 typing an MFA secret', () => {
  it.each([secret.slice(0, 16), secret.slice(0, 26), secret])('takes %s with a code of it', async (typed) => {
    const app = createAuthenticator(test, typed);
    const { status, body } = await put({ secret: typed, type: 'totp', code: app.code() });
    expect([status, body.recoveryCodes]).toEqual([200, null]);
    expect(body.status).toMatchObject({
      isOn: true,
      devices: [{ name: 'Authenticator app', type: 'totp' }],
      recoveryCodes: null,
      offers: ['typed-secret'],
    });
    test.pass(30);
    expect(await submit(app.code())).toBe(200);
  });

  it.each([
    '',
    'A'.repeat(15),
    'A'.repeat(17),
    'A'.repeat(25),
    'A'.repeat(31),
    'A'.repeat(33),
    'a'.repeat(16),
    `${'A'.repeat(15)}1`,
    `${'A'.repeat(15)}=`,
    'AAAA AAAA AAAA A',
    '２'.repeat(16),
  ])('refuses the secret %j', async (typed) => {
    const { status, body } = await put({ secret: typed, type: 'totp', code: '123456' });
    expect([status, body.errors]).toEqual([422, [{ field: 'secret', code: 'not-valid' }]]);
  });

  it('M7 counts again after a hundred wrong codes once the owner sets it up anew by the password', async () => {
    const app = createAuthenticator(test, secret);
    await put({ secret, type: 'totp', code: app.code() });
    const { codeFailures, accounts, sessions } = test.server.stores;
    const owner = accounts.findDemo()!;
    for (let count = 0; count < 100; count += 1) {
      test.pass(86_400);
      codeFailures.fail(owner);
    }
    test.pass(86_400);
    // One that was renewed all the time.
    token = sessions.start(owner, { userAgent: '', ipAddress: '' }).accessToken;
    await test.request('POST', '/auth/reauth', { token, body: { password: test.password } });
    expect(await submit(app.code())).toBe(401);
    const next = createAuthenticator(test, secret.slice(0, 26));
    expect((await put({ secret: next.secret, type: 'totp', code: next.code() })).status).toBe(200);
    test.pass(30);
    expect(await submit(next.code())).toBe(200);
  });

  it('leaves everything as it was for a wrong code', async () => {
    const app = createAuthenticator(test, secret);
    await put({ secret, type: 'totp', code: app.code() });
    const other = 'MZXW6YTBOI7SEJBF';
    const { status, body } = await put({
      secret: other,
      type: 'totp',
      code: createAuthenticator(test, other).code(60),
    });
    expect([status, body.errors]).toEqual([422, [{ field: 'code', code: 'not-valid' }]]);
    expect(await submit(app.code(30))).toBe(200);
  });

  it('has one secret: a new one replaces it', async () => {
    const first = createAuthenticator(test, secret);
    const second = createAuthenticator(test, 'MZXW6YTBOI7SEJBF');
    await put({ secret, type: 'totp', code: first.code(), name: 'Old' });
    const { body } = await put({ secret: second.secret, type: 'totp', code: second.code(), name: 'New' });
    expect(body.status.devices).toMatchObject([{ name: 'New' }]);
    test.pass(30);
    expect(await submit(first.code())).toBe(401);
    expect(await submit(second.code())).toBe(200);
  });

  it('keeps its own interval', async () => {
    const app = createAuthenticator(test, secret, 60);
    expect((await put({ secret, type: 'totp', period: 60, code: app.code() })).status).toBe(200);
    test.pass(60);
    expect(await submit(createAuthenticator(test, secret, 30).code())).toBe(401);
    expect(await submit(app.code(-60))).toBe(401);
    expect(await submit(app.code(60))).toBe(200);
  });

  it('counts HOTP from the given counter, forgives ten unused codes, and takes none twice', async () => {
    expect((await put({ secret, type: 'hotp', counter: 5, code: hotpCode(secret, 4) })).status).toBe(422);
    const { body } = await put({ secret, type: 'hotp', counter: 5, code: hotpCode(secret, 5) });
    expect(body.status.devices).toMatchObject([{ type: 'hotp' }]);
    expect(await submit(hotpCode(secret, 5))).toBe(401);
    expect(await submit(hotpCode(secret, 16))).toBe(200);
    expect(await submit(hotpCode(secret, 10))).toBe(401);
    expect(await submit(hotpCode(secret, 28))).toBe(401);
    expect(await submit(hotpCode(secret, 27))).toBe(200);
  });

  it('lets one of ten parallel sign-ins with one HOTP code through', async () => {
    await put({ secret, type: 'hotp', code: hotpCode(secret, 0) });
    const challenges = await openChallenges(test, 10);
    const answers = await Promise.all(
      challenges.map((each) =>
        test.request('POST', '/auth/sign-in/code', { body: { challenge: each, code: hotpCode(secret, 1) } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it.each([
    { period: 0 },
    { period: 3_601 },
    { period: 1.5 },
    { counter: -1 },
    { counter: Number.MAX_SAFE_INTEGER },
    { type: 'other' },
  ])('refuses %j', async (over) => {
    expect((await put({ secret, type: 'totp', code: '123456', ...over })).status).toBe(422);
  });

  it('needs re-authentication, and a sign-in is none here (E12)', async () => {
    token = (await test.signIn()).accessToken;
    const { status, body } = await put({ secret, type: 'totp', code: createAuthenticator(test, secret).code() });
    expect([status, body.code]).toEqual([403, 'reauth-required']);
  });

  it('is the only way in here: there is no enrolment and there are no recovery codes', async () => {
    for (const path of ['/me/mfa/totp', '/me/mfa/totp/confirm', '/me/mfa/recovery-codes']) {
      expect((await test.request('POST', path, { token, body: {} })).status).toBe(404);
    }
  });

  it.skipIf(!hasOathtool)('works with the codes of oathtool (skipped where it is missing)', async () => {
    const hotp = (counter: number) => oathtool(secret, '--hotp', `--counter=${String(counter)}`);
    expect((await put({ secret, type: 'hotp', counter: 7, code: hotp(7) })).status).toBe(200);
    expect(await submit(hotp(9))).toBe(200);
    const totp = () => oathtool(secret, '--totp', '--time-step-size=60s', `--now=@${String(test.now() / 1000)}`);
    expect((await put({ secret, type: 'totp', period: 60, code: totp() })).status).toBe(200);
    test.pass(60);
    expect(await submit(totp())).toBe(200);
  });
});
