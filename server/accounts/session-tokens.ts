import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createToken, hashToken } from '../security/tokens.ts';
import type { IssuedTokens, Session } from './session.ts';

/** Seconds. */
export const accessTokenLifetime = 600;
/**
 * The pair in use and the one before it, with which requests may be under way. Older ones go, however long they would
 * be good.
 */
const maxGenerations = 2;
/** Bytes that all refresh tokens of a session begin with, and only they. */
const familyLength = 16;
const familyCharacters = Math.ceil((familyLength * 4) / 3);

/** The tokens of sessions: what is kept of them does not grow with their renewals. */
export function createSessionTokens(database: Database, clock: Clock) {
  return {
    /** A new pair, of the family that `former` is of. */
    issue(session: Session, former?: string): IssuedTokens {
      const family = (former && familyOf(former)) || randomBytes(familyLength).toString('base64url');
      const { id } = session;
      const generation = database.get<{ generation: number }>(
        'UPDATE sessions SET generation = generation + 1, family = :family WHERE id = :id RETURNING generation',
        { id, family: hashToken(family) },
      )?.generation;
      if (generation === undefined) throw new Error('tokens are for a session that is there');
      const accessToken = createToken();
      const refreshToken = `${family}${createToken()}`;
      const expiresAt = Math.min(clock.now() + accessTokenLifetime * 1000, session.expiresAt);
      database.run(
        `INSERT INTO access_tokens (hash, session_id, expires_at, generation)
          VALUES (:hash, :id, :expiresAt, :generation)`,
        { hash: hashToken(accessToken), id, expiresAt, generation },
      );
      database.run('INSERT INTO refresh_tokens (hash, session_id, generation) VALUES (:hash, :id, :generation)', {
        hash: hashToken(refreshToken),
        id,
        generation,
      });
      for (const table of ['access_tokens', 'refresh_tokens'])
        database.run(`DELETE FROM ${table} WHERE session_id = :id AND generation <= :old`, {
          id,
          old: generation - maxGenerations,
        });
      return { sessionId: id, accessToken, expiresIn: Math.ceil((expiresAt - clock.now()) / 1000), refreshToken };
    },

    /** The session that this refresh token was once issued for, although nothing else is kept of it. */
    findByFamily(refreshToken: string): string | undefined {
      const family = familyOf(refreshToken);
      return family === undefined
        ? undefined
        : database.get<{ id: string }>('SELECT id FROM sessions WHERE family = :family', { family: hashToken(family) })
            ?.id;
    },
  };
}

/** Undefined for the shorter tokens of an earlier version, which had none. */
function familyOf(refreshToken: string): string | undefined {
  return refreshToken.length > 2 * familyCharacters ? refreshToken.slice(0, familyCharacters) : undefined;
}
