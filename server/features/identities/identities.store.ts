import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createToken, hashToken } from '../../security/tokens.ts';
import { bindNonce } from './bind-nonce.ts';

/** Seconds to sign in at the identity provider. */
export const nonceLifetime = 600;

export interface StoredIdentity {
  readonly id: string;
  readonly accountId: string;
  readonly issuer: string;
  readonly label: string;
  // Milliseconds since the epoch.
  readonly linkedAt: number;
  readonly lastUsedAt: number | null;
}

export interface NewIdentity {
  readonly accountId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly label: string;
}

const columns = 'id, account_id AS accountId, issuer, label, linked_at AS linkedAt, last_used_at AS lastUsedAt';

/** Who people are at identity providers, and the nonces that were given out. One identity belongs to one account. */
export type IdentitiesStore = ReturnType<typeof createIdentitiesStore>;

export function createIdentitiesStore(database: Database, clock: Clock) {
  return {
    ...createNonces(database, clock),
    /** In the order they were linked. */
    list(accountId: string): StoredIdentity[] {
      return database.all<StoredIdentity>(
        `SELECT ${columns} FROM identities WHERE account_id = :accountId ORDER BY linked_at, rowid`,
        { accountId },
      );
    },

    find(issuer: string, subject: string): StoredIdentity | undefined {
      return database.get<StoredIdentity>(
        `SELECT ${columns} FROM identities WHERE issuer = :issuer AND subject = :subject`,
        { issuer, subject },
      );
    },

    add({ accountId, issuer, subject, label }: NewIdentity): void {
      database.run(
        `INSERT INTO identities (id, account_id, issuer, subject, label, linked_at)
          VALUES (:id, :accountId, :issuer, :subject, :label, :now)`,
        { id: randomUUID(), accountId, issuer, subject, label, now: clock.now() },
      );
    },

    markUsed(id: string): void {
      database.run('UPDATE identities SET last_used_at = :now WHERE id = :id', { id, now: clock.now() });
    },

    /** False if this person has no such identity. */
    remove(accountId: string, id: string): boolean {
      return database.run('DELETE FROM identities WHERE account_id = :accountId AND id = :id', { accountId, id }) > 0;
    },
  };
}

function createNonces(database: Database, clock: Clock) {
  return {
    /** For linking to an account; with null for signing in. An ID token has to name it bound to one of the origins. */
    openNonce(issuer: string, accountId: string | null, origins: ReadonlySet<string>): string {
      const nonce = createToken();
      const now = clock.now();
      for (const origin of origins) {
        database.run('INSERT INTO identity_nonces VALUES (:hash, :accountId, :issuer, :expiresAt)', {
          hash: hashToken(bindNonce(nonce, origin)),
          accountId,
          issuer,
          expiresAt: now + nonceLifetime * 1000,
        });
      }
      return nonce;
    },

    /**
     * The nonce as bound to one origin. False unless it was given out for just this, and comes for the first time:
     * whoever is quicker.
     */
    takeNonce(bound: string, issuer: string, accountId: string | null): boolean {
      const sql = `DELETE FROM identity_nonces WHERE hash = :hash AND account_id IS :accountId AND issuer = :issuer
          AND expires_at > :now`;
      return database.run(sql, { hash: hashToken(bound), accountId, issuer, now: clock.now() }) > 0;
    },
  };
}
