import type { Database } from '../../database/database.ts';
import { instant } from '../../http/instant.ts';
import { Problem } from '../../http/problem.ts';
import type { Notify } from '../../mail/notices.ts';
import type { Preset } from '../../presets/preset.ts';
import type { CodeFailuresStore } from '../../proofs/code-failures.store.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import type { RecoveryCodesStore } from '../../proofs/recovery-codes.store.ts';
import type { Session } from '../../accounts/session.ts';
import type { DevicesStore, NewDevice } from '../../proofs/devices.store.ts';
import { recoveryCodesFactor, type FreshFactorsStore } from '../../proofs/fresh-factors.store.ts';
import type { Enrolled, MfaStatus } from './mfa.schemas.ts';

export interface MfaDeps {
  readonly database: Database;
  readonly accounts: AccountsStore;
  readonly devices: DevicesStore;
  readonly recoveryCodes: RecoveryCodesStore;
  readonly freshFactors: FreshFactorsStore;
  readonly codeFailures: Pick<CodeFailuresStore, 'clear'>;
  readonly notify: Notify;
  readonly preset: Preset;
}

/** On while the account has a device; recovery codes come and go with that. Errors: Problem forbidden, not-found. */
export type MfaService = ReturnType<typeof createMfaService>;

export function createMfaService(deps: MfaDeps) {
  const { database, accounts, devices, recoveryCodes, freshFactors, codeFailures, notify, preset } = deps;

  function status(accountId: string): MfaStatus {
    const list = devices.list(accountId);
    const codes = recoveryCodes.state(accountId);
    return {
      isOn: list.length > 0,
      isForced: accounts.isMfaForced(accountId),
      devices: list.map(({ createdAt, lastUsedAt, ...device }) => ({
        ...device,
        createdAt: instant(createdAt),
        lastUsedAt: lastUsedAt === null ? null : instant(lastUsedAt),
      })),
      recoveryCodes: codes ? { ...codes, createdAt: instant(codes.createdAt) } : null,
      offers: [...preset.mfa.offers],
    };
  }

  /** Within a transaction. */
  function removeAll(accountId: string): void {
    if (accounts.isMfaForced(accountId)) throw new Problem('forbidden');
    devices.removeAll(accountId);
    recoveryCodes.removeAll(accountId);
  }

  return {
    status,
    isOn: (accountId: string): boolean => devices.isOn(accountId),
    mustEnrol: (accountId: string): boolean => accounts.isMfaForced(accountId) && !devices.isOn(accountId),

    /** `prove` gives the device or throws; in one transaction with it, so that nothing is half on. */
    add(session: Session, prove: () => NewDevice): Enrolled {
      const { accountId } = session;
      const { wasOn, codes } = database.transaction(() => {
        const before = devices.isOn(accountId);
        freshFactors.add(session, devices.add(accountId, prove()));
        codeFailures.clear(accountId);
        const needsCodes = preset.mfa.hasRecoveryCodes && !recoveryCodes.state(accountId);
        if (needsCodes) freshFactors.add(session, recoveryCodesFactor);
        return { wasOn: before, codes: needsCodes ? recoveryCodes.renew(accountId) : null };
      });
      notify(accountId, wasOn ? 'mfa-device-added' : 'mfa-on');
      return { status: status(accountId), recoveryCodes: codes };
    },

    /** Without its last device MFA is off. */
    remove(accountId: string, deviceId: string): MfaStatus {
      database.transaction(() => {
        const list = devices.list(accountId);
        if (!list.some(({ id }) => id === deviceId)) throw new Problem('not-found');
        if (list.length === 1) removeAll(accountId);
        else devices.remove(accountId, deviceId);
      });
      const left = status(accountId);
      notify(accountId, left.isOn ? 'mfa-device-removed' : 'mfa-off');
      return left;
    },

    /** Turned off already, it stays so. */
    turnOff(accountId: string): MfaStatus {
      const wasOn = devices.isOn(accountId);
      database.transaction(() => {
        removeAll(accountId);
      });
      if (wasOn) notify(accountId, 'mfa-off');
      return status(accountId);
    },
  };
}
