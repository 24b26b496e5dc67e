import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { challenge, enrol, openChallenges } from '../../testing/authenticator.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { createRecoveryCode, readRecoveryCode } from '../../proofs/recovery-code.ts';

interface Shown {
  readonly codes: { code: string; isUsed: boolean }[];
  readonly createdAt: string;
}

describe('E5 a recovery code', () => {
  it('is ten unmistakable characters in two groups, of 32 different ones (50 bits)', () => {
    const codes = Array.from({ length: 500 }, createRecoveryCode);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
  });

  it.each(['ab0d1-fghjk', 'AB0D1-FGHJK', 'ab0d1fghjk', ' ab0d1 fghjk ', 'aBoDl-fghjk', 'ABODI-FGHJK'])(
    'is read from %j',
    (typed) => {
      expect(readRecoveryCode(typed)).toBe('ab0d1fghjk');
    },
  );
});

describe('E5 recovery codes', () => {
  let test: TestServer;
  let token: string;
  let codes: string[];
  beforeEach(async () => {
    test = await startTestServer();
    token = (await test.signIn()).accessToken;
    codes = (await enrol(test, token)).recoveryCodes!;
  });
  afterEach(() => test.close());

  const show = async () => (await test.request<Shown>('GET', '/me/mfa/recovery-codes', { token })).body;
  const renew = () =>
    test.request<Shown & { code?: string }>('POST', '/me/mfa/recovery-codes', {
      token,
      headers: { 'idempotency-key': 'k' },
    });
  const submit = async (code: string, waiting?: string) =>
    test.request<{ code?: string }>('POST', '/auth/sign-in/code', {
      body: { challenge: waiting ?? (await challenge(test)), code },
    });

  it('are shown again in the same order', async () => {
    const shown = await show();
    expect(shown).toEqual({
      codes: codes.map((code) => ({ code, isUsed: false })),
      createdAt: '2026-01-15T12:00:00.000Z',
    });
  });

  it('sign in once each, in any case and with or without the hyphen', async () => {
    for (const typed of [codes[0]!, codes[1]!.toUpperCase(), codes[2]!.replace('-', ''), codes[3]!.replace('-', ' ')]) {
      expect((await submit(typed)).status).toBe(200);
      const again = await submit(typed);
      expect([again.status, again.body.code]).toEqual([401, 'wrong-code']);
    }
    expect((await show()).codes.map(({ isUsed }) => isUsed)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    const { body } = await test.request('GET', '/me/mfa', { token });
    expect(body['recoveryCodes']).toMatchObject({ total: 10, remaining: 6 });
  });

  it('let one of ten parallel uses through', async () => {
    const challenges = await openChallenges(test, 10);
    const answers = await Promise.all(challenges.map((each) => submit(codes[0]!, each)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('are all void once there is a new set, of which no answer is kept', async () => {
    const first = await renew();
    const second = await renew();
    expect(first.body.codes).toHaveLength(10);
    expect(second.body.codes.some(({ code }) => first.body.codes.some((other) => other.code === code))).toBe(false);
    for (const code of [codes[0]!, first.body.codes[0]!.code]) expect((await submit(code)).status).toBe(401);
    expect((await submit(second.body.codes[0]!.code)).status).toBe(200);
  });

  it('go when MFA is turned off; then there is nothing to show or renew, and nothing to prove with', async () => {
    await test.request('DELETE', '/me/mfa', { token });
    for (const method of ['GET', 'POST'])
      expect((await test.request(method, '/me/mfa/recovery-codes', { token })).status).toBe(404);
    expect((await test.request('POST', '/auth/reauth', { token, body: { recoveryCode: codes[0] } })).status).toBe(401);
  });

  it('belong to one person', () => {
    const { accounts, recoveryCodes } = test.server.stores;
    const demo = accounts.findDemo()!;
    const other = accounts.create({
      user: { ...accounts.readUser(demo), username: 'other' },
      contact: { ...accounts.readContact(demo), email: 'other@example.com' },
      passwordHash: '',
      permissions: [],
    });
    recoveryCodes.renew(other);
    expect(recoveryCodes.take(other, codes[0]!)).toBe(false);
    expect(recoveryCodes.take(demo, codes[0]!)).toBe(true);
  });
});
