import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createRecoveryCode, readRecoveryCode } from './recovery-code.ts';

const codesInSet = 10;

export interface RecoveryCodesState {
  readonly total: number;
  readonly remaining: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface RecoveryCodes {
  /** In the order in which they were given out. */
  readonly codes: { readonly code: string; readonly isUsed: boolean }[];
  readonly createdAt: number;
}

/**
 * The way in without the phone. They may be shown again, so each is kept sealed,
 * and beside it a keyed hash by which it is found when it is used.
 */
export type RecoveryCodesStore = ReturnType<typeof createRecoveryCodesStore>;

export function createRecoveryCodesStore(database: Database, clock: Clock) {
  const placeOf = (accountId: string) => `recovery code ${accountId}`;

  function removeAll(accountId: string): void {
    database.run('DELETE FROM recovery_codes WHERE account_id = :accountId', { accountId });
  }

  return {
    removeAll,

    /** Makes a new set; the old one is void at once. Returns the codes. */
    renew(accountId: string): string[] {
      // Equal ones are next to impossible, but a set of nine would be no set.
      const codes = new Set<string>();
      while (codes.size < codesInSet) codes.add(createRecoveryCode());
      database.transaction(() => {
        removeAll(accountId);
        for (const [position, code] of [...codes].entries()) {
          database.run(
            `INSERT INTO recovery_codes (account_id, position, sealed_code, fingerprint, created_at)
             VALUES (:accountId, :position, :sealed, :fingerprint, :now)`,
            {
              accountId,
              position,
              sealed: database.secrets.seal(code, placeOf(accountId)),
              fingerprint: database.secrets.fingerprint(readRecoveryCode(code), placeOf(accountId)),
              now: clock.now(),
            },
          );
        }
      });
      return [...codes];
    },

    /** True for a code of the set that was not used before; from now on it is. */
    take(accountId: string, typed: string): boolean {
      const fingerprint = database.secrets.fingerprint(readRecoveryCode(typed), placeOf(accountId));
      const used = database.run(
        `UPDATE recovery_codes SET used_at = :now
         WHERE account_id = :accountId AND fingerprint = :fingerprint AND used_at IS NULL`,
        { accountId, fingerprint, now: clock.now() },
      );
      return used > 0;
    },

    /** Undefined while there is no set. */
    state(accountId: string): RecoveryCodesState | undefined {
      return database.get<RecoveryCodesState>(
        `SELECT count(*) AS total, count(*) - count(used_at) AS remaining, max(created_at) AS createdAt
         FROM recovery_codes WHERE account_id = :accountId HAVING count(*) > 0`,
        { accountId },
      );
    },

    /** Undefined while there is no set. */
    show(accountId: string): RecoveryCodes | undefined {
      const rows = database.all<{ sealed: string; usedAt: number | null; createdAt: number }>(
        `SELECT sealed_code AS sealed, used_at AS usedAt, created_at AS createdAt
         FROM recovery_codes WHERE account_id = :accountId ORDER BY position`,
        { accountId },
      );
      const createdAt = rows[0]?.createdAt;
      if (createdAt === undefined) return undefined;
      const codes = rows.map(({ sealed, usedAt }) => ({
        code: database.secrets.open(sealed, placeOf(accountId)),
        isUsed: usedAt !== null,
      }));
      return { codes, createdAt };
    },
  };
}
