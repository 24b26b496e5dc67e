import type { AccessKeyAct } from '../../../shared/contract/keys/access-keys.ts';
import type { FieldAccess } from '../../../shared/contract/account/profile.ts';

/** What a signed-in person's account can do with its keys for programs. */
export type AccountKeys = AccountApiKey & AccountAccessKeys;

/** The one key of a person (W7, E7). */
export interface AccountApiKey {
  /** An account without an API key at its provider has a state too: one that is not offered. */
  apiKeyState(): Promise<ApiKeyState>;
  /**
   * The one before is void at once. Errors: reauth-required, forbidden, invalid-request (`name`, `expiresAt`), conflict
   * if it was made, but shown to nobody.
   */
  makeApiKey(key: NewKey): Promise<MadeApiKeyFacts>;
  /** Of the same name and lifetime. Errors: as makeApiKey, and not-found. */
  rotateApiKey(): Promise<MadeApiKeyFacts>;
  /** Errors: reauth-required, forbidden, not-found, not-offered. */
  revealApiKey(): Promise<string>;
  /** Errors: reauth-required, forbidden, not-found. */
  removeApiKey(): Promise<void>;
  /** Makes a real call with the key alone; false if it is refused. */
  tryApiKey(key: string): Promise<boolean>;
}

/** Several keys of a person, each an id with a secret (C7). */
export interface AccountAccessKeys {
  accessKeysState(): Promise<AccessKeysState>;
  /**
   * Errors: reauth-required, forbidden, invalid-request (limit-reached, fields), conflict if it was made, but shown to
   * nobody.
   */
  makeAccessKey(key: NewKey): Promise<MadeAccessKeyFacts>;
  /**
   * A new one in place of it, which is void at once; null for the service's usual end. One that stands in for the
   * person here is taken over. Errors: as makeAccessKey, and not-offered, not-found, conflict (void already).
   */
  rotateAccessKey(id: string, expiresAt: string | null): Promise<MadeAccessKeyFacts>;
  /** Errors: reauth-required, not-found, conflict (stale revision). */
  setAccessKeyActive(id: string, isActive: boolean, revision: string): Promise<AccessKeyFacts>;
  /** Errors: reauth-required, not-found. */
  removeAccessKey(id: string): Promise<void>;
  /** Trades them for a token, as a program does, and throws it away; false if they are refused. */
  tryAccessKey(id: string, secret: string): Promise<boolean>;
}

/** What a person may do with keys, and what a key can be given. */
export interface KeysOffer {
  readonly access: FieldAccess;
  readonly offers: readonly ('name' | 'expiry' | 'reveal')[];
}

/** Times are RFC 3339 in UTC. */
interface KeyTimes {
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
}

export interface ApiKeyFacts extends KeyTimes {
  readonly name: string;
  readonly lastFour: string;
}

export interface AccessKeyFacts extends Omit<KeyTimes, 'createdAt'> {
  /** Null if the provider does not say. */
  readonly createdAt: string | null;
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  /** This app is signed in with it. */
  readonly isOwn?: true | undefined;
  /** What it may do; left out where the service does not say. */
  readonly scopes?: readonly string[] | undefined;
  /** Names the state at the provider that a change is based on. */
  readonly revision: string;
}

export interface ApiKeyState extends KeysOffer {
  /** An address that answers a GET with `Authorization: Bearer <key>`: for examples and for a test. */
  readonly url: string;
  readonly key: ApiKeyFacts | null;
}

export interface AccessKeysState extends KeysOffer {
  /** A program signs in with the secret alone. */
  readonly isToken?: boolean | undefined;
  /** What can be done with them; the usual if left out: made, stopped and started, deleted. */
  readonly acts?: readonly AccessKeyAct[] | undefined;
  /** Newest first. */
  readonly keys: readonly AccessKeyFacts[];
  readonly limit: number | null;
}

export interface NewKey {
  /** Empty for none. */
  readonly name: string;
  readonly expiresAt: string | null;
}

export interface MadeApiKeyFacts {
  readonly secret: string;
  readonly key: ApiKeyFacts;
}

export interface MadeAccessKeyFacts {
  readonly secret: string;
  readonly key: AccessKeyFacts;
}
