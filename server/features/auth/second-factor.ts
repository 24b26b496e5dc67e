import type { Notify } from '../../mail/notices.ts';
import type { DevicesStore } from '../mfa/devices.store.ts';
import { recoveryCodesFactor } from '../mfa/fresh-factors.store.ts';
import type { RecoveryCodesStore } from '../recovery-codes/recovery-codes.store.ts';

/** What proves a person beside their password. Each code works once, whoever is quicker. */
export type SecondFactor = ReturnType<typeof createSecondFactor>;

export function createSecondFactor(devices: DevicesStore, recoveryCodes: RecoveryCodesStore, notify: Notify) {
  function takeRecoveryCode(accountId: string, code: string, leftOut: ReadonlySet<string> = new Set()): boolean {
    if (leftOut.has(recoveryCodesFactor) || !recoveryCodes.take(accountId, code)) return false;
    notify(accountId, 'recovery-code-used');
    return true;
  }
  return {
    takeRecoveryCode,
    /** A code of a device or a recovery code; `leftOut`: the factors that do not count now. */
    take: (accountId: string, code: string, leftOut?: ReadonlySet<string>): boolean =>
      devices.take(accountId, code, leftOut) || takeRecoveryCode(accountId, code, leftOut),
  };
}
