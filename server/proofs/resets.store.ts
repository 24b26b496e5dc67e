import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createToken, hashToken } from '../security/tokens.ts';

/** Seconds. */
export const resetLifetime = 1_800;
/** Seconds between two mails to one person, however often somebody asks for them. */
const shortestInterval = 60;

/** Links that set a new password without the old one: one a person, kept as SHA-256 only. */
export type ResetsStore = ReturnType<typeof createResetsStore>;

export function createResetsStore(database: Database, clock: Clock) {
  return {
    /** A token for a new link; the older one is void. Undefined if one was made just now. */
    open(accountId: string): string | undefined {
      const now = clock.now();
      const token = createToken();
      const isMade = database.run(
        `INSERT INTO password_resets (account_id, hash, created_at, expires_at)
          VALUES (:accountId, :hash, :now, :expiresAt)
         ON CONFLICT (account_id) DO UPDATE SET hash = :hash, created_at = :now, expires_at = :expiresAt
         WHERE created_at <= :latest`,
        {
          accountId,
          hash: hashToken(token),
          now,
          expiresAt: now + resetLifetime * 1000,
          latest: now - shortestInterval * 1000,
        },
      );
      return isMade > 0 ? token : undefined;
    },

    /** Whose it is; undefined if it is unknown, used or too old. */
    find(token: string): string | undefined {
      return database.get<{ accountId: string }>(
        'SELECT account_id AS accountId FROM password_resets WHERE hash = :hash AND expires_at > :now',
        { hash: hashToken(token), now: clock.now() },
      )?.accountId;
    },

    /** Writes as much as `open` does, for nobody. */
    pretend(): void {
      const now = clock.now();
      database.run(
        `INSERT INTO reset_decoys VALUES (1, :hash, :now, :expiresAt)
         ON CONFLICT (id) DO UPDATE SET hash = :hash, created_at = :now, expires_at = :expiresAt`,
        { hash: hashToken(createToken()), now, expiresAt: now + resetLifetime * 1000 },
      );
    },

    close(accountId: string): void {
      database.run('DELETE FROM password_resets WHERE account_id = :accountId', { accountId });
    },
  };
}
