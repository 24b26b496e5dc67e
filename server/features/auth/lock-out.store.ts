import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Policies } from '../../presets/preset.ts';
import { hashToken } from '../../security/tokens.ts';
import { keyOf } from '../profile/accounts.store.ts';

/** What an identifier is counted under. People type passwords into the wrong field, so it is not kept itself. */
export function subjectOf(identifier: string): string {
  return hashToken(keyOf(identifier));
}

/**
 * Counts failed proofs of identity by subject. A try to sign in counts for two: for the identifier as it was typed,
 * known or not, and for the account, so that its e-mail and its username give no second set of tries.
 * Only the first is told to somebody who has not signed in: it never tells whether an account exists.
 */
export type LockOutStore = ReturnType<typeof createLockOutStore>;

export function createLockOutStore(database: Database, clock: Clock, policy: Policies['lockOut']) {
  const milliseconds = policy.seconds * 1000;
  return {
    /**
     * Counts a try as failed before it is made, so that parallel tries can not slip past the limit.
     * Returns 0 if the try may be made, else the seconds to wait.
     */
    begin(subject: string): number {
      const now = clock.now();
      return database.transaction(() => {
        database.run('DELETE FROM sign_in_failures WHERE last_failure_at <= :forgotten', { forgotten: now - milliseconds });
        const row = database.get<{ failures: number; last_failure_at: number }>(
          'SELECT failures, last_failure_at FROM sign_in_failures WHERE subject = :subject',
          { subject },
        );
        if (row && row.failures >= policy.tries) return Math.ceil((row.last_failure_at + milliseconds - now) / 1000);
        database.run(
          `INSERT INTO sign_in_failures VALUES (:subject, 1, :now)
           ON CONFLICT (subject) DO UPDATE SET failures = failures + 1, last_failure_at = :now`,
          { subject, now },
        );
        return 0;
      });
    },

    /** The try was right but the sign-in is not complete: it counts neither as a failure nor as a success. */
    undo(...subjects: readonly string[]): void {
      for (const subject of subjects) {
        database.run('UPDATE sign_in_failures SET failures = failures - 1 WHERE subject = :subject AND failures > 0', { subject });
      }
    },

    /** The sign-in is complete. */
    clear(...subjects: readonly string[]): void {
      for (const subject of subjects) database.run('DELETE FROM sign_in_failures WHERE subject = :subject', { subject });
    },
  };
}
