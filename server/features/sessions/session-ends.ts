import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import { portion } from '../../database/in-portions.ts';
import { hashToken } from '../../security/tokens.ts';

const endNamed = 'DELETE FROM sessions WHERE account_id = :accountId AND id IN (SELECT value FROM json_each(:ids))';

/** The ways a session ends before its time; its tokens end with it. */
export function createSessionEnds(database: Database) {
  function endSome(accountId: string, ids: readonly string[]): number {
    return database.run(endNamed, { accountId, ids: JSON.stringify(ids) });
  }

  return {
    /** Also by an expired access token, and without complaint if the session is gone (as RFC 7009, 2.2). */
    endByAccessToken(accessToken: string): void {
      database.run('DELETE FROM sessions WHERE id IN (SELECT session_id FROM access_tokens WHERE hash = :hash)', {
        hash: hashToken(accessToken),
      });
    },

    /** Touches nobody else's sessions, whatever the ids. */
    endSome,

    /** Ends all but one, all or nothing; returns how many. Without `keptId` it ends all. */
    endOthers(accountId: string, keptId = ''): number {
      return database.run('DELETE FROM sessions WHERE account_id = :accountId AND id <> :keptId', {
        accountId,
        keptId,
      });
    },

    /**
     * As `endOthers`, for those that are there now, in portions between which others are answered. One that begins
     * meanwhile stays; a crash leaves some, and says so by giving no answer.
     */
    async endOthersInPortions(accountId: string, keptId: string): Promise<number> {
      const ids = database
        .all<{ id: string }>('SELECT id FROM sessions WHERE account_id = :accountId AND id <> :keptId', {
          accountId,
          keptId,
        })
        .map(({ id }) => id);
      let ended = 0;
      for (let at = 0; at < ids.length; at += portion) {
        if (at > 0) await setImmediate();
        ended += endSome(accountId, ids.slice(at, at + portion));
      }
      return ended;
    },
  };
}
