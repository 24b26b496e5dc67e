import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyText, isKeyText } from '../../security/key-text.ts';
import { hashToken } from '../../security/tokens.ts';

export const tokenLifetimeMs = 600_000;

export interface StoredAccessKey {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  // Milliseconds since the epoch.
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly expiresAt: number | null;
}
type Row = Omit<StoredAccessKey, 'isActive'> & { readonly isActive: number };

const columns =
  'id, name, is_active AS isActive, created_at AS createdAt, last_used_at AS lastUsedAt, expires_at AS expiresAt';
const toKey = (row: Row): StoredAccessKey => ({ ...row, isActive: row.isActive === 1 });

/** Keys of programs that get tokens with them; of a secret only a keyed hash is kept, of a token a hash. */
export type AccessKeysStore = ReturnType<typeof createAccessKeysStore>;

export function createAccessKeysStore(database: Database, clock: Clock) {
  return {
    ...createTokens(database, clock),
    /** Newest first. */
    list(accountId: string): StoredAccessKey[] {
      return database
        .all<Row>(`SELECT ${columns} FROM access_keys WHERE account_id = :accountId ORDER BY created_at DESC, id`, {
          accountId,
        })
        .map(toKey);
    },

    /** Undefined if this person has no such key. */
    read(accountId: string, id: string): StoredAccessKey | undefined {
      const row = database.get<Row>(`SELECT ${columns} FROM access_keys WHERE account_id = :accountId AND id = :id`, {
        accountId,
        id,
      });
      return row && toKey(row);
    },

    /** Makes an active key. */
    make(accountId: string, name: string, expiresAt: number | null): { readonly id: string; readonly secret: string } {
      const id = randomUUID();
      const secret = createKeyText('pds');
      database.run(
        `INSERT INTO access_keys (id, account_id, name, fingerprint, is_active, created_at, expires_at)
         VALUES (:id, :accountId, :name, :fingerprint, 1, :now, :expiresAt)`,
        {
          id,
          accountId,
          name,
          fingerprint: database.secrets.fingerprint(secret, placeOf(id)),
          now: clock.now(),
          expiresAt,
        },
      );
      return { id, secret };
    },

    /** An inactive key's tokens are void at once. */
    setActive(accountId: string, id: string, isActive: boolean): void {
      database.run('UPDATE access_keys SET is_active = :isActive WHERE account_id = :accountId AND id = :id', {
        accountId,
        id,
        isActive: isActive ? 1 : 0,
      });
      if (!isActive) database.run('DELETE FROM access_key_tokens WHERE key_id = :id', { id });
    },

    /** False if this person has no such key. Its tokens go with it. */
    remove(accountId: string, id: string): boolean {
      return database.run('DELETE FROM access_keys WHERE account_id = :accountId AND id = :id', { accountId, id }) > 0;
    },
  };
}

function placeOf(id: string): string {
  return `access key ${id}`;
}

function createTokens(database: Database, clock: Clock) {
  return {
    /** Undefined unless this is the secret of a key that is active and not at its end. `expiresIn` in seconds. */
    exchange(id: string, secret: string): { readonly token: string; readonly expiresIn: number } | undefined {
      if (!isKeyText(secret, 'pds')) return undefined;
      const now = clock.now();
      return database.transaction(() => {
        const key = database.get<{ expiresAt: number | null }>(
          `SELECT expires_at AS expiresAt FROM access_keys
           WHERE id = :id AND fingerprint = :fingerprint AND is_active = 1 AND coalesce(expires_at > :now, 1)`,
          { id, fingerprint: database.secrets.fingerprint(secret, placeOf(id)), now },
        );
        if (!key) return undefined;
        const token = createKeyText('pdt');
        const expiresAt = Math.min(now + tokenLifetimeMs, key.expiresAt ?? Infinity);
        database.run('INSERT INTO access_key_tokens VALUES (:hash, :id, :expiresAt)', {
          hash: hashToken(token),
          id,
          expiresAt,
        });
        database.run('UPDATE access_keys SET last_used_at = :now WHERE id = :id', { id, now });
        return { token, expiresIn: Math.ceil((expiresAt - now) / 1000) };
      });
    },

    /** Whose token this is, as of now. Undefined if it is unknown, void or at its end. */
    findHolder(token: string): string | undefined {
      return database.get<{ accountId: string }>(
        `SELECT account_id AS accountId FROM access_key_tokens JOIN access_keys ON access_keys.id = key_id
         WHERE hash = :hash AND access_key_tokens.expires_at > :now`,
        { hash: hashToken(token), now: clock.now() },
      )?.accountId;
    },
  };
}
