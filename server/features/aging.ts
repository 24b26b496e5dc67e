import type { Aging } from '../database/upkeep.ts';
import { answerLifetimeMs } from '../access/idempotency.store.ts';
import type { Policies } from '../presets/preset.ts';
import { tokenLifetimeMs } from './program-keys/access-keys.store.ts';
import { challengeLifetime } from '../proofs/challenges.store.ts';
import { confirmationLifetime, undoLifetime } from './email-change/email-changes.store.ts';
import { nonceLifetime } from './identities/identities.store.ts';
import { proofLifetimeMs } from './identity-keys/identity-keys.store.ts';
import { enrolmentLifetime } from './mfa/enrolments.store.ts';
import { resetLifetime } from '../proofs/resets.store.ts';
import { accessTokenLifetime } from '../accounts/session-tokens.ts';

/** Everything that is over some time, and what the clock being set back must not prolong. */
export function listAging({ session, lockOut, reauthWindowSeconds }: Policies): Aging[] {
  return [
    since('sessions', 'id', 'last_seen_at', session.idleSeconds),
    since('sessions', 'id', 'created_at', session.absoluteSeconds),
    since('sign_in_failures', 'subject', 'last_failure_at', lockOut.seconds),
    since('idempotent_answers', 'account_id, key', 'created_at', answerLifetimeMs / 1000),
    since('password_resets', 'account_id', 'created_at', resetLifetime),
    until('password_resets', 'account_id', 'expires_at', resetLifetime),
    until('sign_in_challenges', 'hash', 'expires_at', challengeLifetime),
    until('identity_nonces', 'hash', 'expires_at', nonceLifetime),
    until('identity_key_challenges', 'key_id', 'expires_at', proofLifetimeMs / 1000),
    until('access_key_tokens', 'hash', 'expires_at', tokenLifetimeMs / 1000),
    until('mfa_enrolments', 'account_id', 'expires_at', enrolmentLifetime),
    until('fresh_factors', 'session_id, factor', 'until', reauthWindowSeconds),
    until('email_changes', 'account_id', 'expires_at', confirmationLifetime),
    until('email_undos', 'account_id, email_key', 'expires_at', undoLifetime),
    // These go with their session; an access token that is over still signs out.
    { ...until('access_tokens', 'hash', 'expires_at', accessTokenLifetime), lifetimeMs: null },
    { ...until('sessions', 'id', 'reauthenticated_until', reauthWindowSeconds), lifetimeMs: null },
  ];
}

/** The column says when it began; it is good for so many seconds. */
function since(table: string, key: string, column: string, seconds: number): Aging {
  return { table, key, column, lifetimeMs: seconds * 1000, ahead: 0 };
}

/** The column says when it ends, so many seconds after it began. */
function until(table: string, key: string, column: string, seconds: number): Aging {
  return { table, key, column, lifetimeMs: 0, ahead: seconds * 1000 };
}
