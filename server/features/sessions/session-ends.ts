import type { Database } from '../../database/database.ts';
import { hashToken } from '../../security/tokens.ts';

/** The ways a session ends before its time; its tokens end with it. Each is one statement, so all or nothing. */
export function createSessionEnds(database: Database) {
  return {
    /** Also by an expired access token, and without complaint if the session is gone (as RFC 7009, 2.2). */
    endByAccessToken(accessToken: string): void {
      database.run('DELETE FROM sessions WHERE id IN (SELECT session_id FROM access_tokens WHERE hash = :hash)', {
        hash: hashToken(accessToken),
      });
    },

    /** Touches nobody else's sessions, whatever the ids. */
    endSome(accountId: string, ids: readonly string[]): void {
      database.run('DELETE FROM sessions WHERE account_id = :accountId AND id IN (SELECT value FROM json_each(:ids))', {
        accountId,
        ids: JSON.stringify(ids),
      });
    },

    /** Ends all but one; returns how many. Without `keptId` it ends all. */
    endOthers(accountId: string, keptId = ''): number {
      return database.run('DELETE FROM sessions WHERE account_id = :accountId AND id <> :keptId', {
        accountId,
        keptId,
      });
    },
  };
}
