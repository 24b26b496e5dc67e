import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Policies } from '../../presets/preset.ts';
import { hashToken } from '../../security/tokens.ts';
import { keyOf } from '../profile/identifier-key.ts';

/** What an identifier is counted under. People type passwords into the wrong field, so it is not kept itself. */
export function subjectOf(identifier: string): string {
  return hashToken(keyOf(identifier));
}

/**
 * Counts failed proofs of identity by subject. A try to sign in counts for two: for the identifier as it was typed,
 * known or not, and for the account, so that its e-mail and its username give no second set of tries.
 * Only the first is told to somebody who has not signed in: it never tells whether an account exists.
 *
 * A try is judged when it is done: who asks for `secondsLeft` then refuses it, right or wrong, once as many others have
 * failed as the policy allows. So parallel tries can not slip past the limit, and right ones do not lock anybody out.
 */
export type LockOutStore = ReturnType<typeof createLockOutStore>;

export function createLockOutStore(database: Database, clock: Clock, policy: Policies['lockOut']) {
  const milliseconds = policy.seconds * 1000;

  function secondsLeft(subject: string): number {
    const now = clock.now();
    const row = database.get<{ failures: number; last_failure_at: number }>(
      'SELECT failures, last_failure_at FROM sign_in_failures WHERE subject = :subject AND last_failure_at > :forgotten',
      { subject, forgotten: now - milliseconds },
    );
    return row && row.failures >= policy.tries
      ? Math.ceil((Math.min(row.last_failure_at, now) + milliseconds - now) / 1000)
      : 0;
  }

  return {
    /** 0 if a try may be made, or one that was made may count; else the seconds to wait. */
    secondsLeft,

    /** A try was wrong. What is locked already is not locked for longer. */
    fail(...subjects: readonly string[]): void {
      const now = clock.now();
      database.transaction(() => {
        for (const subject of subjects) {
          database.run(
            `INSERT INTO sign_in_failures VALUES (:subject, 1, :now)
             ON CONFLICT (subject) DO UPDATE SET
               failures = CASE WHEN last_failure_at > :forgotten THEN failures + 1 ELSE 1 END, last_failure_at = :now
             WHERE failures < :tries OR last_failure_at <= :forgotten`,
            { subject, now, tries: policy.tries, forgotten: now - milliseconds },
          );
        }
      });
    },

    /** The sign-in is complete. */
    clear(...subjects: readonly string[]): void {
      for (const subject of subjects)
        database.run('DELETE FROM sign_in_failures WHERE subject = :subject', { subject });
    },
  };
}
