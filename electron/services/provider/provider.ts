import type { PastedName, ProviderKind, WayInName } from '../../../shared/contract/account/accounts.ts';
import type { DescribedValue } from '../../../shared/contract/account/described-fields.ts';
import type {
  Avatar,
  Contact,
  Notifications,
  ProfileSnapshot,
  SectionName,
  User,
  Workplace,
} from '../../../shared/contract/account/profile.ts';
import type { KnownSection } from '../../../shared/profile-fields.ts';
import type { Grant } from '../openid/authorization.ts';
import type { DeviceEndpoints, DeviceGrant } from '../openid/device-authorization.ts';
import type { IdentityClient } from '../openid/identity-client.ts';
import type { AccountApi } from './account-api.ts';
import type { AccountApplications } from './account-applications.ts';
import type { AccountSshKeys } from './account-ssh-keys.ts';
import type { AccountDeletion } from './account-deletion.ts';
import type { AccountEmailChange } from './account-email-change.ts';
import type { AccountEmails } from './account-emails.ts';
import type { AccountHandOff } from './account-hand-off.ts';
import type { ProviderLinkedAccounts } from './account-linked-accounts.ts';
import type { AccountKeys } from './account-keys.ts';
import type { AccountDeviceNames, AccountProtection } from './account-protection.ts';
import type { AccountSessions } from './account-sessions.ts';
import type { FixedToken, RefreshingTokens, Tokens, TokenSource } from './tokens.ts';

/** What a kind of remote profile API must be able to do for us. One folder per provider implements it. */
export interface Provider extends Partial<WaysIn> {
  readonly kind: ProviderKind;
  /** Whether its accounts tell of their calls (`AccountApi`): only then can a screen offer to show them. */
  readonly describesApi: boolean;
  /** Asks an address who it is, with no credentials. Errors: offline, untrusted-answer. */
  describe(address: string): Promise<Description>;
  /**
   * Trades the single-use refresh token for new tokens.
   * Errors: unauthenticated (session-ended) once the provider refuses it for good; offline if it may be tried again.
   * `attempt` names one logical exchange: repeating it after a lost reply gives the same tokens again, where the
   * provider knows such names. `clientId` as in `open`.
   */
  refresh(address: string, refreshToken: string, attempt: string, clientId?: string): Promise<RefreshingTokens>;
  /**
   * The signed-in person's account; every call asks `tokens` for a valid access token. `clientId` is the one that the
   * person signed in with, where that way asks for one.
   */
  open(address: string, tokens: TokenSource, clientId?: string): ProviderAccount;
}

/** Every way into an account (R2); a provider has some of them. */
export type WaysIn = PasswordWay & IdentityWay & BrowserWay & TokenWay & DeviceWay & RegistrationWay;

/** A password, and a code where the account asks for one. */
export interface PasswordWay {
  /** Errors: unauthenticated (wrong-credentials), rate-limited (locked-out), offline, untrusted-answer. */
  signIn(address: string, credentials: Credentials): Promise<SignInStep>;
  /** Second step of a sign-in. Errors: unauthenticated (wrong-code, challenge-expired), rate-limited. */
  submitCode(address: string, challenge: string, code: string): Promise<SignInStep>;
  /**
   * Asks for a mail with a link for a new password; never tells whether there is such an account. Errors: not-offered,
   * offline.
   */
  requestPasswordReset(address: string, identifier: string): Promise<void>;
}

/** An identity at an identity provider that is linked with the account. */
export interface IdentityWay {
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
}

/** A page of the service in the system's browser: authorization code with PKCE, as a public client. */
export interface BrowserWay {
  /** What its page is asked for; the usual of OpenID Connect if left out. */
  readonly browserScopes?: readonly string[];
  /** What stands in for the person, of what they granted there. */
  tokensOf(grant: Grant): RefreshingTokens;
}

/** Where anybody may add applications of their own, so that nobody else has to be asked for a client id. */
export interface RegistrationWay {
  /**
   * Adds this app as a public client, with a token that is used for that alone; gives its client id, that of an earlier
   * time if there is one. Errors: unauthenticated (key-refused), forbidden (permission).
   */
  registerClient(address: string, token: string): Promise<string>;
}

