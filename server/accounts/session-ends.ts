import { setImmediate } from 'node:timers/promises';
import { isDiskFull, type Database } from '../database/database.ts';
import { portion } from '../database/in-portions.ts';
import { hashToken } from '../security/tokens.ts';

/** The ways a session ends before its time; its tokens end with it. */
export function createSessionEnds(database: Database) {
  const { end, isEnding, retry } = createEnding(database);

  function endSome(accountId: string, ids: readonly string[]): number {
    return end(
      database.all<{ id: string }>(
        'SELECT id FROM sessions WHERE account_id = :accountId AND id IN (SELECT value FROM json_each(:ids))',
        { accountId, ids: JSON.stringify(ids) },
      ),
    );
  }

  return {
    /** Also by an expired access token, and without complaint if the session is gone (as RFC 7009, 2.2). */
    endByAccessToken(accessToken: string): void {
      end(
        database.all<{ id: string }>('SELECT session_id AS id FROM access_tokens WHERE hash = :hash', {
          hash: hashToken(accessToken),
        }),
      );
    },

    /** Touches nobody else's sessions, whatever the ids. */
    endSome,
    /** Whether it is over although it could not be deleted yet. */
    isEnding,
    /** Deletes what is over by now, if there is space again. */
    retryEnds: retry,

    /** Ends all but one, all or nothing; returns how many. Without `exceptId` it ends all. */
    endOthers(accountId: string, exceptId = ''): number {
      return database.run('DELETE FROM sessions WHERE account_id = :accountId AND id <> :exceptId', {
        accountId,
        exceptId,
      });
    },

    /**
     * As `endOthers`, for those that are there now, in portions between which others are answered. One that begins
     * meanwhile stays; a crash leaves some, and says so by giving no answer.
     */
    async endOthersInPortions(accountId: string, exceptId: string): Promise<number> {
      const ids = database
        .all<{ id: string }>('SELECT id FROM sessions WHERE account_id = :accountId AND id <> :exceptId', {
          accountId,
          exceptId,
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

/**
 * On a full disk nothing can be deleted: the journal needs space. What was to end is over all the same, while this
 * process lives.
 */
function createEnding(database: Database) {
  const ending = new Set<string>();

  function remove(ids: readonly string[]): number {
    return database.run('DELETE FROM sessions WHERE id IN (SELECT value FROM json_each(:ids))', {
      ids: JSON.stringify(ids),
    });
  }

  return {
    isEnding: (id: string) => ending.has(id),

    /** Returns how many ended. */
    end(rows: readonly { readonly id: string }[]): number {
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return 0;
      try {
        return remove(ids);
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        for (const id of ids) ending.add(id);
        return ids.length;
      }
    },

    /** Errors: those of the database; then it is tried again. */
    retry(): void {
      if (ending.size === 0) return;
      remove([...ending]);
      ending.clear();
    },
  };
}
