import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';

/** For how long a session's last proof of identity is good. */
export type ReauthWindowsStore = ReturnType<typeof createReauthWindowsStore>;

export function createReauthWindowsStore(database: Database, clock: Clock, windowSeconds: number) {
  return {
    /** Returns the end of the window, milliseconds since the epoch. */
    open(sessionId: string): number {
      const now = clock.now();
      const until = now + windowSeconds * 1000;
      database.run(
        `UPDATE sessions SET reauthenticated_until = :until, last_authenticated_at = :now, last_modified_at = :now
          WHERE id = :sessionId`,
        { sessionId, now, until },
      );
      return until;
    },

    close(sessionId: string): void {
      database.run('UPDATE sessions SET reauthenticated_until = NULL, last_modified_at = :now WHERE id = :sessionId', {
        sessionId,
        now: clock.now(),
      });
    },
  };
}
