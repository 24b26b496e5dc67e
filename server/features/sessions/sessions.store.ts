import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Policies } from '../../presets/preset.ts';
import { createToken, hashToken } from '../../security/tokens.ts';
import { createSessionEnds } from './session-ends.ts';
import type { Device, IssuedTokens, Session } from './session.ts';

/** Seconds. */
export const accessTokenLifetime = 600;
/** `last_seen_at` is written at most this often (milliseconds), so that reading does not mean writing. */
const seenEvery = 60_000;

export type RefreshResult =
  | { readonly kind: 'issued'; readonly tokens: IssuedTokens }
  | { readonly kind: 'reused' }
  | { readonly kind: 'ended' };
export type Verdict = { readonly kind: 'valid'; readonly session: Session } | { readonly kind: 'expired' | 'ended' };

type SessionRow = Omit<Session, 'expiresAt'>;
const columns = `sessions.id AS id, account_id AS accountId, user_agent AS userAgent, ip_address AS ipAddress,
  created_at AS createdAt, last_seen_at AS lastSeenAt, last_modified_at AS lastModifiedAt, last_authenticated_at AS lastAuthenticatedAt,
  reauthenticated_until AS reauthenticatedUntil`;
const insertion = `INSERT INTO sessions
  (id, account_id, user_agent, ip_address, created_at, last_seen_at, last_modified_at, last_authenticated_at, reauthenticated_until)
  VALUES (:id, :accountId, :userAgent, :ipAddress, :createdAt, :lastSeenAt, :lastModifiedAt, :lastAuthenticatedAt, :reauthenticatedUntil)`;

/**
 * Signed-in devices and their tokens. A session is also the family of its refresh tokens: each works once,
 * and using one again ends the whole session (RFC 9700, 4.14.2).
 */
export type SessionsStore = ReturnType<typeof createSessionsStore>;

export function createSessionsStore(database: Database, clock: Clock, policy: Policies['session']) {
  const { add, withExpiry, isAlive, touch, issue, end, removeDead } = createSteps(database, clock, policy);
  return {
    ...createSessionEnds(database),
    /** `reauthenticatedUntil`: how long the sign-in itself proves who it is (milliseconds since the epoch). */
    start(accountId: string, device: Device, reauthenticatedUntil: number | null = null): IssuedTokens {
      return database.transaction(() => {
        removeDead();
        return add(accountId, device, reauthenticatedUntil);
      });
    },

    /** One session for each device, in one transaction. */
    startAll(accountId: string, devices: readonly Device[]): IssuedTokens[] {
      return database.transaction(() => devices.map((device) => add(accountId, device, null)));
    },

    /** Trades a refresh token for new tokens; a second use of it ends the session. */
    refresh(refreshToken: string): RefreshResult {
      const hash = hashToken(refreshToken);
      return database.transaction(() => {
        const row = database.get<SessionRow & { used: number }>(
          `SELECT ${columns}, used FROM refresh_tokens JOIN sessions ON sessions.id = session_id WHERE hash = :hash`,
          { hash },
        );
        if (!row) return { kind: 'ended' };
        const { used, ...facts } = row;
        const session = withExpiry(facts);
        if (used || !isAlive(session)) {
          end(session.id);
          return used ? { kind: 'reused' } : { kind: 'ended' };
        }
        database.run('UPDATE refresh_tokens SET used = 1 WHERE hash = :hash', { hash });
        database.run('UPDATE sessions SET last_modified_at = :now WHERE id = :id', {
          now: clock.now(),
          id: session.id,
        });
        return { kind: 'issued', tokens: issue(touch(session)) };
      });
    },

    /** Whose token this is, as of now; counts as being seen. */
    check(accessToken: string): Verdict {
      const row = database.get<SessionRow & { tokenExpiresAt: number }>(
        `SELECT ${columns}, expires_at AS tokenExpiresAt FROM access_tokens JOIN sessions ON sessions.id = session_id WHERE hash = :hash`,
        { hash: hashToken(accessToken) },
      );
      if (!row) return { kind: 'ended' };
      const { tokenExpiresAt, ...facts } = row;
      const session = withExpiry(facts);
      if (!isAlive(session)) return { kind: 'ended' };
      return tokenExpiresAt > clock.now() ? { kind: 'valid', session: touch(session) } : { kind: 'expired' };
    },

    /** Live sessions of one person, newest first. */
    list(accountId: string): Session[] {
      const rows = database.all<SessionRow>(
        `SELECT ${columns} FROM sessions WHERE account_id = :accountId ORDER BY created_at DESC, sessions.id`,
        { accountId },
      );
      return rows.map(withExpiry).filter(isAlive);
    },
  };
}

/** What the store's acts are made of. */
function createSteps(database: Database, clock: Clock, policy: Policies['session']) {
  function add(accountId: string, device: Device, reauthenticatedUntil: number | null): IssuedTokens {
    const now = clock.now();
    const times = { createdAt: now, lastSeenAt: now, lastModifiedAt: now, lastAuthenticatedAt: now };
    const session: SessionRow = { id: randomUUID(), accountId, ...device, ...times, reauthenticatedUntil };
    database.run(insertion, { ...session });
    return issue(withExpiry(session));
  }

  function withExpiry(row: SessionRow): Session {
    const expiresAt = Math.min(
      row.lastSeenAt + policy.idleSeconds * 1000,
      row.createdAt + policy.absoluteSeconds * 1000,
    );
    return { ...row, expiresAt };
  }

  function isAlive(session: Session): boolean {
    return session.expiresAt > clock.now();
  }

  function touch(session: Session): Session {
    const now = clock.now();
    if (now - session.lastSeenAt < seenEvery) return session;
    database.run('UPDATE sessions SET last_seen_at = :now WHERE id = :id', { now, id: session.id });
    return withExpiry({ ...session, lastSeenAt: now });
  }

  function issue(session: Session): IssuedTokens {
    const accessToken = createToken();
    const refreshToken = createToken();
    const expiresAt = Math.min(clock.now() + accessTokenLifetime * 1000, session.expiresAt);
    database.run('INSERT INTO access_tokens VALUES (:hash, :id, :expiresAt)', {
      hash: hashToken(accessToken),
      id: session.id,
      expiresAt,
    });
    database.run('INSERT INTO refresh_tokens (hash, session_id) VALUES (:hash, :id)', {
      hash: hashToken(refreshToken),
      id: session.id,
    });
    return { sessionId: session.id, accessToken, expiresIn: Math.ceil((expiresAt - clock.now()) / 1000), refreshToken };
  }

  function end(id: string): void {
    database.run('DELETE FROM sessions WHERE id = :id', { id });
  }

  function removeDead(): void {
    database.run('DELETE FROM sessions WHERE last_seen_at <= :idle OR created_at <= :absolute', {
      idle: clock.now() - policy.idleSeconds * 1000,
      absolute: clock.now() - policy.absoluteSeconds * 1000,
    });
  }

  return { add, withExpiry, isAlive, touch, issue, end, removeDead };
}
