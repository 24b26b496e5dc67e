import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  challenge,
  createAuthenticator,
  enrol,
  openChallenges,
  type Authenticator,
} from '../../testing/authenticator.ts';
import { hasOathtool, oathtool } from '../../../tests/support/oathtool.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { Enrolled, EnrolmentAnswer, MfaStatus } from './mfa.schemas.ts';

let test: TestServer;
let token: string;
beforeEach(async () => {
  test = await startTestServer();
  token = (await test.signIn()).accessToken;
});
afterEach(() => test.close());

const begin = async () => (await test.request<EnrolmentAnswer>('POST', '/me/mfa/totp', { token })).body;
const confirm = (enrolment: string, code: string, name = 'Phone') =>
  test.request<Enrolled & { code?: string; errors?: unknown }>('POST', '/me/mfa/totp/confirm', {
    token,
    body: { enrolment, code, name },
  });
const status = async () => (await test.request<MfaStatus>('GET', '/me/mfa', { token })).body;
const submit = async (code: string) =>
  (await test.request('POST', '/auth/sign-in/code', { body: { challenge: await challenge(test), code } })).status;
const endWindow = () => test.request('DELETE', '/auth/reauth', { token });

describe('W10 E4 enrolling', () => {
  it('shows a secret of 160 bits once, as text and as a link', async () => {
    const { secret, link, ...rest } = await begin();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(rest).toEqual({
      enrolment: expect.any(String),
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
      expiresAt: '2026-01-15T12:10:00.000Z',
    });
    const url = new URL(link);
    expect([url.protocol, url.host, decodeURIComponent(url.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Control account:demo@profile-desk.example',
    ]);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      issuer: 'Control account',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect(link).not.toContain('+');
  });

  it('turns on with a right code, gives ten recovery codes, and asks for a code from then on', async () => {
    expect(await status()).toEqual({
      isOn: false,
      isForced: false,
      devices: [],
      recoveryCodes: null,
      offers: ['enrolment'],
    });
    const { enrolment, secret } = await begin();
    const app = createAuthenticator(test, secret);
    const { status: code, body } = await confirm(enrolment, app.code());
    expect(code).toBe(200);
    expect(body.recoveryCodes).toHaveLength(10);
    const createdAt = '2026-01-15T12:00:00.000Z';
    expect(body.status).toMatchObject({
      isOn: true,
      devices: [{ name: 'Phone', type: 'totp', createdAt, lastUsedAt: null }],
      recoveryCodes: { total: 10, remaining: 10, createdAt },
    });
    test.pass(30);
    expect(await submit(app.code())).toBe(200);
    expect((await status()).devices[0]?.lastUsedAt).toBe('2026-01-15T12:00:30.000Z');
  });

  it('leaves everything as it was for a wrong code, and takes the right one after', async () => {
    const { enrolment, secret } = await begin();
    const app = createAuthenticator(test, secret);
    for (const code of [app.code(-60), app.code(60), '12345', 'abcdef']) {
      const { status: answered, body } = await confirm(enrolment, code);
      expect([answered, body.code]).toEqual([401, 'wrong-code']);
    }
    expect((await status()).isOn).toBe(false);
    await test.signIn();
    expect((await confirm(enrolment, app.code(-30))).status).toBe(200);
  });

  it('uses up the code that turned it on', async () => {
    const { app } = await enrol(test, token);
    expect(await submit(app.code())).toBe(401);
    expect(await submit(app.code(30))).toBe(200);
  });

  it('is void once begun again, also in another window, and after ten minutes', async () => {
    const first = await begin();
    const second = await begin();
    expect((await confirm(first.enrolment, createAuthenticator(test, first.secret).code())).body.code).toBe(
      'not-found',
    );
    expect((await confirm(first.enrolment, createAuthenticator(test, second.secret).code())).body.code).toBe(
      'not-found',
    );
    test.pass(600);
    token = (await test.signIn()).accessToken;
    expect((await confirm(second.enrolment, createAuthenticator(test, second.secret).code())).body.code).toBe(
      'not-found',
    );
    const third = await begin();
    test.pass(599);
    expect((await confirm(third.enrolment, createAuthenticator(test, third.secret).code())).status).toBe(200);
  });

  it('is nobody else’s to confirm', async () => {
    const { enrolment, secret } = await begin();
    const { accounts, enrolments } = test.server.stores;
    const { user, contact } = {
      user: accounts.readUser(accounts.findDemo()!),
      contact: accounts.readContact(accounts.findDemo()!),
    };
    const other = accounts.create({
      user: { ...user, username: 'other' },
      contact: { ...contact, email: 'o@example.com' },
      passwordHash: '',
      permissions: [],
    });
    expect(enrolments.find(other, enrolment)).toBeUndefined();
    expect(enrolments.find(accounts.findDemo()!, enrolment)).toBe(secret);
  });

  it('lets one of ten parallel confirmations through', async () => {
    const { enrolment, secret } = await begin();
    const code = createAuthenticator(test, secret).code();
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(enrolment, code)));
    expect(answers.map(({ status: answered }) => answered).sort()).toEqual([200, ...Array<number>(9).fill(404)]);
    expect((await status()).devices).toHaveLength(1);
  });

  it('lets one of ten parallel sign-ins with one code through', async () => {
    const { app } = await enrol(test, token);
    const challenges = await openChallenges(test, 10);
    test.pass(30);
    const body = { code: app.code() };
    const answers = await Promise.all(
      challenges.map((each) => test.request('POST', '/auth/sign-in/code', { body: { ...body, challenge: each } })),
    );
    expect(answers.filter(({ status: answered }) => answered === 200)).toHaveLength(1);
  });

  it('names a device as typed, or by itself, and refuses a name that cannot be shown', async () => {
    for (const [typed, stored] of [
      ['  Mara’s 📱 ', 'Mara’s 📱'],
      [' ', 'Authenticator app'],
    ] as const) {
      await enrol(test, token, typed);
      expect((await status()).devices.at(-1)?.name).toBe(stored);
    }
    const { enrolment, secret } = await begin();
    for (const name of ['a\u0000', 'x'.repeat(101)]) {
      const { status: answered, body } = await confirm(enrolment, createAuthenticator(test, secret).code(), name);
      expect([answered, body.errors]).toEqual([422, [expect.objectContaining({ field: 'name' })]]);
    }
  });

  it('keeps no secret and no code in the clear', async () => {
    const pending = await begin();
    const { app, recoveryCodes } = await enrol(test, token);
    const again = await begin();
    const { database } = test.server;
    const tables = database.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
    const stored = JSON.stringify(tables.map(({ name }) => database.all(`SELECT * FROM ${name}`)));
    for (const secret of [pending.secret, app.secret, again.secret, ...recoveryCodes!])
      expect(stored).not.toContain(secret);
  });

  it.skipIf(!hasOathtool)('works with the codes of oathtool (skipped where it is missing)', async () => {
    const { enrolment, secret } = await begin();
    const now = () => `--now=@${String(test.now() / 1000)}`;
    expect((await confirm(enrolment, oathtool(secret, '--totp', now()))).status).toBe(200);
    test.pass(30);
    expect(await submit(oathtool(secret, '--totp', now()))).toBe(200);
  });
});

