import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Policies } from '../presets/preset.ts';

/** Seconds: no wait grows beyond a day. */
const maxWaitSeconds = 86_400;
/** NIST SP 800-63B, 5.2.2: so many in a row, and the authenticator is good for nothing any more. */
const maxInARow = 100;

/**
 * Wrong one-time codes of an account, in a row. Nothing but a right one takes them back, and no time: a mail box gives
 * new passwords, and with them as many sign-ins as far as the code as anybody likes. After each set of tries that
 * failed the wait doubles.
 */
export type CodeFailuresStore = ReturnType<typeof createCodeFailuresStore>;

export function createCodeFailuresStore(database: Database, clock: Clock, { tries, seconds }: Policies['lockOut']) {
  const end = Math.max(maxInARow, tries);

  function read(accountId: string): { failures: number; lastFailureAt: number } | undefined {
    return database.get(
      'SELECT failures, last_failure_at AS lastFailureAt FROM code_failures WHERE account_id = :accountId',
      { accountId },
    );
  }

  function secondsLeft(accountId: string): number {
    const row = read(accountId);
    if (!row || row.failures === 0 || row.failures % tries !== 0) return 0;
    const wait = Math.min(seconds * 2 ** (row.failures / tries - 1), Math.max(seconds, maxWaitSeconds));
    const now = clock.now();
    return Math.max(0, Math.ceil((Math.min(row.lastFailureAt, now) + wait * 1000 - now) / 1000));
  }

  return {
    /** 0 if a code may be judged; else the seconds to wait. */
    secondsLeft,

    /** No code of a device is judged any more: a recovery code still opens, and a device that is added anew. */
    isExhausted: (accountId: string): boolean => (read(accountId)?.failures ?? 0) >= end,

    /**
     * A code was wrong. Those that were under way when the wait began are not counted. Returns what was reached just
     * now.
     */
    fail(accountId: string): 'first-wait' | 'end' | undefined {
      return database.transaction(() => {
        if (secondsLeft(accountId) > 0) return undefined;
        database.run(
          `INSERT INTO code_failures VALUES (:accountId, 1, :now)
           ON CONFLICT (account_id) DO UPDATE SET failures = failures + 1, last_failure_at = :now`,
          { accountId, now: clock.now() },
        );
        const failures = read(accountId)?.failures;
        if (failures === end) return 'end';
        return failures === tries ? 'first-wait' : undefined;
      });
    },

    /** A code was right, or the devices are others now. */
    clear(accountId: string): void {
      database.run('DELETE FROM code_failures WHERE account_id = :accountId', { accountId });
    },
  };
}
