import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oathtool } from '../../server/testing/oathtool.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import type { MfaStatus } from '../../shared/contract/mfa.ts';
import { hasOathtool, openAccount, type AccountUnderTest } from './account-under-test.ts';

let at: AccountUnderTest;
afterEach(async () => at[Symbol.asyncDispose]());

const shape = (code: string, details: object = {}) => ({ code, details });

describe.skipIf(!hasOathtool)('W10 E4 E5 turning MFA on (skipped where oathtool is missing)', () => {
  beforeEach(async () => (at = await openAccount()));

  it('shows secret and link, takes the code of a real authenticator, and gives ten recovery codes', async () => {
    const { app, connectionId } = at;
    expect(await app.calls.mfa.status({ connectionId })).toMatchObject({ isOn: false, devices: [], recoveryCodes: null, offers: ['enrolment'] });
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ connectionId });
    expect(otp.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(otp.link).toContain(`secret=${otp.secret}`);
    expect(otp.link).toMatch(/^otpauth:\/\/totp\/Control%20account:demo%40profile-desk\.example\?issuer=Control%20account&/);
    const spaced = at.code(otp.secret).replace(/^(...)/, '$1 ');
    const { status, recoveryCodes } = await app.calls.mfa.confirmEnrolment({ enrolment, code: spaced, name: 'Phone' });
    expect(status).toMatchObject({ connectionId, isOn: true, devices: [{ name: 'Phone', type: 'totp' }], recoveryCodes: { total: 10, remaining: 10 } });
    expect(recoveryCodes?.codes).toHaveLength(10);
    expect(at.heard<MfaStatus>('mfa.changed')).toEqual([status]);
  });
});
