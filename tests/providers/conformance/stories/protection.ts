import { expect } from 'vitest';
import type { RecoveryCodes } from '../../../../shared/contract/account/mfa.ts';
import { makeCode, type Desk } from '../desk.ts';
import { wrongCredentials } from '../world.ts';
import type { Stories, Story } from './story.ts';

const next = 'Quiet-harbour-72';
const ownSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const totp = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null } as const;

const changePassword: Story = async (desk, other) => {
  const { accountId, person, world } = desk;
  desk.secrets.add(next);
  const change = (current: string) =>
    desk.app.calls.password.change({ accountId, current, next, endOtherSessions: true });
  const refused = { code: 'invalid-request', details: { fields: { current: { code: 'not-valid' } } } };
  expect(await desk.refusal(change('not this one'))).toMatchObject(refused);
  expect(await change(person.password)).toEqual({ otherSessionsEnded: 1 });
  expect(await other.isSignedIn()).toBe(false);
  expect([await world.takesPassword(person, person.password), await world.takesPassword(person, next)]).toEqual([
    false,
    true,
  ]);
  expect((await desk.read()).source, 'this session goes on').toBe('provider');
  const proof = { kind: 'password', password: person.password } as const;
  const old = await desk.refusal(desk.app.calls.reauth.prove({ accountId, proof }));
  expect(old).toMatchObject(wrongCredentials);
};

const resetPassword: Story = async (desk) => {
  const { accountId, person, world } = desk;
  desk.secrets.add(next);
  await desk.app.calls.password.requestReset({ accountId });
  await world.outside.resetPassword(person, next);
  expect(await world.takesPassword(person, next)).toBe(true);
};

/** Sets up an authenticator app by a secret of the service. */
async function enrol(desk: Desk): Promise<RecoveryCodes | null> {
  const { accountId, app } = desk;
  await desk.prove();
  const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
  desk.secrets.add(otp.secret);
  const code = await makeCode(otp.secret);
  const { recoveryCodes } = await app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' });
  keepSecret(desk, recoveryCodes);
  return recoveryCodes;
}

function keepSecret(desk: Desk, recoveryCodes: RecoveryCodes | null): void {
  for (const { code } of recoveryCodes?.codes ?? []) desk.secrets.add(code);
}

async function countDevices({ accountId, app }: Desk): Promise<number> {
  return (await app.calls.mfa.status({ accountId })).devices.length;
}

const enrolDevice: Story = async (desk, other) => {
  const { accountId, app } = desk;
  await desk.prove();
  const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
  desk.secrets.add(otp.secret);
  const wrong = await desk.refusal(app.calls.mfa.confirmEnrolment({ enrolment, code: '000000', name: 'Phone' }));
  expect(wrong.code).toBe('invalid-request');
  expect(await other.countSecondSteps()).toBe(0);
  await enrol(desk);
  expect([await countDevices(desk), await other.countSecondSteps()]).toEqual([1, 1]);
};

const useSecret: Story = async (desk, other) => {
  const { accountId, app } = desk;
  desk.secrets.add(ownSecret);
  await desk.prove();
  const code = await makeCode(ownSecret);
  const own = { accountId, secret: ownSecret, parameters: totp, code, name: 'Own' };
  keepSecret(desk, (await app.calls.mfa.useSecret(own)).recoveryCodes);
  expect([await countDevices(desk), await other.countSecondSteps()]).toEqual([1, 1]);
};

const renameDevice: Story = async (desk, other) => {
  const { accountId, app, world } = desk;
  await world.outside.enrolDevice(desk.person, 'Phone');
  const [device] = (await app.calls.mfa.status({ accountId })).devices;
  expect(device!.name).toBe('Phone');
  const named = await app.calls.mfa.renameDevice({ accountId, deviceId: device!.id, name: 'Büro – Telefon' });
  expect(named.devices).toMatchObject([{ id: device!.id, name: 'Büro – Telefon' }]);
  expect(await other.listSecondSteps()).toEqual(['Büro – Telefon']);
};

const removeDevice: Story = async (desk, other) => {
  const { accountId, app } = desk;
  await enrol(desk);
  const [device] = (await app.calls.mfa.status({ accountId })).devices;
  await app.calls.mfa.removeDevice({ accountId, deviceId: device!.id });
  expect([await countDevices(desk), await other.countSecondSteps()]).toEqual([0, 0]);
};

const turnOff: Story = async (desk, other) => {
  const { accountId, app } = desk;
  await enrol(desk);
  expect(await app.calls.mfa.turnOff({ accountId })).toMatchObject({ isOn: false, devices: [] });
  expect(await other.countSecondSteps()).toBe(0);
};

/** A service that makes codes only beside an authenticator app gives the first set with it. */
async function makeSet(desk: Desk): Promise<RecoveryCodes> {
  const { accountId, app } = desk;
  const { operations } = await desk.read();
  const first = operations['recoveryCodes.show'] ? await enrol(desk) : undefined;
  const set = first ?? (await app.calls.recoveryCodes.renew({ accountId }));
  keepSecret(desk, set);
  return set;
}

const showCodes: Story = async (desk) => {
  const { codes } = await makeSet(desk);
  const shown = await desk.app.calls.recoveryCodes.show({ accountId: desk.accountId });
  expect(shown.codes).toEqual(codes);
};

const renewCodes: Story = async (desk) => {
  const { person, world } = desk;
  const [old] = (await makeSet(desk)).codes;
  const renewed = await desk.app.calls.recoveryCodes.renew({ accountId: desk.accountId });
  keepSecret(desk, renewed);
  const [fresh] = renewed.codes;
  const uses = [];
  for (const { code } of [old!, fresh!, fresh!]) uses.push(await world.outside.useRecoveryCode(person, code));
  expect(uses, 'old, new, new again').toEqual([false, true, false]);
};

export const protectionStories: Stories = {
  'password.change': changePassword,
  'password.requestReset': resetPassword,
  'mfa.enrol': enrolDevice,
  'mfa.useSecret': useSecret,
  'mfa.renameDevice': renameDevice,
  'mfa.removeDevice': removeDevice,
  'mfa.turnOff': turnOff,
  'recoveryCodes.show': showCodes,
  'recoveryCodes.renew': renewCodes,
};