describe('W10 E6 several devices', () => {
  let apps: Authenticator[];
  beforeEach(async () => {
    apps = [(await enrol(test, token, 'Phone')).app, (await enrol(test, token, 'Tablet')).app];
  });
  const remove = (id: string) =>
    test.request<MfaStatus & { code?: string }>('DELETE', `/me/mfa/devices/${id}`, { token });

  it('each sign in; the recovery codes stay those of the first', async () => {
    expect((await enrol(test, token, 'Third')).recoveryCodes).toBeNull();
    test.pass(30);
    for (const app of apps) expect(await submit(app.code())).toBe(200);
  });

  it('can be removed one by one; without the last one it is off', async () => {
    const [phone, tablet] = (await status()).devices;
    expect((await remove(phone!.id)).body).toMatchObject({
      isOn: true,
      devices: [{ name: 'Tablet' }],
      recoveryCodes: { total: 10 },
    });
    test.pass(30);
    expect(await submit(apps[0]!.code())).toBe(401);
    expect(await submit(apps[1]!.code())).toBe(200);
    expect((await remove(phone!.id)).body.code).toBe('not-found');
    expect((await remove(tablet!.id)).body).toMatchObject({ isOn: false, devices: [], recoveryCodes: null });
    expect((await test.trySignIn(test.password)).body.status).toBe('signed-in');
  });

  it('go all at once, and to turn it on again all steps repeat', async () => {
    for (let count = 0; count < 2; count += 1) {
      const { body } = await test.request('DELETE', '/me/mfa', { token });
      expect(body).toMatchObject({ isOn: false, devices: [], recoveryCodes: null });
    }
    expect((await enrol(test, token)).recoveryCodes).toHaveLength(10);
  });

  it('are 20 at most', async () => {
    for (let count = 2; count < 20; count += 1) await enrol(test, token);
    const { status: answered, body } = await test.request('POST', '/me/mfa/totp', { token });
    expect([answered, body['code']]).toEqual([403, 'forbidden']);
  });
});

