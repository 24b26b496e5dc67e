export interface Device {
  /** The User-Agent header, its first 1,000 characters: no real one is as long. */
  readonly userAgent: string;
  readonly ipAddress: string;
}

export interface Session extends Device {
  readonly id: string;
  readonly accountId: string;
  // Milliseconds since the epoch.
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** Its tokens or its proof of identity became others. */
  readonly lastModifiedAt: number;
  readonly lastAuthenticatedAt: number;
  /** End of the re-authentication window; null while there is none. */
  readonly reauthenticatedUntil: number | null;
  readonly expiresAt: number;
}

export interface IssuedTokens {
  readonly sessionId: string;
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
}

export interface SessionPolicy {
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
}
