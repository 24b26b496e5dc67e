import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { oathtool } from '../support/oathtool.ts';
import type { MfaStatus } from '../../shared/contract/account/mfa.ts';
import { hasOathtool, openAccount, type AccountUnderTest } from './account-under-test.ts';

let at: AccountUnderTest;
afterEach(() => at[Symbol.asyncDispose]());

const shape = (code: string, details: object = {}) => ({ code, details });
const wrongField = (field: string, code = 'not-valid') => shape('invalid-request', { fields: { [field]: { code } } });

describe.skipIf(!hasOathtool)('W10 E4 E5 turning MFA on (skipped where oathtool is missing)', () => {
  beforeEach(async () => void (at = await openAccount()));

  it('shows secret and link, takes the code of a real authenticator, and gives ten recovery codes', async () => {
    const { app, accountId } = at;
    expect(await app.calls.mfa.status({ accountId })).toMatchObject({
      isOn: false,
      devices: [],
      passkeys: [],
      recoveryCodes: null,
      offers: ['enrolment'],
    });
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    expect(otp.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(otp.link).toContain(`secret=${otp.secret}`);
    expect(otp.link).toMatch(
      /^otpauth:\/\/totp\/Control%20account:demo%40profile-desk\.example\?issuer=Control%20account&/,
    );
    const spaced = at.code(otp.secret).replace(/^(...)/, '$1 ');
    const { status, recoveryCodes } = await app.calls.mfa.confirmEnrolment({ enrolment, code: spaced, name: 'Phone' });
    expect(status).toMatchObject({
      accountId,
      isOn: true,
      devices: [{ name: 'Phone', type: 'totp' }],
      recoveryCodes: { total: 10, remaining: 10 },
    });
    expect(recoveryCodes?.codes).toHaveLength(10);
    expect(at.heard<MfaStatus>('mfa.changed')).toEqual([status]);
    // H1: what this window gave proves nothing here before it has ended.
    expect((await app.calls.reauth.status({ accountId })).proofs).toEqual(['password']);
    at.server.pass(901);
    expect((await app.calls.reauth.status({ accountId })).proofs).toEqual(['password', 'code', 'recovery-code']);
  });

  it('asks for a code at the next sign-in, and takes a recovery code once', async () => {
    const { recoveryCodes } = await at.enrol();
    const { identifier, password } = at.server;
    const signIn = () =>
      at.app.calls.auth.signIn({ target: { kind: 'address', address: at.network.address }, identifier, password });
    const code = recoveryCodes[0]!;
    const first = await signIn();
    if (first.next !== 'code') throw new Error('no code was asked for');
    expect(await at.app.calls.auth.submitCode({ challenge: first.challenge, code })).toMatchObject({
      next: 'done',
      accountId: at.accountId,
    });
    const second = await signIn();
    if (second.next !== 'code') throw new Error('no code was asked for');
    await expect(at.app.calls.auth.submitCode({ challenge: second.challenge, code })).rejects.toMatchObject(
      shape('unauthenticated', { reason: 'wrong-code' }),
    );
  });

  it('X1 recognises a code of another moment by the server’s clock and does not send it', async () => {
    const { app, accountId } = at;
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    const diagnose = (code: string) => app.calls.mfa.diagnoseCode({ enrolment, code });
    expect(await diagnose(at.code(otp.secret))).toEqual({ kind: 'right' });
    expect(await diagnose(at.code(otp.secret, -90))).toEqual({ kind: 'other-moment', seconds: -90 });
    expect(await diagnose(at.code(otp.secret, 300))).toEqual({ kind: 'other-moment', seconds: 300 });
    expect(await diagnose(at.code(otp.secret, 3_600))).toEqual({ kind: 'wrong' });
    expect(await diagnose('12 345')).toEqual({ kind: 'incomplete', digits: 6 });
    for (const code of [at.code(otp.secret, -90), at.code(otp.secret, 3_600), '12345']) {
      await expect(app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' })).rejects.toMatchObject(
        wrongField('code'),
      );
    }
    expect(at.network.requests()).not.toContain('POST /me/mfa/totp/confirm');
  });

  it('enables nothing when the network goes between begin and confirm, and goes on when it is back', async () => {
    const { app, accountId, network } = at;
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    const confirm = () => app.calls.mfa.confirmEnrolment({ enrolment, code: at.code(otp.secret), name: 'Phone' });
    network.cut(true);
    await expect(confirm()).rejects.toMatchObject({ code: 'offline' });
    network.cut(false);
    expect(await app.calls.mfa.status({ accountId })).toMatchObject({
      isOn: false,
      devices: [],
      passkeys: [],
      recoveryCodes: null,
    });
    expect((await confirm()).status.isOn).toBe(true);
  });

  it('is found to be on when only the answer got lost, and still shows the recovery codes', async () => {
    const { app, accountId, network } = at;
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    network.loseNextReplyTo('/me/mfa/totp/confirm');
    const { status, recoveryCodes } = await app.calls.mfa.confirmEnrolment({
      enrolment,
      code: at.code(otp.secret),
      name: ' Phone ',
    });
    expect(network.lost()).toBe(1);
    expect(status).toMatchObject({ isOn: true, devices: [{ name: 'Phone' }] });
    expect(recoveryCodes?.codes).toHaveLength(10);
  });

  it('lets a new begin void the one before, in this window and in another', async () => {
    const { app, accountId } = at;
    const first = await app.calls.mfa.beginEnrolment({ accountId });
    const second = await app.calls.mfa.beginEnrolment({ accountId });
    await expect(app.calls.mfa.diagnoseCode({ enrolment: first.enrolment, code: '123456' })).rejects.toMatchObject(
      shape('not-found'),
    );
    const other = await at.openAnother();
    const third = await other.app.calls.mfa.beginEnrolment({ accountId: other.accountId });
    const confirmSecond = () =>
      app.calls.mfa.confirmEnrolment({ enrolment: second.enrolment, code: at.code(second.otp.secret), name: 'Phone' });
    await expect(confirmSecond()).rejects.toMatchObject(shape('not-found'));
    expect(await app.calls.mfa.status({ accountId })).toMatchObject({ isOn: false });
    await other.app.calls.mfa.confirmEnrolment({
      enrolment: third.enrolment,
      code: at.code(third.otp.secret),
      name: 'Phone',
    });
    await expect(confirmSecond(), 'its secret is gone').rejects.toMatchObject(shape('not-found'));
  });

  it('forgets the secret at cancel and at sign-out', async () => {
    const { app, accountId } = at;
    const { enrolment } = await app.calls.mfa.beginEnrolment({ accountId });
    await app.calls.mfa.cancelEnrolment({ enrolment });
    await expect(app.calls.mfa.diagnoseCode({ enrolment, code: '123456' })).rejects.toMatchObject(shape('not-found'));
    const again = await app.calls.mfa.beginEnrolment({ accountId });
    await app.calls.auth.signOut({ accountId, forget: false });
    await expect(app.calls.mfa.diagnoseCode({ enrolment: again.enrolment, code: '123456' })).rejects.toMatchObject(
      shape('not-found'),
    );
  });

  it('E6 takes a second device, removes one, turns all off, and begins anew', async () => {
    const { app, accountId } = at;
    await at.enrol();
    at.server.pass(30);
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    const { status, recoveryCodes } = await app.calls.mfa.confirmEnrolment({
      enrolment,
      code: at.code(otp.secret),
      name: 'Tablet',
    });
    expect(status.devices.map(({ name }) => name)).toEqual(['Phone', 'Tablet']);
    expect(recoveryCodes, 'there was a set').toBeNull();
    const left = await app.calls.mfa.removeDevice({ accountId, deviceId: status.devices[0]!.id });
    expect(left.devices.map(({ name }) => name)).toEqual(['Tablet']);
    expect(await app.calls.mfa.turnOff({ accountId })).toMatchObject({
      isOn: false,
      devices: [],
      passkeys: [],
      recoveryCodes: null,
    });
    expect((await at.enrol()).recoveryCodes).toHaveLength(10);
  });

  it('E6 leads a forced account here at sign-in, and never turns it off', async () => {
    const { app, accountId, server } = at;
    const { stores } = server.server;
    stores.accounts.setMfaForced(stores.accounts.find(server.identifier)!, true);
    await app.calls.auth.signOut({ accountId, forget: true });
    const { app: other, accountId: id } = await at.openAnother();
    const read = () => other.calls.profile.get({ accountId: id, from: 'provider' });
    await expect(read()).rejects.toMatchObject(shape('mfa-required'));
    expect(await other.calls.mfa.status({ accountId: id })).toMatchObject({ isOn: false, isForced: true });
    expect((await other.calls.accounts.list()).accounts).toMatchObject([{ person: { name: server.identifier } }]);
    const { enrolment, otp } = await other.calls.mfa.beginEnrolment({ accountId: id });
    await other.calls.mfa.confirmEnrolment({ enrolment, code: at.code(otp.secret), name: 'Phone' });
    expect(await read()).toMatchObject({ source: 'provider' });
    expect((await other.calls.accounts.list()).accounts).toMatchObject([{ id, person: { email: server.identifier } }]);
    await expect(other.calls.mfa.turnOff({ accountId: id })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await other.calls.mfa.status({ accountId: id })).toMatchObject({ isOn: true, isForced: true });
  });
});

describe.skipIf(!hasOathtool)('C5 a typed secret (skipped where oathtool is missing)', () => {
  beforeEach(async () => {
    at = await openAccount(contactCenter);
    await at.prove();
  });

  const totp60 = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 60, counter: null } as const;
  const hotp = { type: 'hotp', algorithm: 'SHA1', digits: 6, period: null, counter: 5 } as const;

  it.each([16, 26, 32] as const)(
    'of %d characters is made, drawn, and used with an interval of 60 seconds',
    async (length) => {
      const { app, accountId, server } = at;
      const { secret } = await app.calls.mfa.generateSecret({ length });
      const typed = secret.toLowerCase().replace(/(.{4})/g, '$1 ');
      const otp = await app.calls.mfa.describeSecret({ accountId, secret: typed, parameters: totp60 });
      expect(otp).toMatchObject({ secret, parameters: totp60 });
      expect(otp.link).toMatch(/&period=60$/);
      const code = oathtool(secret, '--totp', '--time-step-size=60s', `--now=@${String(server.now() / 1_000)}`);
      const { status, recoveryCodes } = await app.calls.mfa.useSecret({
        accountId,
        secret: typed,
        parameters: totp60,
        code,
        name: 'Phone',
      });
      expect(status).toMatchObject({ isOn: true, devices: [{ name: 'Phone', type: 'totp' }] });
      expect(recoveryCodes, 'this provider has none').toBeNull();
    },
  );

  it('works by counter too', async () => {
    const { app, accountId } = at;
    const { secret } = await app.calls.mfa.generateSecret({ length: 32 });
    const code = oathtool(secret, '--hotp', '--counter=7');
    expect(await app.calls.mfa.diagnoseCode({ accountId, secret, parameters: hotp, code })).toEqual({
      kind: 'right',
    });
    const { status } = await app.calls.mfa.useSecret({ accountId, secret, parameters: hotp, code, name: 'Key' });
    expect(status.devices).toMatchObject([{ name: 'Key', type: 'hotp' }]);
  });

  it('explains what is wrong with it, and sends neither it nor a wrong code', async () => {
    const { app, accountId, network, server } = at;
    const use = (secret: string, code = '123456') =>
      app.calls.mfa.useSecret({ accountId, secret, parameters: totp60, code, name: 'Phone' });
    await expect(use('JBSWY3DPEHPK3PX0')).rejects.toMatchObject(wrongField('secret', 'base32-look-alike'));
    await expect(use('JBSWY3DPEHPK3PX')).rejects.toMatchObject(wrongField('secret', 'base32-length'));
    const other = oathtool(
      'JBSWY3DPEHPK3PXP',
      '--totp',
      '--time-step-size=60s',
      `--now=@${String(server.now() / 1_000 - 240)}`,
    );
    await expect(use('JBSWY3DPEHPK3PXP', other)).rejects.toMatchObject(wrongField('code'));
    expect(
      await app.calls.mfa.diagnoseCode({ accountId, secret: 'JBSWY3DPEHPK3PXP', parameters: totp60, code: other }),
    ).toEqual({ kind: 'other-moment', seconds: -240 });
    expect(network.requests()).not.toContain('PUT /me/mfa/secret');
  });

  it('takes a pasted otpauth link with its own parameters', async () => {
    const { app, accountId } = at;
    const secret = 'otpauth://hotp/Old%20name:me?secret=jbsw+y3dp+ehpk+3pxp==&counter=5';
    expect(await app.calls.mfa.describeSecret({ accountId, secret, parameters: totp60 })).toMatchObject({
      secret: 'JBSWY3DPEHPK3PXP',
      parameters: hotp,
    });
  });

  it('offers no enrolment here', async () => {
    const { app, accountId } = at;
    expect((await app.calls.mfa.status({ accountId })).offers).toEqual(['typed-secret']);
    await expect(app.calls.mfa.beginEnrolment({ accountId })).rejects.toMatchObject(shape('not-offered'));
  });
});
