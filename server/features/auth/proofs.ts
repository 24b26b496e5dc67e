import { Problem } from '../../http/problem.ts';
import type { PasswordHasher } from '../../security/passwords.ts';
import type { AccountsStore } from '../profile/accounts.store.ts';
import type { LockOutStore } from './lock-out.store.ts';
import type { SecondFactor } from './second-factor.ts';

/**
 * Proofs by a person who is signed in already. Failures count to the account's lock-out together with those of
 * signing in; a success takes none of them back, so that a proof that is known never gives new tries for another.
 * Errors: Problem locked-out.
 */
export type Proofs = ReturnType<typeof createProofs>;

export function createProofs(
  accounts: AccountsStore,
  lockOut: LockOutStore,
  passwords: PasswordHasher,
  secondFactor: SecondFactor,
) {
  const refuse = (accountId: string): void => {
    refuseLockedOut(lockOut.secondsLeft(accountId));
  };
  function counted(accountId: string, isRight: boolean): boolean {
    if (!isRight) lockOut.fail(accountId);
    return isRight;
  }
  return {
    async hasPassword(accountId: string, password: string): Promise<boolean> {
      refuse(accountId);
      const isRight = await passwords.verify(accounts.readPassword(accountId) ?? '', password);
      // Others may have failed meanwhile.
      refuse(accountId);
      return counted(accountId, isRight);
    },
    takeCode(accountId: string, code: string): boolean {
      refuse(accountId);
      return counted(accountId, secondFactor.take(accountId, code));
    },
    takeRecoveryCode(accountId: string, code: string): boolean {
      refuse(accountId);
      return counted(accountId, secondFactor.takeRecoveryCode(accountId, code));
    },
  };
}

/** `retryAfter` as `LockOutStore.secondsLeft` gives it. Errors: Problem locked-out. */
export function refuseLockedOut(retryAfter: number): void {
  if (retryAfter > 0) throw new Problem('locked-out', { retryAfter });
}
