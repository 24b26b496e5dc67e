/** A public client at an identity provider. */
export interface IdentityClient {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
}
