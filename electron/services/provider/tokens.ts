import { AppError } from '../../../shared/contract/errors.ts';

/**
 * What stands for the person at a service, by how it ends. Times are milliseconds since the epoch, by this computer.
 */
export type Tokens = RefreshingTokens | FixedToken | SessionToken;

/** A short-lived token, and a second one that is traded for the next pair. */
export interface RefreshingTokens {
  readonly kind: 'refreshing';
  readonly access: string;
  readonly expiresAt: number;
  readonly refresh: string;
  /** By which the provider knows this device again; undefined where it gives none, and in what was kept. */
  readonly deviceToken?: string | undefined;
}

/** A token that its person made at the service and pasted: it lasts until its end, or until they revoke it. */
export interface FixedToken {
  readonly kind: 'fixed';
  readonly token: string;
  /** Null if the service does not say, or if it has none. */
  readonly expiresAt: number | null;
  /** Null if the service does not say. */
  readonly scopes: readonly string[] | null;
}

/** A session that only a new sign-in makes longer; also one that the service keeps as a cookie. */
interface SessionToken {
  readonly kind: 'session';
  readonly token: string;
  readonly expiresAt: number;
}

/** Gives a token for each request of an account. */
export interface TokenSource {
  /** A token that is valid now as far as we know, renewed if needed. Errors: unauthenticated, offline. */
  accessToken(): Promise<string>;
  /**
   * The provider refused `token`: renews it once for all who were refused, and gives the new one. Errors:
   * unauthenticated (session-ended), also for a token that cannot be renewed; offline.
   */
  renewed(token: string): Promise<string>;
  /**
   * The token that is traded for the next pair, once none is being traded: what ends a session where nothing else may.
   * Undefined, or left out, where there is none.
   */
  refreshToken?(): Promise<string | undefined>;
  /** What the token may do, as its service said when it was pasted; null where nothing was said. */
  readonly scopes: readonly string[] | null;
  /** What it was refused; left out where that is remembered for this run alone. */
  readonly refusals?: Refusals;
  /**
   * Has the service give another token in place of the one that was pasted, which `exchange` sends: it is void as soon
   * as the service has it, so whoever asks for a token meanwhile, or is refused, waits. The next one, by `nextOf`,
   * counts from then on, and is kept. Absent where nothing is pasted. Errors: those of `exchange`, after which the one
   * before counts still.
   */
  replace?<T>(exchange: (token: string) => Promise<T>, nextOf: (answer: T) => FixedToken): Promise<T>;
}

/** What a service refused a token that nobody could know before: for want of a right (403), or not there (404, 405). */
export interface Refusals {
  /** `mark`: what is known of the rights it was refused with; a refusal says nothing of others. */
  has(what: string, mark?: string): boolean;
  note(what: string, mark?: string): void;
}

/** The one that goes with a request. */
export function tokenOf(tokens: Tokens): string {
  return tokens.kind === 'refreshing' ? tokens.access : tokens.token;
}

export function scopesOf(tokens: Tokens): readonly string[] | null {
  return tokens.kind === 'fixed' ? tokens.scopes : null;
}

/** Of tokens that are not kept yet: nothing is renewed. */
export function createBareSource(tokens: Tokens): TokenSource {
  return {
    accessToken: async () => tokenOf(tokens),
    scopes: scopesOf(tokens),
    renewed: async () => {
      throw new AppError('unauthenticated', { reason: 'session-ended' });
    },
  };
}
