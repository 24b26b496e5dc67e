import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';

const tables = [
  // Proves that the key file belongs to this database.
  'CREATE TABLE data_key (id TEXT NOT NULL) STRICT',

  'ALTER TABLE accounts ADD COLUMN is_mfa_forced INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE sessions ADD COLUMN last_modified_at INTEGER NOT NULL DEFAULT 0',
  'UPDATE sessions SET last_modified_at = last_authenticated_at',
  'ALTER TABLE sessions ADD COLUMN reauthenticated_until INTEGER',
  // Both in the order of the list, so that it needs no sorting.
  'DROP INDEX sessions_by_account',
  'CREATE INDEX sessions_by_account ON sessions (account_id, created_at DESC, id)',

  // next_counter: the lowest TOTP step or HOTP counter whose code may still be used. period in seconds, TOTP only.
  `CREATE TABLE mfa_devices (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('totp', 'hotp')),
    sealed_secret TEXT NOT NULL,
    period INTEGER CHECK ((type = 'totp') = (period IS NOT NULL)),
    next_counter INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER
  ) STRICT`,
  'CREATE INDEX mfa_devices_by_account ON mfa_devices (account_id, created_at)',

  // One a person: beginning again replaces what was begun before.
  `CREATE TABLE mfa_enrolments (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    sealed_secret TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT`,

  `CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sealed_code TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (account_id, position),
    UNIQUE (account_id, fingerprint)
  ) STRICT, WITHOUT ROWID`,

  // One a person: a newer link replaces the older one.
  `CREATE TABLE password_resets (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT`,
  'CREATE INDEX sign_in_challenges_by_account ON sign_in_challenges (account_id)',
];

/** Re-authentication, devices, recovery codes and password resets; the TOTP secrets there are become sealed. */
export function protectAccounts(database: Database): void {
  for (const statement of tables) database.run(statement);
  database.run('INSERT INTO data_key VALUES (:id)', { id: database.secrets.keyId });
  for (const { accountId, secret, lastStep } of database.all<{ accountId: string; secret: string; lastStep: number }>(
    'SELECT account_id AS accountId, secret, last_step AS lastStep FROM totp',
  )) {
    const id = randomUUID();
    database.run(
      `INSERT INTO mfa_devices (id, account_id, name, type, sealed_secret, period, next_counter, created_at)
       VALUES (:id, :accountId, 'Authenticator app', 'totp', :sealed, 30, :next, unixepoch() * 1000)`,
      { id, accountId, sealed: database.secrets.seal(secret, `mfa device ${id}`), next: lastStep + 1 },
    );
  }
  database.run('DROP TABLE totp');
}
