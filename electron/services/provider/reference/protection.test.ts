import { describe, expect, it } from 'vitest';
import { toEnrolment, toMfaChange, toMfaState, toWindow } from './protection.ts';
import { remoteEnrolmentSchema, remoteMfaSchema, remoteReauthSchema } from './protection.ts';

const now = Date.UTC(2026, 0, 15, 12);
const at = (seconds: number) => new Date(now + seconds * 1_000).toISOString();

describe('E12 the window as the server tells it', () => {
  it.each([
    ['open', at(300), 300_000],
    ['closed', null, 0],
    ['over already', at(-1), 0],
    ['longer than a new one would be: not believed', at(10_000_000), 900_000],
  ])('%s', (_, validUntil, remaining) => {
    expect(toWindow({ validUntil, windowSeconds: 900, proofs: ['password'] }, now)).toEqual({
      remaining,
      windowSeconds: 900,
      proofs: ['password'],
    });
  });

  it('leaves out kinds of proof that we do not know, and never leaves none', () => {
    const proofsOf = (proofs: string[]) => toWindow({ validUntil: null, windowSeconds: 1, proofs }, now).proofs;
    expect(proofsOf(['passkey', 'code', 'password'])).toEqual(['password', 'code']);
    expect(proofsOf(['passkey'])).toEqual(['password']);
  });

  it.each([0, -1, 1.5, 1e12])('has no length of %d seconds', (windowSeconds) => {
    expect(remoteReauthSchema.safeParse({ validUntil: null, windowSeconds, proofs: [] }).success).toBe(false);
  });
});

describe('W10 MFA as the server tells it', () => {
  const remote = {
    isOn: true,
    isForced: false,
    devices: [
      {
        id: 'd1',
        name: 'Phone',
        type: 'totp' as const,
        createdAt: '2026-01-15T13:00:00+01:00',
        lastUsedAt: null,
        colour: 'red',
      },
    ],
    recoveryCodes: { total: 10, remaining: 9, createdAt: at(0) },
    offers: ['enrolment', 'security-key'],
    more: 'fields',
  };

  it('may say more than we know; what we know is taken, times in UTC', () => {
    expect(toMfaState(remoteMfaSchema.parse(remote))).toEqual({
      isOn: true,
      isForced: false,
      devices: [{ id: 'd1', name: 'Phone', type: 'totp', createdAt: at(0), lastUsedAt: null }],
      passkeys: [],
      recoveryCodes: { total: 10, remaining: 9, createdAt: at(0) },
      offers: ['enrolment'],
    });
  });

  it('gives the first recovery codes in their order, unused', () => {
    const status = remoteMfaSchema.parse(remote);
    expect(toMfaChange({ status, recoveryCodes: ['b', 'a'] }, now).recoveryCodes).toEqual({
      codes: [
        { code: 'b', isUsed: false },
        { code: 'a', isUsed: false },
      ],
      createdAt: at(0),
    });
    expect(toMfaChange({ status, recoveryCodes: null }, now).recoveryCodes).toBeNull();
  });

  const begun = {
    enrolment: 'e1',
    secret: 'JBSWY3DPEHPK3PXP',
    algorithm: 'SHA1' as const,
    digits: 6,
    period: 30,
    expiresAt: at(600),
    link: 'https://evil.example',
  };

  it('keeps a secret for ten minutes at most, whatever the server says', () => {
    expect(toEnrolment(begun, now)).toEqual({
      enrolment: 'e1',
      secret: 'JBSWY3DPEHPK3PXP',
      parameters: { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null },
      expiresIn: 600_000,
    });
    expect(toEnrolment({ ...begun, expiresAt: at(86_400) }, now).expiresIn).toBe(600_000);
    expect(toEnrolment({ ...begun, expiresAt: at(-5) }, now).expiresIn).toBe(0);
  });

  it.each([
    { secret: 'jbswy3dpehpk3pxp' },
    { secret: 'JBSW' },
    { secret: 'JBSWY3DPEHPK3PXP====' },
    { digits: -6 },
    { digits: 10 },
    { period: 0 },
    { algorithm: 'MD5' },
    { expiresAt: 'soon' },
  ])('is not trusted with %j', (change) =>
    expect(remoteEnrolmentSchema.safeParse({ ...begun, ...change }).success).toBe(false),
  );
});
