import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createToken } from '../../security/tokens.ts';
import type { PublicKey } from './public-key.ts';

export const proofLifetimeMs = 300_000;

export interface StoredIdentityKey {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly bits: number;
  readonly blob: Uint8Array;
  // Milliseconds since the epoch.
  readonly addedAt: number;
  readonly lastUsedAt: number | null;
  readonly verifiedAt: number | null;
}

const columns =
  'id, title, type, bits, blob, added_at AS addedAt, last_used_at AS lastUsedAt, verified_at AS verifiedAt';

export type IdentityKeysStore = ReturnType<typeof createIdentityKeysStore>;

/** SSH public keys of people; one person has each at most once. */
export function createIdentityKeysStore(database: Database, clock: Clock) {
  return {
    ...createChallenges(database, clock),
    /** Newest first. */
    list(accountId: string): StoredIdentityKey[] {
      return database.all<StoredIdentityKey>(
        `SELECT ${columns} FROM identity_keys WHERE account_id = :accountId ORDER BY added_at DESC, id`,
        { accountId },
      );
    },

    count(accountId: string): number {
      return (
        database.get<{ count: number }>('SELECT count(*) AS count FROM identity_keys WHERE account_id = :accountId', {
          accountId,
        })?.count ?? 0
      );
    },

    /** Undefined if this person has no such key. */
    read(accountId: string, id: string): StoredIdentityKey | undefined {
      return database.get<StoredIdentityKey>(
        `SELECT ${columns} FROM identity_keys WHERE account_id = :accountId AND id = :id`,
        { accountId, id },
      );
    },

    /** Its id; undefined if the person has this key already. */
    add(accountId: string, title: string, { type, bits, blob }: PublicKey): string | undefined {
      const id = randomUUID();
      const added = database.run(
        `INSERT INTO identity_keys (id, account_id, title, type, bits, blob, added_at)
          VALUES (:id, :accountId, :title, :type, :bits, :blob, :now)
         ON CONFLICT (account_id, blob) DO NOTHING`,
        { id, accountId, title, type, bits, blob, now: clock.now() },
      );
      return added > 0 ? id : undefined;
    },

    rename(accountId: string, id: string, title: string): void {
      database.run('UPDATE identity_keys SET title = :title WHERE account_id = :accountId AND id = :id', {
        accountId,
        id,
        title,
      });
    },

    /** False if this person has no such key. */
    remove(accountId: string, id: string): boolean {
      return (
        database.run('DELETE FROM identity_keys WHERE account_id = :accountId AND id = :id', { accountId, id }) > 0
      );
    },

    noteVerified(id: string): void {
      database.run('UPDATE identity_keys SET verified_at = :now, last_used_at = :now WHERE id = :id', {
        id,
        now: clock.now(),
      });
    },

    markUsed(id: string): boolean {
      return database.run('UPDATE identity_keys SET last_used_at = :now WHERE id = :id', { id, now: clock.now() }) > 0;
    },
  };
}

function createChallenges(database: Database, clock: Clock) {
  return {
    /** Voids the one before. `expiresIn` in seconds. */
    challenge(keyId: string): { readonly challenge: string; readonly expiresIn: number } {
      const challenge = createToken();
      database.run('INSERT OR REPLACE INTO identity_key_challenges VALUES (:keyId, :challenge, :expiresAt)', {
        keyId,
        challenge,
        expiresAt: clock.now() + proofLifetimeMs,
      });
      return { challenge, expiresIn: proofLifetimeMs / 1000 };
    },

    /** The challenge that this key was given and that is not at its end; it is void from now on. */
    takeChallenge(keyId: string): string | undefined {
      return database.transaction(() => {
        const now = clock.now();
        const row = database.get<{ challenge: string }>(
          'SELECT challenge FROM identity_key_challenges WHERE key_id = :keyId AND expires_at > :now',
          { keyId, now },
        );
        database.run('DELETE FROM identity_key_challenges WHERE key_id = :keyId', { keyId });
        return row?.challenge;
      });
    },
  };
}
