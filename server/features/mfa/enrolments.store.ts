import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';

/** Seconds to scan the secret and type a code of it. */
export const enrolmentLifetime = 600;

export interface Enrolment {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Secrets that were shown and not yet proved: one a person, so beginning again makes the one before void. */
export type EnrolmentsStore = ReturnType<typeof createEnrolmentsStore>;

export function createEnrolmentsStore(database: Database, clock: Clock) {
  return {
    begin(accountId: string, secret: string): Enrolment {
      const enrolment = { id: randomUUID(), expiresAt: clock.now() + enrolmentLifetime * 1000 };
      database.run(
        `INSERT INTO mfa_enrolments (account_id, id, sealed_secret, expires_at)
          VALUES (:accountId, :id, :sealed, :expiresAt)
         ON CONFLICT (account_id) DO UPDATE SET id = :id, sealed_secret = :sealed, expires_at = :expiresAt`,
        { ...enrolment, accountId, sealed: database.secrets.seal(secret, placeOf(enrolment.id)) },
      );
      return enrolment;
    },

    /** The secret; undefined if this enrolment is unknown, void or too old. */
    find(accountId: string, id: string): string | undefined {
      const row = database.get<{ sealed: string }>(
        `SELECT sealed_secret AS sealed FROM mfa_enrolments
          WHERE account_id = :accountId AND id = :id AND expires_at > :now`,
        { accountId, id, now: clock.now() },
      );
      return row && database.secrets.open(row.sealed, placeOf(id));
    },

    end(accountId: string): void {
      database.run('DELETE FROM mfa_enrolments WHERE account_id = :accountId', { accountId });
    },
  };
}

function placeOf(id: string): string {
  return `mfa enrolment ${id}`;
}
