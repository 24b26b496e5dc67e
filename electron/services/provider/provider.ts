import type { ProviderKind } from '../../../shared/contract/account/accounts.ts';
import type {
  Avatar,
  Contact,
  Notifications,
  ProfileSnapshot,
  SectionName,
  User,
  Workplace,
} from '../../../shared/contract/account/profile.ts';
import type { AccountApi } from './account-api.ts';
import type { AccountSshKeys } from './account-ssh-keys.ts';
import type { AccountDeletion } from './account-deletion.ts';
import type { AccountEmailChange } from './account-email-change.ts';
import type { ProviderLinkedAccounts, IdentityClient } from './account-linked-accounts.ts';
import type { AccountKeys } from './account-keys.ts';
import type { AccountProtection } from './account-protection.ts';
import type { AccountSessions } from './account-sessions.ts';

/** What a kind of remote profile API must be able to do for us. One folder per provider implements it. */
export interface Provider {
  readonly kind: ProviderKind;
  /** Asks an address who it is. Errors: offline, untrusted-answer. */
  describe(address: string): Promise<Description>;
  /** Errors: unauthenticated (wrong-credentials), rate-limited (locked-out), offline, untrusted-answer. */
  signIn(address: string, credentials: Credentials): Promise<SignInStep>;
  /** Second step of a sign-in. Errors: unauthenticated (wrong-code, challenge-expired), rate-limited. */
  submitCode(address: string, challenge: string, code: string): Promise<SignInStep>;
  /**
   * Asks for a mail with a link for a new password; never tells whether there is such an account. Errors: not-offered,
   * offline.
   */
  requestPasswordReset(address: string, identifier: string): Promise<void>;
  /**
   * The nonce for the authorization request of a sign-in with a linked identity, bound to this address. Errors:
   * not-offered, offline.
   */
  identityNonce(address: string, issuer: string): Promise<string>;
  /**
   * Errors: unauthenticated (identity-not-linked), untrusted-answer (id-token-not-valid), server-fault
   * (identity-provider-down).
   */
  signInWithIdentity(address: string, issuer: string, idToken: string): Promise<SignInStep>;
  /**
   * Trades the single-use refresh token for new tokens.
   * Errors: unauthenticated (session-ended) once the provider refuses it for good; offline if it may be tried again.
   * `attempt` names one logical exchange: repeating it after a lost reply gives the same tokens again.
   */
  refresh(address: string, refreshToken: string, attempt: string): Promise<Tokens>;
  /** The signed-in person's account; every call asks `tokens` for a valid access token. */
  open(address: string, tokens: TokenSource): ProviderAccount;
}

interface Description {
  readonly name: string;
  readonly identityProviders: readonly IdentityClient[];
}

interface Credentials {
  readonly identifier: string;
  readonly password: string;
  /** Of an earlier sign-in there, if there was one: wrong passwords are then counted for this device alone. */
  readonly deviceToken?: string | undefined;
}

export type SignInStep =
  | { readonly next: 'done'; readonly tokens: Tokens }
  | { readonly next: 'code'; readonly challenge: string; /** Seconds. */ readonly expiresIn: number };

export interface Tokens {
  readonly accessToken: string;
  /** Milliseconds since the epoch, by this computer's clock. */
  readonly accessTokenExpiresAt: number;
  readonly refreshToken: string;
  /** By which the provider knows this device again; undefined where it gives none, and in what was kept. */
  readonly deviceToken?: string | undefined;
}

export interface TokenSource {
  /** A token that is valid now as far as we know, renewed if needed. Errors: unauthenticated, offline. */
  accessToken(): Promise<string>;
  /** The provider refused `token`: renews it once for all who were refused, and gives the new one. */
  renewed(token: string): Promise<string>;
}

export type ProfileSections = ProfileSnapshot['sections'];
export type ProfileReading = Pick<ProfileSnapshot, 'sections' | 'offers'>;

interface AccountReading {
  /** The provider's own, stable id of the person. */
  readonly personId: string;
  /** What the provider calls itself. */
  readonly providerName: string;
  /** Undefined for an account that may not read it before MFA is on. */
  readonly profile: ProfileReading | undefined;
}

export interface SectionChanges {
  readonly user: Partial<Omit<User, 'registeredAt'>>;
  readonly workplace: Partial<Workplace>;
  readonly notifications: Partial<Omit<Notifications, 'sentTo'>>;
  readonly contact: Partial<Contact>;
  readonly avatar: Partial<Avatar>;
}

/** A section after a write; what the person may do with it has not changed by that. */
export type SavedSection<S extends SectionName> = Pick<ProfileSections[S], 'values' | 'revision'>;

/** An account that also tells of its own calls. */
export type ProviderAccount = AccountCalls & AccountApi<AccountCalls>;

export interface AccountCalls
  extends
    AccountDeletion,
    AccountEmailChange,
    AccountKeys,
    AccountProtection,
    AccountSessions,
    ProviderLinkedAccounts,
    AccountSshKeys {
  /**
   * Who this is, and all that the profile shows: what a sign-in needs to know, with no request more than that takes.
   */
  readAccount(): Promise<AccountReading>;
  readProfile(): Promise<ProfileReading>;
  /**
   * Sends only `changes`; gives the section as the provider now has it.
   * Errors: conflict (stale revision), invalid-request (fields), forbidden (permission), reauth-required.
   */
  updateSection<S extends SectionName>(
    section: S,
    changes: SectionChanges[S],
    revision: string,
  ): Promise<SavedSection<S>>;
  /** Ends the current session. */
  signOut(): Promise<void>;
}
