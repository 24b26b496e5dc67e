/** What keeps a stolen session, or a taken-over mail box, from having the whole account. Tokens as SHA-256 only. */
export const guardAccounts = `
  -- factor: a device's id, or "recovery-codes". until: as long as the window is open in which the session got it.
  CREATE TABLE fresh_factors (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    factor TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (session_id, factor)
  ) STRICT, WITHOUT ROWID;

  -- New addresses that wait for a link sent there to be opened, and ways back to former ones. reset_decoys: what a
  -- reset for nobody writes, so that it takes as long as one for somebody.
  CREATE TABLE email_changes (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    mailed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE email_undos (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email_key TEXT NOT NULL,
    email TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, email_key)
  ) STRICT, WITHOUT ROWID;

  -- Wrong one-time codes in a row, by account: nothing but a right one takes them back.
  CREATE TABLE code_failures (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    failures INTEGER NOT NULL,
    last_failure_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE reset_decoys (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX fresh_factors_by_end ON fresh_factors (until);
  CREATE INDEX email_changes_by_end ON email_changes (expires_at);
  CREATE INDEX email_undos_by_end ON email_undos (expires_at);
`;
