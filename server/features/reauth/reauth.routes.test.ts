import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { hashToken } from '../../security/tokens.ts';
import { challenge, createAuthenticator, enrol } from '../../testing/authenticator.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { SignedIn } from '../auth/auth.schemas.ts';
import type { Reauthentication } from './reauth.schemas.ts';

let test: TestServer;
let token: string;
async function start(preset: string): Promise<void> {
  test = await startTestServer(findPreset(preset));
  token = (await test.signIn()).accessToken;
}
afterEach(() => test.close());

const fromNow = (seconds: number) => new Date(test.now() + seconds * 1000).toISOString();
const read = async () => (await test.request<Reauthentication>('GET', '/auth/reauth', { token })).body;
const prove = (body: object, who = token) =>
  test.request<Reauthentication & { code?: string }>('POST', '/auth/reauth', { token: who, body });
const end = async () => (await test.request<Reauthentication>('DELETE', '/auth/reauth', { token })).body;

describe('E12 re-authentication window', () => {
  it.each([
    ['control-account', 900, true],
    ['platform', 21_600, true],
    ['contact-center', 600, false],
  ])('of %s is %i s; a sign-in opens it: %s', async (preset, windowSeconds, isOpen) => {
    await start(preset);
    expect(await read()).toEqual({
      validUntil: isOpen ? fromNow(windowSeconds) : null,
      windowSeconds,
      proofs: ['password'],
    });
  });

  it('opens with a proof, closes by itself, and at once when ended', async () => {
    await start('contact-center');
    expect((await prove({ password: test.password })).body.validUntil).toBe(fromNow(600));
    test.pass(599);
    expect((await read()).validUntil).toBe(fromNow(1));
    test.pass(1);
    token = (await test.signIn()).accessToken;
    await prove({ password: test.password });
    expect(await end()).toEqual({ validUntil: null, windowSeconds: 600, proofs: ['password'] });
    expect((await read()).validUntil).toBeNull();
  });

  it('is good to its last moment, and no longer', async () => {
    await start('control-account');
    const { refreshToken } = await test.signIn();
    test.pass(500);
    token = (await test.request<{ accessToken: string }>('POST', '/auth/refresh', { body: { refreshToken } })).body
      .accessToken;
    const guarded = async () => (await test.request('GET', '/me/mfa/recovery-codes', { token })).body['code'];
    test.pass(399.999);
    expect(await guarded()).toBe('not-found');
    test.pass(0.001);
    expect(await guarded()).toBe('reauth-required');
  });

  it('belongs to one session, and survives renewed tokens', async () => {
    await start('contact-center');
    const other = await test.signIn();
    await prove({ password: test.password }, other.accessToken);
    expect((await read()).validUntil).toBeNull();
    const { body } = await test.request<{ accessToken: string }>('POST', '/auth/refresh', {
      body: { refreshToken: other.refreshToken },
    });
    token = body.accessToken;
    expect((await read()).validUntil).toBe(fromNow(600));
  });

  it('shows in the session as an authentication (E8)', async () => {
    await start('contact-center');
    test.pass(60);
    await prove({ password: test.password });
    const { body } = await test.request<{ sessions: object[] }>('GET', '/me/sessions', { token });
    expect(body.sessions[0]).toMatchObject({
      createdAt: fromNow(-60),
      lastAuthenticatedAt: fromNow(0),
      lastModifiedAt: fromNow(0),
    });
  });

  it('guards editing the profile where the provider says so', async () => {
    const edit = async () =>
      (await test.request('PATCH', '/me', { token, headers: { 'if-match': '*' }, body: { firstName: 'Ada' } })).body[
        'code'
      ];
    await start('platform');
    expect(await edit()).toBeUndefined();
    await end();
    expect(await edit()).toBe('reauth-required');
    expect((await test.request('GET', '/me', { token })).body['firstName']).toBe('Ada');
    await prove({ password: test.password });
    expect(await edit()).toBeUndefined();
    await test.close();
    await start('control-account');
    await end();
    expect(await edit()).toBeUndefined();
  });
});

