import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otp, recoveryPlugin } from '../providers/live/glewlwyd/seed-glewlwyd.ts';
import { openClient } from '../providers/live/glewlwyd/glewlwyd-client.ts';
import { hasOathtool } from './account-under-test.ts';
import { tryToRun } from '../support/ssh-tools.ts';
import {
  makePerson,
  nameOf,
  openGlewlwyd,
  openWorld,
  whyNoGlewlwyd,
  type GlewlwydUnderTest,
  type GlewlwydWorld,
} from './glewlwyd-under-test.ts';

const totp = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null } as const;

describe.skipIf(whyNoGlewlwyd() !== undefined)(nameOf('R9 what protects an account at a real glewlwyd'), () => {
  let world: GlewlwydWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const operations = async ({ app, accountId }: GlewlwydUnderTest) =>
    (await app.calls.profile.get({ accountId, from: 'provider' })).operations;
  const statusOfSignIn = (username: string, password: string) => openClient(world.address).signIn(username, password);

  describe('W9 the password', () => {
    const next = 'Quiet-harbour-72';

    it('leaves the other sessions where they are', async () => {
      const { app, accountId, person, signInElsewhere } = await openGlewlwyd(world);
      const other = await signInElsewhere();
      const change = { accountId, current: person.password, next, endOtherSessions: false };
      expect(await app.calls.password.change(change)).toEqual({ otherSessionsEnded: 0 });
      expect((await other.request('GET', '/api/profile_list')).status).toBe(200);
    });

    it('says which one is wrong, and is not as short as the server would take it', async () => {
      const { app, accountId, person } = await openGlewlwyd(world);
      const change = { accountId, current: person.password, next, endOtherSessions: false };
      expect(await app.calls.password.policy({ accountId })).toMatchObject({ minLength: 8, otherSessions: 'choose' });
      await expect(app.calls.password.change({ ...change, current: 'no' })).rejects.toMatchObject({
        code: 'invalid-request',
        details: { fields: { current: { code: 'not-valid' } } },
      });
      await expect(app.calls.password.change({ ...change, next: '7 chars' })).rejects.toMatchObject({
        code: 'invalid-request',
        details: { fields: { next: { code: 'too-short', limit: 8 } } },
      });
      expect(await statusOfSignIn(person.username, person.password)).toBe(200);
    });
  });

  describe.skipIf(!hasOathtool)('W10 E4 an authenticator app (skipped where oathtool is missing)', () => {
    const openWithApp = async () => openGlewlwyd(world, await makePerson(world, ['g_profile', otp.scope]));
    const codeOf = async (secret: string, ...options: string[]) =>
      (await tryToRun('oathtool', ['--totp', '--base32', ...options, secret])).output.trim();
    const registered = async ({ signInElsewhere, person }: GlewlwydUnderTest) => {
      const scheme = { username: person.username, scheme_type: otp.scheme_type, scheme_name: otp.scheme_name };
      return (await (await signInElsewhere()).request('PUT', '/api/profile/scheme/register/', scheme)).body;
    };

    it('is set up by a secret of the server and its first code, and turned off', async () => {
      const at = await openWithApp();
      const { app, accountId } = at;
      expect(await app.calls.mfa.status({ accountId })).toMatchObject({ isOn: false, devices: [], passkeys: [] });
      const { enrolment, otp: shown } = await app.calls.mfa.beginEnrolment({ accountId });
      const code = await codeOf(shown.secret);
      const { status, recoveryCodes } = await app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' });
      const device = { id: otp.scheme_name, name: 'Authenticator app', type: 'totp', createdAt: null };
      expect({ isOn: status.isOn, devices: status.devices, offers: status.offers, recoveryCodes }).toEqual({
        ...{ isOn: true, devices: [device], recoveryCodes: null },
        // One for each scheme: the server would replace it.
        offers: [],
      });
      expect(await registered(at)).toMatchObject({ type: 'TOTP', secret: shown.secret });
      expect(await app.calls.mfa.turnOff({ accountId })).toMatchObject({ isOn: false, devices: [] });
      expect(await registered(at)).toMatchObject({ type: 'NONE' });
    });

    it('is not set up by a wrong code, for which the server would not ask', async () => {
      const at = await openWithApp();
      const { enrolment } = await at.app.calls.mfa.beginEnrolment({ accountId: at.accountId });
      const wrong = { code: 'invalid-request', details: { fields: { code: { code: 'not-valid' } } } };
      await expect(
        at.app.calls.mfa.confirmEnrolment({ enrolment, code: '000000', name: 'Phone' }),
      ).rejects.toMatchObject(wrong);
      expect(await registered(at)).toMatchObject({ type: 'NONE' });
    });

    it('C5 takes a secret of one’s own, and only what its schemes can do', async () => {
      const at = await openWithApp();
      const { app, accountId } = at;
      const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
      const use = async (more: object, code: string) =>
        app.calls.mfa.useSecret({ accountId, secret, parameters: { ...totp, ...more }, code, name: 'Mine' });
      await expect(use({ digits: 8 }, await codeOf(secret, '--digits=8'))).rejects.toMatchObject({
        details: { fields: { 'parameters.digits': { code: 'not-a-choice' } } },
      });
      const { status } = await use({ period: 60 }, await codeOf(secret, '--time-step-size=60s'));
      expect(status.isOn).toBe(true);
      expect(await registered(at)).toMatchObject({ type: 'TOTP', secret, time_step_size: 60 });
      expect(await app.calls.mfa.removeDevice({ accountId, deviceId: otp.scheme_name })).toMatchObject({ isOn: false });
    });

    it('R1 is offered to whom a scope asks for one, and absent else', async () => {
      const proven = { kind: 'editable', needsReauth: true };
      expect(await operations(await openWithApp())).toMatchObject({ 'mfa.enrol': proven, 'mfa.turnOff': proven });
      const without = await openGlewlwyd(world);
      expect(Object.keys(await operations(without))).not.toContain('mfa.enrol');
      const { app, accountId } = without;
      expect(await app.calls.mfa.status({ accountId })).toMatchObject({ isOn: false, offers: [] });
    });
  });

  describe('E5 recovery codes', () => {
    async function useCode(username: string, code: string): Promise<number> {
      const path = `/api/${recoveryPlugin}/reset-credentials-code`;
      return (await openClient(world.address).request('POST', path, { username, code })).status;
    }

    it('stop working by a change of the profile, which says so before', async () => {
      const at = await openGlewlwyd(world);
      const { app, accountId, person } = at;
      expect(await operations(at)).toMatchObject({ 'profile.update': { alsoVoids: 'recovery-codes' } });
      const [code] = (await app.calls.recoveryCodes.renew({ accountId })).codes;
      const { revision } = (await app.calls.profile.get({ accountId, from: 'provider' })).sections.user;
      await app.calls.profile.update({ accountId, user: { revision, changes: { firstName: 'Other' } } });
      expect(await useCode(person.username, code!.code)).toBe(403);
      expect(await app.calls.profile.get({ accountId, from: 'cache' })).toMatchObject({
        operations: { 'profile.update': { kind: 'offline' } },
      });
    });
  });
});