/** A token that the person made at the service and pasted, or a key for programs. */
export interface TokenWay {
  /** What is pasted stands for more than this app, and nothing here makes it void: signing out offers no such thing. */
  readonly keepsPasted?: true;
  /** Where one is made, and with which scopes: all that the app can use. */
  pastingAt(address: string): Pasting;
  /**
   * Asks what the token may do and when it ends. `name` is what was pasted with it, and empty where `pastingAt` asks
   * for nothing. A key that is traded for tokens gives them. Errors: unauthenticated (key-refused); forbidden
   * (permission), of one that cannot even tell who its person is; invalid-request, of what is no token of this service.
   */
  tokensOfPasted(address: string, token: string, name: string): Promise<FixedToken | RefreshingTokens>;
}

/** A code that is typed on a page of the service, which may be on another device (RFC 8628). */
export interface DeviceWay {
  /** At its address, where its page has to be too. */
  deviceAt(address: string): DeviceEndpoints;
  /**
   * What stands in for the person, of what they granted there. A grant that nothing renews is `fixed`: what it may do
   * is asked. Errors: those of asking.
   */
  tokensOfDevice(address: string, grant: DeviceGrant): Promise<RefreshingTokens | FixedToken>;
}

interface Pasting {
  readonly page: string;
  readonly scopes: readonly string[];
  /** What has to be pasted with it. */
  readonly name?: PastedName;
}

/** What answers at an address. */
export interface Description {
  /** The one to keep: what was typed may have been a page of the service. */
  readonly address: string;
  readonly name: string;
  /** Null if it does not say. */
  readonly version: string | null;
  readonly ways: readonly WayInName[];
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

export type ProfileSections = ProfileSnapshot['sections'];
export type ProfileReading = Pick<ProfileSnapshot, 'sections' | 'operations'>;

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
  readonly more: Readonly<Record<string, DescribedValue>>;
}

/** What one Update is to change, each section from the revision that it was changed from. */
export type ProfileChanges = {
  readonly [S in SectionName]?: { readonly changes: SectionChanges[S]; readonly revision: string } | undefined;
};

/** A section after a write; what the person may do with it has not changed by that. */
export type SavedSection<S extends SectionName> = Pick<ProfileSections[S], 'values' | 'revision'>;
export type SavedSections = { readonly [S in SectionName]?: SavedSection<S> };

/** An account that also tells of its own calls. */
export type ProviderAccount = AccountCalls & AccountApi<AccountCalls>;

export interface AccountCalls
  extends
    AccountApplications,
    AccountDeletion,
    AccountDeviceNames,
    AccountEmailChange,
    AccountEmails,
    AccountHandOff,
    AccountKeys,
    AccountProtection,
    AccountSessions,
    ProviderLinkedAccounts,
    AccountSshKeys {
  /**
   * Who this is, and all that the profile shows: what a sign-in needs to know, with no request more than that takes.
   */
  readAccount(): Promise<AccountReading>;
  /**
   * The person's id, as in `readAccount`, with the least that can be asked: decides whether a session is over that one
   * call refused. Errors: unauthenticated (session-ended), offline.
   */
  whoAmI(): Promise<string>;
  readProfile(): Promise<ProfileReading>;
  /**
   * Sends only `changes`; gives the section as the provider now has it.
   * Errors: conflict (stale revision), invalid-request (fields), forbidden (permission), reauth-required.
   */
  updateSection<S extends KnownSection>(
    section: S,
    changes: SectionChanges[S],
    revision: string,
  ): Promise<SavedSection<S>>;
  /**
   * Where all sections are parts of one record, and in place of `updateSection`: sends the changes of several together.
   * Gives them as the provider now has them, without those whose revision was stale, of which nothing was sent.
   * Errors: those of `updateSection`, whose `fields` are named with their section (`user.firstName`).
   */
  updateRecord?(changes: ProfileChanges): Promise<SavedSections>;
  /** As `updateSection`, of described fields that are a record of their own. */
  updateMore?(changes: SectionChanges['more'], revision: string): Promise<SavedSection<'more'>>;
  /** Ends the current session. A token that was pasted has none, and stays. */
  signOut(): Promise<void>;
  /** Makes the token void that the person pasted. Errors: not-offered, forbidden. */
  revokeToken(): Promise<void>;
}
