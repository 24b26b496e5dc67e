import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { Session } from '../../../shared/contract/account/sessions.ts';

/** What a User-Agent tells of the device of a session (E8). Null stands for unknown. */
export type Agent = Pick<Session, 'browser' | 'os' | 'device' | 'engine' | 'cpu'>;

/** What a signed-in person's account can do with its sessions (E8, E9). */
export interface AccountSessions {
  /** In any order; each id once, one current session at most. Errors: not-offered. */
  readSessions(): Promise<SessionFacts[]>;
  /**
   * Not for the current one: that is a sign-out. One that is gone already counts as closed. Gives those that stay open.
   * After an error some may be closed and some not.
   */
  closeSessions(ids: readonly string[]): Promise<OpenSession[]>;
  closeOtherSessions(): Promise<void>;
}

/** A session as the provider tells it; null where it does not. Times are RFC 3339 in UTC. */
export interface SessionFacts {
  readonly id: string;
  readonly isCurrent: boolean;
  /** The User-Agent of its sign-in, cut to a length that no real one has. */
  readonly userAgent: string | null;
  /** What the provider itself says of the device: it knows better than the User-Agent. Null where it says nothing. */
  readonly reported: Agent | null;
  readonly ipAddress: string | null;
  readonly createdAt: string | null;
  readonly lastModifiedAt: string | null;
  readonly lastAuthenticatedAt: string | null;
  readonly expiresAt: string | null;
  /** Names of the programs that are signed in by it, fit to be shown; empty where the provider does not tell. */
  readonly programs: readonly string[];
}

/** A session that the provider would not close. */
export interface OpenSession {
  readonly id: string;
  readonly error: ErrorShape;
}
