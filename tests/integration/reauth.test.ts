import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import type { ReauthState } from '../../shared/contract/account/reauth.ts';
import { hasOathtool, openAccount, type AccountUnderTest } from './account-under-test.ts';

let at: AccountUnderTest;
afterEach(() => at[Symbol.asyncDispose]());

const status = () => at.app.calls.reauth.status({ accountId: at.accountId });
const provePassword = (password = at.server.password) =>
  at.app.calls.reauth.prove({ accountId: at.accountId, proof: { kind: 'password', password } });
const proveCode = (code: string) =>
  at.app.calls.reauth.prove({ accountId: at.accountId, proof: { kind: 'code', code } });
const connectionState = async () => (await at.app.calls.accounts.list()).accounts[0]?.state.kind;
const heard = () => at.heard<ReauthState>('reauth.changed').map(({ validUntil }) => validUntil !== null);
/** Seconds that the window is still open, by the clock that the screen counts down with. */
const left = ({ validUntil }: ReauthState, now = Date.now()) =>
  validUntil === null ? 0 : (Date.parse(validUntil) - now) / 1_000;

describe('E12 the window of re-authentication', () => {
  it('is open after a sign-in where the provider says so, counted by this computer’s clock', async () => {
    at = await openAccount();
    const state = await status();
    expect(state).toMatchObject({ windowSeconds: 900, proofs: ['password'] });
    expect(left(state)).toBeGreaterThan(890);
    expect(left(state)).toBeLessThan(905);
  });

  it('opens by a password and ends at once, each time with one event', async () => {
    at = await openAccount(contactCenter);
    expect((await status()).validUntil).toBeNull();
    const opened = await provePassword();
    expect(left(opened)).toBeGreaterThan(590);
    expect(left(await status())).toBeCloseTo(left(opened), -1);
    expect((await at.app.calls.reauth.end({ accountId: at.accountId })).validUntil).toBeNull();
    expect((await status()).validUntil).toBeNull();
    expect(heard()).toEqual([false, true, false]);
  });

  it('refuses a wrong password without ending the session, and locks out in the end', async () => {
    at = await openAccount(contactCenter);
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(provePassword('wrong')).rejects.toMatchObject({
        code: 'unauthenticated',
        details: { reason: 'wrong-credentials' },
      });
    }
    await expect(provePassword()).rejects.toMatchObject({ code: 'rate-limited', details: { reason: 'locked-out' } });
    expect(await connectionState()).toBe('online');
    at.server.pass(901);
    expect((await provePassword()).validUntil).not.toBeNull();
  });

  it.skipIf(!hasOathtool)('opens by a code and by a recovery code, each of them once', async () => {
    at = await openAccount();
    const { secret, recoveryCodes } = await at.enrol();
    at.server.pass(901);
    const code = at.code(secret).replace(/^(...)/, '$1 ');
    expect((await proveCode(code)).validUntil).not.toBeNull();
    await expect(proveCode(code)).rejects.toMatchObject({ code: 'unauthenticated', details: { reason: 'wrong-code' } });
    expect((await proveCode(recoveryCodes[0]!.toUpperCase())).validUntil).not.toBeNull();
    await expect(proveCode(recoveryCodes[0]!)).rejects.toMatchObject({
      code: 'unauthenticated',
      details: { reason: 'wrong-code' },
    });
    expect(await connectionState()).toBe('online');
  });

  it.skipIf(!hasOathtool)(
    'closes here, and says so, when the provider finds it closed although we thought it open',
    async () => {
      at = await openAccount();
      await at.enrol();
      at.server.pass(901);
      const { app, accountId } = at;
      await expect(app.calls.mfa.turnOff({ accountId })).rejects.toMatchObject({ code: 'reauth-required' });
      expect(heard().at(-1)).toBe(false);
      expect((await app.calls.mfa.status({ accountId })).isOn).toBe(true);
    },
  );

  it('ends without a network too, and the provider hears of it as soon as it is back', async () => {
    at = await openAccount();
    await status();
    at.network.cut(true);
    expect((await at.app.calls.reauth.end({ accountId: at.accountId })).validUntil).toBeNull();
    expect((await status()).validUntil, 'offline').toBeNull();
    at.network.cut(false);
    expect((await status()).validUntil, 'online again').toBeNull();
    expect((await provePassword()).validUntil).not.toBeNull();
  });

  it('is gone with the session', async () => {
    at = await openAccount();
    await status();
    await at.app.calls.auth.signOut({ accountId: at.accountId, forget: false });
    expect(heard()).toEqual([true, false]);
    await expect(status()).rejects.toMatchObject({ code: 'unauthenticated', details: { reason: 'session-ended' } });
  });
});

describe('X1 E12 a computer whose clock is wrong by a day, and set right meanwhile', () => {
  const day = 86_400_000;
  let offset = 0;
  const clock = { ...createSystemClock(), now: () => Date.now() + offset };

  it.each([day, -day])('renews its tokens, counts the window and judges codes all the same (%d ms)', async (wrong) => {
    offset = wrong;
    at = await openAccount(undefined, { clock });
    const { app, accountId, server } = at;
    expect(left(await status(), clock.now())).toBeGreaterThan(890);
    server.pass(601);
    expect((await app.calls.profile.get({ accountId, from: 'provider' })).source, 'the access token has expired').toBe(
      'provider',
    );
    offset = 0;
    expect(left(await status(), clock.now())).toBeLessThan(300);
    expect(await connectionState()).toBe('online');
    if (!hasOathtool) return;
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    offset = -wrong;
    expect(await app.calls.mfa.diagnoseCode({ enrolment, code: at.code(otp.secret, -60) })).toEqual({
      kind: 'other-moment',
      seconds: -60,
    });
    expect(await app.calls.mfa.confirmEnrolment({ enrolment, code: at.code(otp.secret), name: 'Phone' })).toMatchObject(
      { status: { isOn: true } },
    );
    server.pass(601);
    expect((await app.calls.profile.get({ accountId, from: 'provider' })).source).toBe('provider');
  });
});
