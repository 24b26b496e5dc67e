import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { createReferenceProvider } from '../../electron/services/provider/reference/create-reference-provider.ts';
import { createBareSource } from '../../electron/services/provider/tokens.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { platform } from '../../server/presets/platform.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { hasOathtool, openAccount, type AccountUnderTest } from './account-under-test.ts';

// What a renderer that somebody took over could try. It speaks the rpc directly, without any screen of ours.

let at: AccountUnderTest;
afterEach(() => at[Symbol.asyncDispose]());

const ten = Array.from({ length: 10 }, (_, n) => n);
const totp = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null } as const;
const wrongCode = { code: 'unauthenticated', details: { reason: 'wrong-code' } };

async function codesOf(attempts: readonly Promise<unknown>[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(attempts);
  return outcomes
    .map((each) =>
      each.status === 'fulfilled' ? 'done' : each.reason instanceof AppError ? each.reason.code : 'unexpected',
    )
    .sort();
}

/** The account at the real server without any service of ours in between. */
async function openBare(): Promise<{ account: ProviderAccount; refreshToken: string }> {
  const provider = createReferenceProvider({ clock: createSystemClock(), version: '1.2.3' });
  const step = await provider.signIn(at.server.address, at.server);
  if (step.next !== 'done' || step.tokens.kind !== 'refreshing') throw new Error('a code was asked for');
  const { tokens } = step;
  return { account: provider.open(at.server.address, createBareSource(tokens)), refreshToken: tokens.refresh };
}

describe.skipIf(!hasOathtool)('E12 acts that need a proof, without one (skipped where oathtool is missing)', () => {
  let deviceId: string;
  beforeEach(async () => {
    at = await openAccount();
    await at.enrol();
    deviceId = (await at.app.calls.mfa.status({ accountId: at.accountId })).devices[0]!.id;
  });

  type Act = (account: AccountUnderTest) => Promise<unknown>;
  const acts: Record<string, Act> = {
    'mfa.beginEnrolment of a second device': ({ app, accountId }) => app.calls.mfa.beginEnrolment({ accountId }),
    'mfa.removeDevice': ({ app, accountId }) => app.calls.mfa.removeDevice({ accountId, deviceId }),
    'mfa.turnOff': ({ app, accountId }) => app.calls.mfa.turnOff({ accountId }),
    'recoveryCodes.show': ({ app, accountId }) => app.calls.recoveryCodes.show({ accountId }),
    'recoveryCodes.renew': ({ app, accountId }) => app.calls.recoveryCodes.renew({ accountId }),
  };

  it.each(Object.keys(acts))('%s is refused in the service, before anything is sent', async (name) => {
    await at.app.calls.reauth.end({ accountId: at.accountId });
    const before = at.network.requests().length;
    await expect(acts[name]!(at)).rejects.toMatchObject({ code: 'reauth-required', details: {} });
    expect(
      at.network
        .requests()
        .slice(before)
        .filter((request) => request !== 'GET /me/mfa'),
    ).toEqual([]);
    expect((await at.app.calls.mfa.status({ accountId: at.accountId })).devices).toHaveLength(1);
  });

  it.each(Object.keys(acts))('%s is refused by the server where the service thinks the window open', async (name) => {
    at.server.pass(901);
    await expect(acts[name]!(at)).rejects.toMatchObject({ code: 'reauth-required', details: {} });
    expect((await at.app.calls.mfa.status({ accountId: at.accountId })).devices).toHaveLength(1);
  });
});

describe('E12 more acts that need a proof', () => {
  it('mfa.useSecret, where the sign-in is none, and recoveryCodes.save of what was never shown', async () => {
    at = await openAccount(contactCenter);
    const { app, accountId } = at;
    const secret = 'JBSWY3DPEHPK3PXP';
    await expect(
      app.calls.mfa.useSecret({ accountId, secret, parameters: totp, code: '123456', name: 'x' }),
    ).rejects.toMatchObject({ code: 'reauth-required' });
    await expect(app.calls.recoveryCodes.save({ accountId })).rejects.toMatchObject({ code: 'reauth-required' });
  });

  it('profile.update, where the provider asks for it', async () => {
    at = await openAccount(platform);
    const { app, accountId } = at;
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    await app.calls.reauth.end({ accountId });
    const user = { revision: sections.user.revision, changes: { firstName: 'Mallory' } };
    expect((await app.calls.profile.update({ accountId, user })).outcomes).toEqual({
      user: { saved: false, error: { code: 'reauth-required' } },
    });
    await at.prove();
    expect((await app.calls.profile.update({ accountId, user })).outcomes).toEqual({ user: { saved: true } });
  });

  it('none of them in the name of an account that is not there', async () => {
    at = await openAccount();
    const { calls } = at.app;
    const accountId = 'somebody-else';
    const attempts = [
      calls.reauth.status({ accountId }),
      calls.mfa.turnOff({ accountId }),
      calls.recoveryCodes.show({ accountId }),
      calls.mfa.beginEnrolment({ accountId }),
    ];
    expect(await codesOf(attempts)).toEqual(['not-found', 'not-found', 'not-found', 'not-found']);
  });

  it('cannot be reached by guessing passwords or codes: both count to one lock-out', async () => {
    at = await openAccount();
    const { calls } = at.app;
    const prove = (password: string) =>
      calls.reauth.prove({ accountId: at.accountId, proof: { kind: 'password', password } });
    await calls.reauth.end({ accountId: at.accountId });
    const guesses = [
      prove('a'),
      prove('b'),
      prove('c'),
      calls.password.change({
        accountId: at.accountId,
        current: 'd',
        next: 'Long-enough-for-this-1',
        endOtherSessions: false,
      }),
    ];
    await Promise.allSettled(guesses);
    await prove('e').catch(() => undefined);
    await expect(prove(at.server.password)).rejects.toMatchObject({
      code: 'rate-limited',
      details: { reason: 'locked-out' },
    });
  });

  it('cannot be reached by many guesses at the same moment: five are judged', async () => {
    at = await openAccount();
    const { calls } = at.app;
    const prove = (password: string) =>
      calls.reauth.prove({ accountId: at.accountId, proof: { kind: 'password', password } });
    await calls.reauth.end({ accountId: at.accountId });
    const outcomes = await codesOf(Array.from({ length: 20 }, (_, n) => prove(`guess ${String(n)}`)));
    expect(outcomes).toEqual([...Array<string>(15).fill('rate-limited'), ...Array<string>(5).fill('unauthenticated')]);
  });

  it('are proved twenty times at the same moment by who can: nobody is locked out for that', async () => {
    at = await openAccount();
    const { calls } = at.app;
    const { identifier, password, address } = at.server;
    const signIns = Array.from({ length: 20 }, () =>
      calls.auth.signIn({ target: { kind: 'address', address }, identifier, password }),
    );
    expect(await codesOf(signIns)).toEqual(signIns.map(() => 'done'));
    const proofs = Array.from({ length: 20 }, () =>
      calls.reauth.prove({ accountId: at.accountId, proof: { kind: 'password', password } }),
    );
    expect(await codesOf(proofs)).toEqual(proofs.map(() => 'done'));
  });
});

describe.skipIf(!hasOathtool)('W10 E5 things that work once (skipped where oathtool is missing)', () => {
  beforeEach(async () => void (at = await openAccount()));

  it('a code that was used is refused, although it is still the current one', async () => {
    const { app, accountId } = at;
    const { secret } = await at.enrol();
    await expect(
      app.calls.reauth.prove({ accountId, proof: { kind: 'code', code: at.code(secret) } }),
    ).rejects.toMatchObject(wrongCode);
    const { identifier, password } = at.server;
    const step = await app.calls.auth.signIn({
      target: { kind: 'address', address: at.network.address },
      identifier,
      password,
    });
    if (step.next !== 'code') throw new Error('no code was asked for');
    await expect(app.calls.auth.submitCode({ challenge: step.challenge, code: at.code(secret) })).rejects.toMatchObject(
      wrongCode,
    );
  });

  it('ten proofs by one recovery code at once: one counts', async () => {
    const { app, accountId } = at;
    const { recoveryCodes } = await at.enrol();
    // Before, they prove nothing here (H1).
    at.server.pass(901);
    const outcomes = await codesOf(
      ten.map(() => app.calls.reauth.prove({ accountId, proof: { kind: 'code', code: recoveryCodes[3]! } })),
    );
    expect(outcomes.filter((each) => each === 'done')).toHaveLength(1);
    expect((await app.calls.mfa.status({ accountId })).recoveryCodes?.remaining).toBe(9);
  });

  it('ten confirmations at once through the services: one device, one answer for all who asked', async () => {
    const { app, accountId } = at;
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    const code = at.code(otp.secret);
    const answers = await Promise.all(
      ten.map(() => app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' })),
    );
    expect(new Set(answers.map(({ recoveryCodes }) => recoveryCodes?.codes[0]?.code)).size).toBe(1);
    expect((await app.calls.mfa.status({ accountId })).devices).toHaveLength(1);
    await expect(
      app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' }),
      'an eleventh',
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('ten confirmations at once past the services: the server takes one', async () => {
    const { account } = await openBare();
    const { enrolment, secret } = await account.beginEnrolment();
    const outcomes = await codesOf(ten.map(() => account.confirmEnrolment(enrolment, at.code(secret), 'Phone')));
    expect(outcomes.filter((each) => each === 'done')).toHaveLength(1);
    expect((await account.mfaStatus()).devices).toHaveLength(1);
  });

  it('a refresh token that was used ends the session, for the thief and for the owner', async () => {
    const provider = createReferenceProvider({ clock: createSystemClock(), version: '1.2.3' });
    const { refreshToken } = await openBare();
    const renewed = await provider.refresh(at.server.address, refreshToken, 'the owner');
    const ended = { code: 'unauthenticated', details: { reason: 'session-ended' } };
    await expect(provider.refresh(at.server.address, refreshToken, 'a thief')).rejects.toMatchObject(ended);
    await expect(provider.refresh(at.server.address, renewed.refresh, 'the owner again')).rejects.toMatchObject(ended);
  });

  it('a password change sent twice: one counts, and says how it went', async () => {
    const { app, accountId, server } = at;
    const change = () =>
      app.calls.password.change({
        accountId,
        current: server.password,
        next: 'Quiet-harbour-72-lanterns',
        endOtherSessions: true,
      });
    expect(await codesOf([change(), change()])).toEqual(['done', 'invalid-request']);
    expect((await server.trySignIn('Quiet-harbour-72-lanterns')).status).toBe(200);
  });

  it('an enrolment secret is given out once: nothing that can be asked afterwards holds it', async () => {
    const { app, accountId } = at;
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    const answers = [
      await app.calls.mfa.status({ accountId }),
      await app.calls.mfa.diagnoseCode({ enrolment, code: at.code(otp.secret) }),
      await app.calls.mfa.confirmEnrolment({ enrolment, code: at.code(otp.secret), name: 'Phone' }),
      await app.calls.reauth.status({ accountId }),
      app.events,
    ];
    expect(JSON.stringify(answers)).not.toContain(otp.secret);
  });

  it('D3 neither the secret nor a recovery code, nor the password, lies in any file of the app', async () => {
    const { app, accountId } = at;
    const { secret, recoveryCodes } = await at.enrol();
    const { codes } = await app.calls.recoveryCodes.renew({ accountId });
    await app.calls.profile.get({ accountId, from: 'provider' });
    const secrets = [secret, ...recoveryCodes, ...codes.map(({ code }) => code), at.server.password];
    expect(secrets).toHaveLength(22);
    expect(listFiles(at.dataFolder).length).toBeGreaterThan(2);
    expect(findSecrets(at.dataFolder, secrets)).toEqual([]);
  });
});
