/** A new e-mail address that counts once a link that was sent there was opened. */
export interface AccountEmailChange {
  /** Null while nothing waits, and where the provider does not confirm addresses. */
  pendingEmail(): Promise<PendingEmail | null>;
  /** Errors: not-found (nothing waits). */
  resendEmailLink(): Promise<PendingEmail | null>;
  /** Errors: not-offered. */
  cancelEmailChange(): Promise<void>;
}

interface PendingEmail {
  readonly email: string;
  /** RFC 3339, in UTC; null where the provider does not tell. */
  readonly expiresAt: string | null;
  readonly canCancel: boolean;
}
