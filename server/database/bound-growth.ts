/**
 * For what grows without anybody wanting it to. What is cleared by age has an index for it, so that clearing and
 * counting never walk over what stays. `family` names a session by its refresh tokens and `generation` counts their
 * renewals: used ones need not be kept to be known again.
 */
export const boundGrowth = `
  ALTER TABLE idempotent_answers ADD COLUMN is_left_out INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX idempotent_answers_by_age ON idempotent_answers (created_at);
  CREATE INDEX idempotent_answers_by_account ON idempotent_answers (account_id, status, created_at);
  CREATE INDEX idempotent_answers_running ON idempotent_answers (status) WHERE status IS NULL;

  ALTER TABLE sessions ADD COLUMN family TEXT;
  ALTER TABLE sessions ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE access_tokens ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE refresh_tokens ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
  CREATE UNIQUE INDEX sessions_by_family ON sessions (family);
  CREATE INDEX sessions_by_last_use ON sessions (last_seen_at);
  CREATE INDEX sessions_by_age ON sessions (created_at);
  CREATE INDEX sessions_by_proof ON sessions (reauthenticated_until) WHERE reauthenticated_until IS NOT NULL;
  CREATE INDEX access_tokens_by_age ON access_tokens (expires_at);

  CREATE INDEX sign_in_failures_by_age ON sign_in_failures (last_failure_at);
  CREATE INDEX sign_in_challenges_by_age ON sign_in_challenges (expires_at);
  CREATE INDEX identity_nonces_by_age ON identity_nonces (expires_at);
  CREATE INDEX identity_nonces_by_account ON identity_nonces (account_id);
  CREATE INDEX identity_key_challenges_by_age ON identity_key_challenges (expires_at);
  CREATE INDEX access_key_tokens_by_age ON access_key_tokens (expires_at);
  CREATE INDEX mfa_enrolments_by_age ON mfa_enrolments (expires_at);
  CREATE INDEX password_resets_by_age ON password_resets (created_at);
  CREATE INDEX password_resets_by_end ON password_resets (expires_at);
`;
