import { Problem } from '../http/problem.ts';
import type { PasswordHasher } from '../security/passwords.ts';
import type { AccountsStore } from '../accounts/accounts.store.ts';
import type { FreshFactorsStore } from './fresh-factors.store.ts';
import type { Session } from '../accounts/session.ts';
import type { CodeFailuresStore } from './code-failures.store.ts';
import { sessionSubject, type LockOutStore } from './lock-out.store.ts';
import type { SecondFactor } from './second-factor.ts';

/**
 * Proofs by a person who is signed in already. Failures count for their session alone, all kinds together; a success
 * takes none of them back, so that a proof that is known never gives new tries for another. A wrong code counts for the
 * account's codes too. Errors: Problem locked-out.
 */
export type Proofs = ReturnType<typeof createProofs>;

export interface ProofDeps {
  readonly accounts: AccountsStore;
  readonly lockOut: LockOutStore;
  readonly codeFailures: CodeFailuresStore;
  readonly passwords: PasswordHasher;
  readonly secondFactor: SecondFactor;
  readonly freshFactors: FreshFactorsStore;
}

export function createProofs(deps: ProofDeps) {
  const { accounts, lockOut, codeFailures, passwords, secondFactor, freshFactors } = deps;

  const refuse = ({ id }: Session): void => {
    refuseLockedOut(lockOut.secondsLeft(sessionSubject(id, lockOut.tries)));
  };
  function counted({ id }: Session, isRight: boolean): boolean {
    if (!isRight) lockOut.fail(sessionSubject(id, lockOut.tries));
    return isRight;
  }
  /** `take` gets the factors that prove nothing in this session. */
  function takeFactor(session: Session, take: (leftOut: ReadonlySet<string>) => boolean): boolean {
    refuse(session);
    const isRight = take(freshFactors.list(session.id));
    if (isRight) codeFailures.clear(session.accountId);
    else secondFactor.fail(session.accountId);
    return counted(session, isRight);
  }

  return {
    async hasPassword(session: Session, password: string): Promise<boolean> {
      refuse(session);
      const isRight = await passwords.verify(accounts.readPassword(session.accountId) ?? '', password);
      // Others may have failed meanwhile.
      refuse(session);
      return counted(session, isRight);
    },
    codeRefusal: ({ accountId }: Session) => secondFactor.refusal(accountId),
    takeCode: (session: Session, code: string): boolean =>
      takeFactor(session, (leftOut) => secondFactor.take(session.accountId, code, leftOut)),
    takeRecoveryCode: (session: Session, code: string): boolean =>
      takeFactor(session, (leftOut) => secondFactor.takeRecoveryCode(session.accountId, code, leftOut)),
  };
}

/** `retryAfter` as `LockOutStore.secondsLeft` gives it. Errors: Problem locked-out. */
export function refuseLockedOut(retryAfter: number): void {
  if (retryAfter > 0) throw new Problem('locked-out', { retryAfter });
}
