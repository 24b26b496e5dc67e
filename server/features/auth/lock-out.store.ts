import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Policies } from '../../presets/preset.ts';

/**
 * Counts failed sign-ins per identifier as it was typed, known or not: so a lock-out never tells whether
 * an account exists. (An account has two identifiers, so twice the tries.)
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
    undo(subject: string): void {
      database.run('UPDATE sign_in_failures SET failures = failures - 1 WHERE subject = :subject AND failures > 0', { subject });
    },

    /** The sign-in is complete. */
    clear(subject: string): void {
      database.run('DELETE FROM sign_in_failures WHERE subject = :subject', { subject });
    },
  };
}
