import { guardAccounts } from './guard-accounts.ts';
import { boundGrowth } from './bound-growth.ts';
import { protectAccounts } from './protect-accounts.ts';
import type { Database } from './database.ts';

/** Statements, or a step that needs the key of the database. */
export type Migration = string | ((database: Database) => void);

/** From this version on there are columns that only the database's key opens. */
export const firstSealedVersion = 2;

/**
 * Each entry lifts the schema by one version (SQLite's `user_version`). Released entries never change:
 * a new feature adds a new entry at the end. Instants are milliseconds since the epoch; tokens, challenges
 * and sign-in identifiers are kept as SHA-256 only.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    role TEXT NOT NULL,
    company TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    is_demo INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE UNIQUE INDEX one_demo_account ON accounts (is_demo) WHERE is_demo = 1;

  CREATE TABLE contacts (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    phone TEXT NOT NULL DEFAULT '',
    address_line_1 TEXT NOT NULL DEFAULT '',
    address_line_2 TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT ''
  ) STRICT;

  CREATE TABLE avatars (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    image TEXT
  ) STRICT;

  CREATE TABLE permissions (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (account_id, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE passwords (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE TABLE totp (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    last_step INTEGER NOT NULL DEFAULT -1
  ) STRICT;

  CREATE TABLE sign_in_challenges (
    hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sign_in_failures (
    subject TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_failure_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_agent TEXT NOT NULL,
    ip_address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    last_authenticated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_account ON sessions (account_id);

  CREATE TABLE access_tokens (
    hash TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX access_tokens_by_session ON access_tokens (session_id);

  CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    used INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

  CREATE TABLE idempotent_answers (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER,
    content_type TEXT,
    body TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, key)
  ) STRICT, WITHOUT ROWID;
  `,
  protectAccounts,
  // sealed_key: only where the key may be shown again.
  `
  CREATE TABLE api_keys (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    sealed_key TEXT,
    last_four TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    expires_at INTEGER
  ) STRICT;
  `,
  // thresholds: JSON. last_report_day: YYYY-MM-DD, empty before the first.
  `
  CREATE TABLE notifications (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    quota_alerts INTEGER NOT NULL,
    thresholds TEXT NOT NULL,
    daily_report INTEGER NOT NULL,
    last_report_day TEXT NOT NULL DEFAULT ''
  ) STRICT;

  CREATE TABLE utilization (percent REAL NOT NULL) STRICT;
  INSERT INTO utilization VALUES (0);
  `,
  `
  CREATE TABLE access_keys (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    expires_at INTEGER
  ) STRICT;
  CREATE INDEX access_keys_by_account ON access_keys (account_id, created_at DESC, id);

  CREATE TABLE access_key_tokens (
    hash TEXT PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES access_keys (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX access_key_tokens_by_key ON access_key_tokens (key_id);
  `,
  // wfm_interval: minutes.
  `
  CREATE TABLE workplaces (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    dialing_pattern TEXT NOT NULL,
    wfm_notifications INTEGER NOT NULL,
    wfm_interval INTEGER NOT NULL CHECK (wfm_interval IN (5, 10, 15))
  ) STRICT;
  `,
  // identity_nonces.account_id: null for signing in.
  `
  CREATE TABLE identities (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    label TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    last_used_at INTEGER,
    UNIQUE (issuer, subject)
  ) STRICT;
  CREATE INDEX identities_by_account ON identities (account_id);

  CREATE TABLE identity_nonces (
    hash TEXT PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    issuer TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // blob: RFC 4253, 6.6. A challenge is public, and good for one try.
  `
  CREATE TABLE identity_keys (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    bits INTEGER NOT NULL,
    blob BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    last_used_at INTEGER,
    verified_at INTEGER,
    UNIQUE (account_id, blob)
  ) STRICT;
  CREATE INDEX identity_keys_by_age ON identity_keys (account_id, added_at DESC, id);

  CREATE TABLE identity_key_challenges (
    key_id TEXT PRIMARY KEY REFERENCES identity_keys (id) ON DELETE CASCADE,
    challenge TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // Mails of changes that are done, until they are in the outbox. id: random, so that none is sent twice.
  `
  CREATE TABLE mails_due (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  `,
  boundGrowth,
  guardAccounts,
];
