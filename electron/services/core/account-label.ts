/** Whose account something is: in files that a person keeps, and beside the codes of an authenticator. */
export interface AccountLabel {
  /** The provider's name. */
  readonly issuer: string;
  readonly account: string;
}