describe('E12 proofs', () => {
  beforeEach(async () => {
    await start('control-account');
  });

  it('are codes too where MFA is on, each once', async () => {
    const { app, recoveryCodes } = await enrol(test, (await test.signIn()).accessToken);
    expect((await end()).proofs).toEqual(['password', 'code', 'recovery-code']);
    test.pass(30);
    const code = app.code();
    expect((await prove({ code })).status).toBe(200);
    expect((await prove({ code })).body.code).toBe('wrong-code');
    expect((await prove({ code: recoveryCodes![0] })).status).toBe(200);
    expect((await prove({ recoveryCode: recoveryCodes![1] })).status).toBe(200);
    for (const used of [recoveryCodes![0], recoveryCodes![1]])
      expect((await prove({ recoveryCode: used })).body.code).toBe('wrong-code');
  });

  it('that are wrong leave the window as it was', async () => {
    await end();
    for (const [body, code] of [
      [{ password: 'wrong' }, 'wrong-credentials'],
      [{ code: '000000' }, 'wrong-code'],
      [{ recoveryCode: 'xxxxx-xxxxx' }, 'wrong-code'],
    ] as const) {
      const answer = await prove(body);
      expect([answer.status, answer.body.code, answer.headers.get('www-authenticate')]).toEqual([401, code, 'Bearer']);
    }
    expect((await read()).validUntil).toBeNull();
  });

  it.each([{}, { password: '' }, { password: 'x', code: '1' }, { other: 'x' }, { code: 1 }, []])(
    'of the form %j are refused',
    async (body) => {
      expect((await prove(body)).status).toBe(422);
    },
  );

  it('need a session', async () => {
    for (const method of ['GET', 'POST', 'DELETE'])
      expect((await test.request(method, '/auth/reauth')).status).toBe(401);
  });

  it('of one code open the window once, however many are sent together', async () => {
    const { app } = await enrol(test, (await test.signIn()).accessToken);
    test.pass(30);
    const answers = await Promise.all(Array.from({ length: 4 }, () => prove({ code: app.code() })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('under an Idempotency-Key leave no hash to guess a password from', async () => {
    const body = { password: test.password };
    const sent = { token, body, headers: { 'idempotency-key': 'k' } };
    const first = await test.request('POST', '/auth/reauth', sent);
    const second = await test.request('POST', '/auth/reauth', sent);
    expect([second.headers.get('idempotency-replayed'), second.body]).toEqual(['true', first.body]);
    const rows = test.server.database.all<{ request: string }>('SELECT request FROM idempotent_answers');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.request).not.toBe(hashToken(JSON.stringify(['/auth/reauth', body])));
  });
});

describe('E12 H1 a factor that came while the window was open', () => {
  let refreshToken: string;
  beforeEach(async () => {
    await start('control-account');
    const session = await test.signIn();
    [token, refreshToken] = [session.accessToken, session.refreshToken];
  });
  /** In the same session. */
  async function pass(seconds: number): Promise<void> {
    test.pass(seconds);
    const { body } = await test.request<SignedIn>('POST', '/auth/refresh', { body: { refreshToken } });
    [token, refreshToken] = [body.accessToken, body.refreshToken];
  }
  const enrolmentStatus = async (path: string, body?: object) =>
    (await test.request('POST', path, { token, ...(body && { body }) })).status;

  it('is not even begun or confirmed while it is closed, the first one neither', async () => {
    const begun = await test.request<{ enrolment: string; secret: string }>('POST', '/me/mfa/totp', { token });
    await end();
    expect(await enrolmentStatus('/me/mfa/totp')).toBe(403);
    const code = createAuthenticator(test, begun.body.secret).code();
    const body = { enrolment: begun.body.enrolment, code, name: 'x' };
    expect(await enrolmentStatus('/me/mfa/totp/confirm', body)).toBe(403);
    await prove({ password: test.password });
    expect(await enrolmentStatus('/me/mfa/totp/confirm', body)).toBe(200);
  });

  it('proves nothing in that session until the window would have ended, and then it does', async () => {
    const { app, recoveryCodes } = await enrol(test, token);
    expect((await read()).proofs).toEqual(['password']);
    await end();
    expect((await prove({ code: app.code(30) })).status).toBe(401);
    expect((await prove({ recoveryCode: recoveryCodes![0] })).status).toBe(401);
    await pass(899);
    expect((await prove({ code: app.code(30) })).status).toBe(401);
    await pass(1);
    expect((await read()).proofs).toEqual(['password', 'code', 'recovery-code']);
    expect((await prove({ code: app.code() })).status).toBe(200);
  });

  it('proves in another session at once, and another device does in that one', async () => {
    const { app, recoveryCodes } = await enrol(test, token);
    const { body } = await test.request<{ accessToken: string }>('POST', '/auth/sign-in/code', {
      body: { challenge: await challenge(test), code: recoveryCodes![1] },
    });
    await enrol(test, body.accessToken, 'Tablet');
    expect((await prove({ code: app.code(30) }, body.accessToken)).status).toBe(200);
  });

  it.each(['GET', 'POST'])('that recovery codes were read by %s counts alike', async (method) => {
    const { recoveryCodes } = await enrol(test, token);
    await pass(900);
    await prove({ recoveryCode: recoveryCodes![0] });
    const shown = await test.request<{ codes: { code: string }[] }>(method, '/me/mfa/recovery-codes', { token });
    await end();
    expect((await prove({ recoveryCode: shown.body.codes[3]!.code })).status).toBe(401);
    await pass(900);
    expect((await prove({ recoveryCode: shown.body.codes[3]!.code })).status).toBe(200);
  });
});