describe('E12 MFA and re-authentication', () => {
  it('needs one for the first device, which opens none', async () => {
    await endWindow();
    const { status: answered, body } = await test.request('POST', '/me/mfa/totp', { token });
    expect([answered, body['code']]).toEqual([403, 'reauth-required']);
    expect((await status()).isOn).toBe(false);
  });

  it('needs one to add a device, remove one, turn off, and see or renew recovery codes', async () => {
    await enrol(test, token);
    const [device] = (await status()).devices;
    await endWindow();
    for (const [method, path] of [
      ['POST', '/me/mfa/totp'],
      ['DELETE', `/me/mfa/devices/${device!.id}`],
      ['DELETE', '/me/mfa'],
      ['GET', '/me/mfa/recovery-codes'],
      ['POST', '/me/mfa/recovery-codes'],
    ] as const) {
      const { status: answered, body } = await test.request(method, path, { token });
      expect([path, answered, body['code']]).toEqual([path, 403, 'reauth-required']);
    }
    expect(await status()).toMatchObject({ isOn: true, devices: [{}], recoveryCodes: { remaining: 10 } });
  });
});

describe('E6 an account that must have a second factor', () => {
  beforeEach(() => test.server.ensureDemoAccount({ resetPassword: false, forceMfa: true }));

  it('is led to enrol: everything else of it is closed', async () => {
    expect(await status()).toMatchObject({ isOn: false, isForced: true });
    const meta = await test.request<{ mfa: unknown }>('GET', '/meta', { token });
    expect(meta.body.mfa).toEqual({ isOn: false, isForced: true });
    for (const [method, path] of [
      ['GET', '/me'],
      ['PATCH', '/me'],
      ['GET', '/me/contact'],
      ['GET', '/me/avatar'],
      ['GET', '/me/sessions'],
      ['POST', '/me/sessions/close-others'],
      ['POST', '/me/password'],
      ['POST', '/me/password-reset'],
      ['DELETE', '/me/mfa'],
      ['DELETE', '/me/mfa/devices/x'],
      ['GET', '/me/mfa/recovery-codes'],
    ] as const) {
      const { status: answered, body } = await test.request(method, path, { token });
      expect([method, path, answered, body['code']]).toEqual([method, path, 403, 'mfa-required']);
    }
    expect((await test.request('GET', '/auth/reauth', { token })).status).toBe(200);
    await enrol(test, token);
    expect((await test.request('GET', '/me', { token })).status).toBe(200);
    expect((await test.request<{ mfa: unknown }>('GET', '/meta', { token })).body.mfa).toEqual({
      isOn: true,
      isForced: true,
    });
  });

  it('cannot turn it off, nor remove its last device', async () => {
    await enrol(test, token);
    const [device] = (await status()).devices;
    for (const path of ['/me/mfa', `/me/mfa/devices/${device!.id}`]) {
      const { status: answered, body } = await test.request('DELETE', path, { token });
      expect([answered, body['code']]).toEqual([403, 'forbidden']);
    }
    expect(await status()).toMatchObject({ isOn: true, recoveryCodes: { total: 10 } });
    await enrol(test, token, 'Second');
    expect((await test.request('DELETE', `/me/mfa/devices/${device!.id}`, { token })).status).toBe(200);
  });

  it('is free again when the demo account is no longer forced', async () => {
    await test.server.ensureDemoAccount({ resetPassword: false });
    expect((await test.request('GET', '/me', { token })).status).toBe(200);
  });
});
