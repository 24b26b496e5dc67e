import type { Notify } from '../mail/notices.ts';
import type { CodeFailuresStore } from './code-failures.store.ts';
import type { DevicesStore } from './devices.store.ts';
import { recoveryCodesFactor } from './fresh-factors.store.ts';
import type { RecoveryCodesStore } from './recovery-codes.store.ts';

/** What proves a person beside their password. Each code works once, whoever is quicker. */
export type SecondFactor = ReturnType<typeof createSecondFactor>;

export interface SecondFactorDeps {
  readonly devices: DevicesStore;
  readonly recoveryCodes: RecoveryCodesStore;
  readonly codeFailures: Pick<CodeFailuresStore, 'isExhausted' | 'fail'>;
  readonly notify: Notify;
}

export function createSecondFactor({ devices, recoveryCodes, codeFailures, notify }: SecondFactorDeps) {
  function takeRecoveryCode(accountId: string, code: string, leftOut: ReadonlySet<string> = new Set()): boolean {
    if (leftOut.has(recoveryCodesFactor) || !recoveryCodes.take(accountId, code)) return false;
    notify(accountId, 'recovery-code-used');
    return true;
  }
  return {
    /**
     * Counts a wrong code. Who types one has the password too, so the person is told of the first wait and of the end.
     */
    fail(accountId: string): void {
      const reached = codeFailures.fail(accountId);
      if (reached) notify(accountId, reached === 'end' ? 'codes-exhausted' : 'codes-locked');
    },

    /** Why a code was not taken. */
    refusal: (accountId: string): 'wrong-code' | 'codes-exhausted' =>
      codeFailures.isExhausted(accountId) ? 'codes-exhausted' : 'wrong-code',

    takeRecoveryCode,
    /** A code of a device or a recovery code; `leftOut`: the factors that do not count now. */
    take: (accountId: string, code: string, leftOut?: ReadonlySet<string>): boolean =>
      (!codeFailures.isExhausted(accountId) && devices.take(accountId, code, leftOut)) ||
      takeRecoveryCode(accountId, code, leftOut),
  };
}
