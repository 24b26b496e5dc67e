import { preparePassword } from '../../../shared/password-policy.ts';
import { Problem, type FieldProblem } from '../../http/problem.ts';
import type { Proofs } from '../../proofs/proofs.ts';
import type { Session } from '../../accounts/session.ts';
import type { PasswordChange } from './password.schemas.ts';
import { createReplacement, type ReplacementDeps } from './replace-password.ts';

export interface PasswordDeps extends ReplacementDeps {
  readonly proofs: Proofs;
}

/** A new password, proved by the current one. Errors: Problem. */
export function createPasswordService(deps: PasswordDeps) {
  const { database, accounts, sessions, proofs, passwords, notify, preset } = deps;
  const { faultsOf, replace } = createReplacement(deps);

  return {
    /** Returns how many other sessions it ended. Errors: invalid (current, next), locked-out. */
    async change(session: Session, { current, next, endOtherSessions }: PasswordChange): Promise<number> {
      const { id, accountId } = session;
      const known = accounts.readPassword(accountId) ?? '';
      const isRight = await proofs.hasPassword(session, current);
      const faults = faultsOf(accountId, next);
      if (isRight && faults.length === 0 && preparePassword(current) === preparePassword(next))
        faults.push({ field: 'next', code: 'not-valid' });
      if (!isRight) faults.unshift(wrongCurrent);
      if (faults.length > 0) throw new Problem('invalid', { errors: faults });
      const hash = await passwords.hash(next);
      const ended = database.transaction(() => {
        if (!replace(accountId, known, hash)) throw new Problem('invalid', { errors: [wrongCurrent] });
        return endOtherSessions || preset.policies.password.otherSessions === 'always-end'
          ? sessions.endOthers(accountId, id)
          : 0;
      });
      notify(accountId, 'password-changed');
      return ended;
    },
  };
}

const wrongCurrent: FieldProblem = { field: 'current', code: 'not-valid' };
