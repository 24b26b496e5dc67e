import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '../../shared/contract/account/accounts.ts';
import type { OperationAccess } from '../../shared/contract/account/profile.ts';
import { FakeServices } from '../testing/fake-services.ts';
import { accessTo, knowsAny, operationLock } from './operations.ts';

const known: OperationAccess = {
  'password.change': { kind: 'hand-off', page: 'id.example.org', comesBack: true },
  'mfa.enrol': { kind: 'not-offered' },
};

describe('R1 what a service does', () => {
  it('may be anything before it is known', () => {
    expect(knowsAny(undefined, 'mfa.enrol')).toBe(true);
    expect(accessTo(undefined, 'mfa.enrol')).toBeUndefined();
  });

  it('is what it names, and nothing else', () => {
    expect(knowsAny(known, 'mfa.enrol', 'mfa.turnOff')).toBe(false);
    expect(knowsAny(known, 'mfa.enrol', 'password.change')).toBe(true);
    expect(accessTo(known, 'mfa.turnOff')).toEqual({ kind: 'not-offered' });
  });
});

describe('X6 why an operation cannot be begun', () => {
  const account = new FakeServices().addAccount();
  const state: ConnectionState = { kind: 'offline', since: '2026-03-01T10:00:00.000Z', cause: { code: 'offline' } };

  it('is the permission, the service that has not answered yet, or the network', () => {
    expect(operationLock(account, { kind: 'needs-permission', permission: 'manage-account' })).toContain(
      'manage-account',
    );
    expect(operationLock(account, { kind: 'offline' })).toContain('once Control account has answered');
    expect(operationLock({ ...account, state }, known['password.change'])).toContain('once you are online');
  });

  it('is nothing where it can be', () => {
    for (const access of [undefined, { kind: 'editable' }, known['password.change']] as const)
      expect(operationLock(account, access)).toBeUndefined();
  });
});
