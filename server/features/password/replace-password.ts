import type { Database } from '../../database/database.ts';
import type { FieldProblem } from '../../http/problem.ts';
import type { Notify } from '../../mail/notices.ts';
import type { Preset } from '../../presets/preset.ts';
import type { PasswordHasher } from '../../security/passwords.ts';
import type { ChallengesStore } from '../../proofs/challenges.store.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import type { SessionsStore } from '../../accounts/sessions.store.ts';
import { checkNewPassword } from './check-new-password.ts';
import type { ResetsStore } from '../../proofs/resets.store.ts';

/** What both ways to a new password need. */
export interface ReplacementDeps {
  readonly database: Database;
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly challenges: ChallengesStore;
  readonly resets: ResetsStore;
  readonly passwords: PasswordHasher;
  readonly notify: Notify;
  readonly preset: Preset;
}

export function createReplacement({ accounts, challenges, resets, preset }: ReplacementDeps) {
  return {
    faultsOf(accountId: string, next: string): FieldProblem[] {
      const { firstName, lastName, username } = accounts.readUser(accountId);
      const personal = [firstName, lastName, username, accounts.readContact(accountId).email];
      return checkNewPassword(preset.policies.password, next, personal);
    },

    /** Everything that stands on the old password falls with it. False if somebody else was quicker. */
    replace(accountId: string, known: string, hash: string): boolean {
      if (!accounts.replacePassword(accountId, known, hash)) return false;
      challenges.closeAll(accountId);
      resets.close(accountId);
      return true;
    },
  };
}
