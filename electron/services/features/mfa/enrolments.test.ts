import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountProtection, MfaChange, MfaState } from '../../provider/account-protection.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { Enrolments } from './enrolments.ts';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const parameters = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null } as const;
const refuse = () => Promise.reject(new Error('not asked for here'));

const phone = {
  id: 'd0',
  name: 'Phone',
  type: 'totp',
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUsedAt: null,
} as const;

/** A provider's MFA whose answers can get lost after or before it acted. */
function createRemote(clock: ManualClock) {
  const state: {
    mfa: MfaState;
    fault: 'none' | 'answer-lost' | 'request-lost' | 'out-of-reach';
    confirmations: number;
  } = {
    mfa: { isOn: false, isForced: false, devices: [], passkeys: [], recoveryCodes: null, offers: ['enrolment'] },
    fault: 'none',
    confirmations: 0,
  };
  const account: AccountProtection = {
    serverNow: () => Promise.resolve(clock.now()),
    mfaStatus: () =>
      state.fault === 'out-of-reach' ? Promise.reject(new AppError('offline')) : Promise.resolve(state.mfa),
    beginEnrolment: () => Promise.resolve({ enrolment: 'remote', secret, parameters, expiresIn: 600_000 }),
    async confirmEnrolment(_enrolment, _code, name): Promise<MfaChange> {
      if (state.fault === 'request-lost') throw new AppError('offline', { reason: 'connection-lost' });
      if (state.confirmations > 0) throw new AppError('not-found');
      state.confirmations += 1;
      state.mfa = { ...state.mfa, isOn: true, devices: [...state.mfa.devices, { ...phone, id: 'd1', name }] };
      if (state.fault === 'answer-lost') {
        state.fault = 'out-of-reach';
        throw new AppError('offline', { reason: 'connection-lost' });
      }
      return { state: state.mfa, recoveryCodes: null };
    },
    reauthWindow: refuse,
    reauthenticate: refuse,
    endReauth: refuse,
    passwordPolicy: refuse,
    changePassword: refuse,
    requestPasswordReset: refuse,
    useSecret: refuse,
    removeDevice: refuse,
    turnOffMfa: refuse,
    recoveryCodes: refuse,
    renewRecoveryCodes: refuse,
  };
  return { state, account };
}

let clock: ManualClock;
let remote: ReturnType<typeof createRemote>;
let enrolments: Enrolments;
const made = vi.spyOn(Secret, 'fromBase32');
beforeEach(() => {
  made.mockClear();
  clock = createManualClock();
  remote = createRemote(clock);
  enrolments = new Enrolments({
    signedIn: { request: (_id, act) => act(remote.account) },
    reauth: { require: () => Promise.resolve() },
    clock,
  });
});
afterEach(() => enrolments.clear());

const begin = async (accountId = 'a') => (await enrolments.begin(accountId)).enrolment;
const code = () => new TOTP({ secret }).generate({ timestamp: clock.now() });
const isGone = (enrolment: string) =>
  expect(enrolments.diagnose(enrolment, code())).rejects.toMatchObject({ code: 'not-found' });
/** Of each secret that the enrolments held, whether it is overwritten. */
const overwritten = () => made.mock.results.map(({ value }) => (value as Secret).bytes.every((byte) => byte === 0));

describe('W10 the secret of an enrolment leaves memory', () => {
  const ends: Record<string, (enrolment: string) => unknown> = {
    confirmed: (enrolment) => enrolments.confirm(enrolment, code(), 'Phone'),
    cancelled: (enrolment) => enrolments.cancel(enrolment),
    'ten minutes old': () => clock.advance(600_000),
    'signed out': () => enrolments.clear('a'),
    closed: () => enrolments.clear(),
  };

  it.each(Object.keys(ends))('when it is %s', async (how) => {
    const enrolment = await begin();
    expect(overwritten()).toEqual([false]);
    await ends[how]!(enrolment);
    expect(overwritten()[0]).toBe(true);
    await isGone(enrolment);
  });

  it('when it is begun again, and not because another account signs out', async () => {
    await begin();
    const second = await begin();
    enrolments.clear('b');
    expect(overwritten()).toEqual([true, false]);
    expect(await enrolments.diagnose(second, code())).toEqual({ kind: 'right' });
  });

  it('but not before its time', async () => {
    const enrolment = await begin();
    await clock.advance(599_999);
    expect(await enrolments.diagnose(enrolment, code())).toEqual({ kind: 'right' });
  });
});

describe('W10 a confirmation whose answer got lost', () => {
  it('is not sent twice: a second try finds the device that the first one made', async () => {
    remote.state.fault = 'answer-lost';
    const enrolment = await begin();
    await expect(enrolments.confirm(enrolment, code(), 'Phone')).rejects.toMatchObject({ code: 'offline' });
    remote.state.fault = 'none';
    expect(await enrolments.confirm(enrolment, code(), 'Phone')).toMatchObject({
      accountId: 'a',
      change: { state: { isOn: true } },
    });
    expect(remote.state.confirmations).toBe(1);
    expect(overwritten()[0]).toBe(true);
  });

  it('is not taken for made because of an older device of the same name', async () => {
    remote.state.mfa = { ...remote.state.mfa, isOn: true, devices: [phone] };
    remote.state.fault = 'request-lost';
    const enrolment = await begin();
    await expect(enrolments.confirm(enrolment, code(), 'Phone')).rejects.toMatchObject({ code: 'offline' });
    remote.state.fault = 'none';
    const { change } = await enrolments.confirm(enrolment, code(), 'Phone');
    expect(change.state.devices.map(({ id }) => id)).toEqual(['d0', 'd1']);
  });

  it('is not confused with a device that another window made under the same name', async () => {
    const enrolment = await begin();
    await remote.account.confirmEnrolment('elsewhere', code(), 'Phone');
    await expect(enrolments.confirm(enrolment, code(), 'Phone')).rejects.toMatchObject({ code: 'not-found' });
    await isGone(enrolment);
  });
});
