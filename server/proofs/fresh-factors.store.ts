import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Session } from '../accounts/session.ts';

/** A device by its id, or the set of recovery codes. */
export const recoveryCodesFactor = 'recovery-codes';

/**
 * Factors that a session was given while its window was open: added by it, or shown to it. Until that window would have
 * ended by itself they prove nothing in this session. Otherwise a window could open the next one for ever: whoever
 * holds a stolen access token would add a device, or read a recovery code, and be asked for nothing else.
 */
export type FreshFactorsStore = ReturnType<typeof createFreshFactorsStore>;

export function createFreshFactorsStore(database: Database, clock: Clock) {
  return {
    add({ id, reauthenticatedUntil }: Session, factor: string): void {
      database.run(
        `INSERT INTO fresh_factors VALUES (:id, :factor, :until)
         ON CONFLICT (session_id, factor) DO UPDATE SET until = max(until, :until)`,
        { id, factor, until: reauthenticatedUntil ?? 0 },
      );
    },

    /** Those that prove nothing in this session now. */
    list(sessionId: string): ReadonlySet<string> {
      const rows = database.all<{ factor: string }>(
        'SELECT factor FROM fresh_factors WHERE session_id = :sessionId AND until > :now',
        { sessionId, now: clock.now() },
      );
      return new Set(rows.map(({ factor }) => factor));
    },
  };
}
