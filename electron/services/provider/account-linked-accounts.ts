import type { LinkedAccount } from '../../../shared/contract/account/linked-accounts.ts';
import type { FieldAccess } from '../../../shared/contract/account/profile.ts';
import type { IdentityClient } from '../openid/identity-client.ts';

/** What an account can do with its identities at identity providers (C3). */
export interface ProviderLinkedAccounts {
  /** An account whose provider knows no identity providers has a state too: one that offers nothing. */
  linkedAccounts(): Promise<LinkedAccountsState>;
  /**
   * The nonce for the authorization request, bound to this profile service: an ID token counts with it alone, and there
   * alone. Errors: reauth-required, forbidden.
   */
  linkNonce(issuer: string): Promise<string>;
  /**
   * `attempt` names one link, so that it can be sent again after a lost reply. Errors: conflict (identity-taken),
   * reauth-required, forbidden, untrusted-answer.
   */
  linkIdentity(issuer: string, idToken: string, attempt: string): Promise<void>;
  /** Errors: reauth-required, forbidden (permission, or last-way-in), not-found. */
  unlinkIdentity(linkedAccountId: string): Promise<void>;
}

/** An identity provider to link with. */
interface LinkableProvider {
  readonly id: string;
  readonly name: string;
  /** This app as a client there; undefined where only a page of the service links. */
  readonly client?: IdentityClient;
}

export interface LinkedAccountsState {
  readonly access: FieldAccess;
  readonly providers: readonly LinkableProvider[];
  readonly linkedAccounts: readonly LinkedAccount[];
}
