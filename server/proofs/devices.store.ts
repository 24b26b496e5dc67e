import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { findCounter, type OneTimePassword } from './one-time-codes.ts';

export interface NewDevice extends OneTimePassword {
  readonly name: string;
}

interface MfaDevice {
  readonly id: string;
  readonly name: string;
  readonly type: 'totp' | 'hotp';
  // Milliseconds since the epoch.
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

interface SecretRow extends Omit<OneTimePassword, 'secret'> {
  readonly id: string;
  readonly sealed: string;
}

/** What makes one-time codes for an account: authenticator apps and tokens. MFA is on while there is one. */
export type DevicesStore = ReturnType<typeof createDevicesStore>;

export function createDevicesStore(database: Database, clock: Clock) {
  return {
    ...deviceReads(database),
    /** Returns its id. */
    add(accountId: string, { name, type, secret, period, nextCounter }: NewDevice): string {
      const id = randomUUID();
      const sealed = database.secrets.seal(secret, placeOf(id));
      database.run(
        `INSERT INTO mfa_devices (id, account_id, name, type, sealed_secret, period, next_counter, created_at)
         VALUES (:id, :accountId, :name, :type, :sealed, :period, :nextCounter, :now)`,
        { id, accountId, name, type, sealed, period, nextCounter, now: clock.now() },
      );
      return id;
    },

    remove(accountId: string, id: string): void {
      database.run('DELETE FROM mfa_devices WHERE account_id = :accountId AND id = :id', { accountId, id });
    },

    removeAll(accountId: string): void {
      database.run('DELETE FROM mfa_devices WHERE account_id = :accountId', { accountId });
    },

    /**
     * True for a right code of any of the devices but those left out. Takes the code: neither it nor an older one works
     * again.
     */
    take(accountId: string, code: string, leftOut: ReadonlySet<string> = new Set()): boolean {
      return database.transaction(() => {
        const rows = database.all<SecretRow>(
          `SELECT id, type, sealed_secret AS sealed, period, next_counter AS nextCounter FROM mfa_devices
            WHERE account_id = :accountId`,
          { accountId },
        );
        for (const { sealed, ...row } of rows.filter(({ id }) => !leftOut.has(id))) {
          const found = findCounter(
            { ...row, secret: database.secrets.open(sealed, placeOf(row.id)) },
            code,
            clock.now(),
          );
          if (found === undefined) continue;
          database.run('UPDATE mfa_devices SET next_counter = :next, last_used_at = :now WHERE id = :id', {
            next: found + 1,
            now: clock.now(),
            id: row.id,
          });
          return true;
        }
        return false;
      });
    },
  };
}

function deviceReads(database: Database) {
  return {
    isOn(accountId: string): boolean {
      return database.get('SELECT 1 FROM mfa_devices WHERE account_id = :accountId', { accountId }) !== undefined;
    },

    /** Oldest first. */
    list(accountId: string): MfaDevice[] {
      return database.all<MfaDevice>(
        `SELECT id, name, type, created_at AS createdAt, last_used_at AS lastUsedAt
         FROM mfa_devices WHERE account_id = :accountId ORDER BY created_at, rowid`,
        { accountId },
      );
    },
  };
}

function placeOf(id: string): string {
  return `mfa device ${id}`;
}
