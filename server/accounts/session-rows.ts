import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Device, Session, SessionPolicy } from './session.ts';

/** `last_seen_at` is written at most this often (milliseconds), so that reading does not mean writing. */
const seenEveryMs = 60_000;

export type SessionRow = Omit<Session, 'expiresAt'>;
export const sessionColumns = `sessions.id AS id, account_id AS accountId, user_agent AS userAgent,
  ip_address AS ipAddress,
  created_at AS createdAt, last_seen_at AS lastSeenAt, last_modified_at AS lastModifiedAt,
  last_authenticated_at AS lastAuthenticatedAt,
  reauthenticated_until AS reauthenticatedUntil`;
const insertion = `INSERT INTO sessions
  (id, account_id, user_agent, ip_address, created_at, last_seen_at, last_modified_at, last_authenticated_at,
  reauthenticated_until)
  VALUES (:id, :accountId, :userAgent, :ipAddress, :createdAt, :lastSeenAt, :lastModifiedAt, :lastAuthenticatedAt,
    :reauthenticatedUntil)`;

/** The rows of the store: what the store's acts are made of. */
export function createSessionRows(database: Database, clock: Clock, policy: SessionPolicy) {
  function add(accountId: string, device: Device, reauthenticatedUntil: number | null): Session {
    const now = clock.now();
    const times = { createdAt: now, lastSeenAt: now, lastModifiedAt: now, lastAuthenticatedAt: now };
    const session: SessionRow = { id: randomUUID(), accountId, ...device, ...times, reauthenticatedUntil };
    database.run(insertion, { ...session });
    return withExpiry(session);
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
    // The other way round too: the clock may have been set back.
    if (Math.abs(now - session.lastSeenAt) < seenEveryMs) return session;
    database.run('UPDATE sessions SET last_seen_at = :now WHERE id = :id', { now, id: session.id });
    return withExpiry({ ...session, lastSeenAt: now });
  }

  function end(id: string): void {
    database.run('DELETE FROM sessions WHERE id = :id', { id });
  }

  /** Leaves room for one more: the oldest go. */
  function makeRoom(accountId: string, limit: number): void {
    database.run(
      `DELETE FROM sessions WHERE id IN
         (SELECT id FROM sessions WHERE account_id = :accountId ORDER BY created_at DESC, id LIMIT -1 OFFSET :limit)`,
      { accountId, limit: limit - 1 },
    );
  }

  return { add, withExpiry, isAlive, touch, end, makeRoom };
}
