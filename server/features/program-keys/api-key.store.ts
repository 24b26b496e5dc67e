import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyText, isKeyText } from '../../security/key-text.ts';

/** `last_used_at` is written at most this often (milliseconds), so that reading does not mean writing. */
const usedEveryMs = 60_000;
/** One place for all accounts: a key is looked up before it is known whose it is. */
const lookUp = 'api key';

export interface StoredApiKey {
  readonly name: string;
  readonly lastFour: string;
  // Milliseconds since the epoch.
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly expiresAt: number | null;
}

/** One key a person. It is found by a keyed hash; the key itself is kept, sealed, only where it may be shown again. */
export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;

export function createApiKeyStore(database: Database, clock: Clock) {
  const placeOf = (accountId: string) => `api key ${accountId}`;
  return {
    /** Undefined while there is none. */
    read(accountId: string): StoredApiKey | undefined {
      return database.get<StoredApiKey>(
        `SELECT name, last_four AS lastFour, created_at AS createdAt, last_used_at AS lastUsedAt,
          expires_at AS expiresAt
         FROM api_keys WHERE account_id = :accountId`,
        { accountId },
      );
    },

    /** Makes a key; the one before is void at once. Returns it. */
    make(accountId: string, name: string, expiresAt: number | null, mayBeShownAgain: boolean): string {
      const key = createKeyText('pdk');
      database.run(
        `INSERT OR REPLACE INTO api_keys (account_id, name, fingerprint, sealed_key, last_four, created_at, expires_at)
         VALUES (:accountId, :name, :fingerprint, :sealed, :lastFour, :now, :expiresAt)`,
        {
          accountId,
          name,
          fingerprint: database.secrets.fingerprint(key, lookUp),
          sealed: mayBeShownAgain ? database.secrets.seal(key, placeOf(accountId)) : null,
          lastFour: key.slice(-4),
          now: clock.now(),
          expiresAt,
        },
      );
      return key;
    },

    /** Undefined if there is none, or none that may be shown. */
    show(accountId: string): string | undefined {
      const { sealed } =
        database.get<{ sealed: string | null }>(
          'SELECT sealed_key AS sealed FROM api_keys WHERE account_id = :accountId',
          { accountId },
        ) ?? {};
      return sealed ? database.secrets.open(sealed, placeOf(accountId)) : undefined;
    },

    /** False if there was none. */
    remove(accountId: string): boolean {
      return database.run('DELETE FROM api_keys WHERE account_id = :accountId', { accountId }) > 0;
    },

    /** Whose key this is, as of now; counts as a use. Undefined if it is unknown, void or at its end. */
    findHolder(key: string): string | undefined {
      if (!isKeyText(key, 'pdk')) return undefined;
      const now = clock.now();
      const row = database.get<{ accountId: string; lastUsedAt: number | null; expiresAt: number | null }>(
        `SELECT account_id AS accountId, last_used_at AS lastUsedAt, expires_at AS expiresAt FROM api_keys
          WHERE fingerprint = :fingerprint`,
        { fingerprint: database.secrets.fingerprint(key, lookUp) },
      );
      if (!row || (row.expiresAt ?? Infinity) <= now) return undefined;
      if (now - (row.lastUsedAt ?? -Infinity) >= usedEveryMs) {
        database.run('UPDATE api_keys SET last_used_at = :now WHERE account_id = :accountId', {
          now,
          accountId: row.accountId,
        });
      }
      return row.accountId;
    },
  };
}
