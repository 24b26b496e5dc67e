import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createToken, hashToken } from '../../security/tokens.ts';
import { keyOf } from '../../accounts/identifier-key.ts';

/** Seconds in which a new address can be confirmed. */
export const confirmationLifetime = 86_400;
/** Seconds in which a former address can be put back by who reads its mails. */
export const undoLifetime = 7 * 86_400;
/** Seconds between two mails about the same new address. */
const shortestInterval = 60;

export interface PendingEmail {
  readonly email: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface EmailLink {
  readonly accountId: string;
  readonly email: string;
}

/**
 * New addresses that wait for their confirmation, one a person, and ways back to former ones; tokens as SHA-256 only.
 */
export type EmailChangesStore = ReturnType<typeof createEmailChangesStore>;

export function createEmailChangesStore(database: Database, clock: Clock) {
  return { ...pendingOnes(database, clock), ...undos(database, clock) };
}

function pendingOnes(database: Database, clock: Clock) {
  return {
    /**
     * A token for a link to the new address; the older one is void. Undefined if this address was written to just now.
     */
    open(accountId: string, email: string): string | undefined {
      const now = clock.now();
      const token = createToken();
      const values = {
        accountId,
        email,
        key: keyOf(email),
        hash: hashToken(token),
        now,
        expiresAt: now + confirmationLifetime * 1000,
        latest: now - shortestInterval * 1000,
      };
      const isMade = database.run(
        `INSERT INTO email_changes (account_id, email, email_key, hash, mailed_at, expires_at)
         VALUES (:accountId, :email, :key, :hash, :now, :expiresAt)
         ON CONFLICT (account_id) DO UPDATE
         SET email = :email, email_key = :key, hash = :hash, mailed_at = :now, expires_at = :expiresAt
         WHERE email_key <> :key OR mailed_at <= :latest`,
        values,
      );
      return isMade > 0 ? token : undefined;
    },

    read(accountId: string): PendingEmail | undefined {
      return database.get<PendingEmail>(
        'SELECT email, expires_at AS expiresAt FROM email_changes WHERE account_id = :accountId AND expires_at > :now',
        { accountId, now: clock.now() },
      );
    },

    /** Undefined if it is unknown, used or too old. */
    find(token: string): EmailLink | undefined {
      return database.get<EmailLink>(
        'SELECT account_id AS accountId, email FROM email_changes WHERE hash = :hash AND expires_at > :now',
        { hash: hashToken(token), now: clock.now() },
      );
    },

    close(accountId: string): void {
      database.run('DELETE FROM email_changes WHERE account_id = :accountId', { accountId });
    },
  };
}

function undos(database: Database, clock: Clock) {
  return {
    /** A token with which `email` comes back; an older one for the same address is void. */
    openUndo(accountId: string, email: string): string {
      const now = clock.now();
      const token = createToken();
      database.run('DELETE FROM email_undos WHERE account_id = :accountId AND expires_at <= :now', { accountId, now });
      // The first time counts: whoever had the account earlier goes before whoever took it over.
      database.run(
        `INSERT INTO email_undos (account_id, email_key, email, hash, created_at, expires_at)
         VALUES (:accountId, :key, :email, :hash, :now, :expiresAt)
         ON CONFLICT (account_id, email_key) DO UPDATE SET hash = :hash, expires_at = :expiresAt`,
        { accountId, key: keyOf(email), email, hash: hashToken(token), now, expiresAt: now + undoLifetime * 1000 },
      );
      return token;
    },

    findUndo(token: string): EmailLink | undefined {
      return database.get<EmailLink>(
        'SELECT account_id AS accountId, email FROM email_undos WHERE hash = :hash AND expires_at > :now',
        { hash: hashToken(token), now: clock.now() },
      );
    },

    /** It is used, and those of addresses that came after it bring nothing back any more. */
    closeUndo({ accountId, email }: EmailLink): void {
      database.run(
        `DELETE FROM email_undos WHERE account_id = :accountId AND created_at >=
         (SELECT created_at FROM email_undos WHERE account_id = :accountId AND email_key = :key)`,
        { accountId, key: keyOf(email) },
      );
    },
  };
}
