import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createToken, hashToken } from '../security/tokens.ts';

/** Seconds to type the code. */
export const challengeLifetime = 300;

export interface Challenge {
  readonly accountId: string;
  /** Under which failures of this sign-in are counted. */
  readonly subject: string;
}

/** Sign-ins that wait for their second step. */
export type ChallengesStore = ReturnType<typeof createChallengesStore>;

export function createChallengesStore(database: Database, clock: Clock) {
  return {
    open({ accountId, subject }: Challenge): string {
      const challenge = createToken();
      database.run('INSERT INTO sign_in_challenges VALUES (:hash, :accountId, :subject, :expiresAt)', {
        hash: hashToken(challenge),
        accountId,
        subject,
        expiresAt: clock.now() + challengeLifetime * 1000,
      });
      return challenge;
    },

    find(challenge: string): Challenge | undefined {
      return database.get<Challenge>(
        'SELECT account_id AS accountId, subject FROM sign_in_challenges WHERE hash = :hash AND expires_at > :now',
        { hash: hashToken(challenge), now: clock.now() },
      );
    },

    /** For a password that is no longer the one they stand on. */
    closeAll(accountId: string): void {
      database.run('DELETE FROM sign_in_challenges WHERE account_id = :accountId', { accountId });
    },

    close(challenge: string): void {
      database.run('DELETE FROM sign_in_challenges WHERE hash = :hash', { hash: hashToken(challenge) });
    },
  };
}
