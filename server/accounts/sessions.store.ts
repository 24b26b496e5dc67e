import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { hashToken } from '../security/tokens.ts';
import { createSessionEnds } from './session-ends.ts';
import { createSessionRows, sessionColumns, type SessionRow } from './session-rows.ts';
import { createSessionTokens } from './session-tokens.ts';
import type { Device, IssuedTokens, Session, SessionPolicy } from './session.ts';

/** Of one person; more than anybody looks through. One more sign-in ends the oldest. */
export const maxSessions = 500;

export type RefreshResult =
  | { readonly kind: 'issued'; readonly accountId: string; readonly tokens: IssuedTokens }
  | { readonly kind: 'reused' }
  | { readonly kind: 'ended' };
type Verdict = { readonly kind: 'valid'; readonly session: Session } | { readonly kind: 'expired' | 'ended' };

/**
 * Signed-in devices and their tokens. A session is also the family of its refresh tokens: each works once,
 * and using one again ends the whole session (RFC 9700, 4.14.2).
 */
export type SessionsStore = ReturnType<typeof createSessionsStore>;

export function createSessionsStore(database: Database, clock: Clock, policy: SessionPolicy, limit = maxSessions) {
  const ends = createSessionEnds(database);
  const made = createSessionRows(database, clock, policy);
  const rows = { ...made, isAlive: (session: Session) => made.isAlive(session) && !ends.isEnding(session.id) };
  const { add, withExpiry, isAlive, touch, end, makeRoom } = rows;
  const { issue, findByFamily } = createSessionTokens(database, clock);

  function refresh(refreshToken: string): RefreshResult {
    const hash = hashToken(refreshToken);
    const row = database.get<SessionRow & { used: number }>(
      `SELECT ${sessionColumns}, used FROM refresh_tokens JOIN sessions ON sessions.id = session_id WHERE hash = :hash`,
      { hash },
    );
    if (!row) return endFamily(refreshToken);
    const { used, ...facts } = row;
    const session = withExpiry(facts);
    if (used || !isAlive(session)) {
      end(session.id);
      return used ? { kind: 'reused' } : { kind: 'ended' };
    }
    database.run('UPDATE refresh_tokens SET used = 1 WHERE hash = :hash', { hash });
    database.run('UPDATE sessions SET last_modified_at = :now WHERE id = :id', { now: clock.now(), id: session.id });
    return { kind: 'issued', accountId: session.accountId, tokens: issue(touch(session), refreshToken) };
  }

  function endFamily(refreshToken: string): RefreshResult {
    const id = findByFamily(refreshToken);
    if (id === undefined) return { kind: 'ended' };
    end(id);
    return { kind: 'reused' };
  }

  return {
    ...ends,
    ...createReading(database, clock, rows),
    /** `reauthenticatedUntil`: how long the sign-in itself proves who it is (milliseconds since the epoch). */
    start(accountId: string, device: Device, reauthenticatedUntil: number | null = null): IssuedTokens {
      return database.transaction(() => {
        makeRoom(accountId, limit);
        return issue(add(accountId, device, reauthenticatedUntil));
      });
    },

    /** One session for each device, in one transaction, however many. */
    startAll(accountId: string, devices: readonly Device[]): IssuedTokens[] {
      return database.transaction(() => devices.map((device) => issue(add(accountId, device, null))));
    },

    /** Trades a refresh token for new tokens; a second use of it ends the session. */
    refresh: (refreshToken: string): RefreshResult => database.transaction(() => refresh(refreshToken)),
  };
}

function createReading(
  database: Database,
  clock: Clock,
  { withExpiry, isAlive, touch }: ReturnType<typeof createSessionRows>,
) {
  return {
    /** Whose token this is, as of now; counts as being seen. */
    check(accessToken: string): Verdict {
      const row = database.get<SessionRow & { tokenExpiresAt: number }>(
        `SELECT ${sessionColumns}, expires_at AS tokenExpiresAt
          FROM access_tokens JOIN sessions ON sessions.id = session_id WHERE hash = :hash`,
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
        `SELECT ${sessionColumns} FROM sessions WHERE account_id = :accountId ORDER BY created_at DESC, sessions.id`,
        { accountId },
      );
      return rows.map(withExpiry).filter(isAlive);
    },
  };
}
