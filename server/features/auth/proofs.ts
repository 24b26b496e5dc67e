import { Problem } from '../../http/problem.ts';
import type { PasswordHasher } from '../../security/passwords.ts';
import type { AccountsStore } from '../profile/accounts.store.ts';
import type { FreshFactorsStore } from '../mfa/fresh-factors.store.ts';
import type { Session } from '../sessions/session.ts';
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
  freshFactors: FreshFactorsStore,
) {
  const refuse = ({ accountId }: Session): void => {
    refuseLockedOut(lockOut.secondsLeft(accountId));
  };
  function counted({ accountId }: Session, isRight: boolean): boolean {
    if (!isRight) lockOut.fail(accountId);
    return isRight;
  }
  return {
    async hasPassword(session: Session, password: string): Promise<boolean> {
      refuse(session);
      const isRight = await passwords.verify(accounts.readPassword(session.accountId) ?? '', password);
      // Others may have failed meanwhile.
      refuse(session);
      return counted(session, isRight);
    },
    takeCode(session: Session, code: string): boolean {
      refuse(session);
      return counted(session, secondFactor.take(session.accountId, code, freshFactors.list(session.id)));
    },
    takeRecoveryCode(session: Session, code: string): boolean {
      refuse(session);
      return counted(session, secondFactor.takeRecoveryCode(session.accountId, code, freshFactors.list(session.id)));
    },
  };
}

/** `retryAfter` as `LockOutStore.secondsLeft` gives it. Errors: Problem locked-out. */
export function refuseLockedOut(retryAfter: number): void {
  if (retryAfter > 0) throw new Problem('locked-out', { retryAfter });
}
