import { randomBytes } from 'node:crypto';
import type { Call } from '../serve-stand-in.ts';
import { makeIdTokenSigner, type IdTokenSigner } from './id-token.ts';
import type { ScopeName } from './scopes.ts';

// Everything that one instance knows. The routes change it in place.

/** What an administrator can set, and what tells one version from another. */
export interface GiteaOptions {
  readonly flavour?: 'gitea' | 'forgejo';
  /** As `/api/v1/version` says it. */
  readonly version?: string;
  /** Bits of an RSA key at least. */
  readonly rsaBits?: number;
  /** SSH keys can be looked at, and neither added nor removed. */
  readonly keysAreManaged?: boolean;
  /** Addresses can be looked at, and neither added nor removed. From 1.27 on. */
  readonly emailsAreManaged?: boolean;
  /** A refresh token counts once. Forgejo's way. */
  readonly refreshCountsOnce?: boolean;
  /** A new address counts once its owner has followed the link of a mail. */
  readonly confirmsEmails?: boolean;
  /** No sign-in of applications: a client can be registered and leads nowhere. */
  readonly oauthIsOff?: boolean;
  /** Passwords count for nothing but the web pages. */
  readonly passwordsAreOff?: boolean;
  /** What owners of keys are to sign, in the place of a true one; empty for that. */
  challenge?: string;
  /** Nobody sees anything before signing in. */
  readonly isClosed?: boolean;
  /** Entries of a list, where nothing is asked for, and at most. */
  readonly pageSize?: number;
  readonly maxPageSize?: number;
}

interface GiteaEmail {
  readonly email: string;
  verified: boolean;
  primary: boolean;
}

export interface GiteaPerson {
  readonly id: number;
  readonly login: string;
  readonly password: string;
  readonly created: Date;
  readonly emails: GiteaEmail[];
  settings: {
    full_name: string;
    website: string;
    description: string;
    location: string;
    language: string;
    theme: string;
    diff_view_style: string;
    hide_email: boolean;
    hide_activity: boolean;
    /** Forgejo alone. */
    pronouns?: string;
  };
  avatar: Buffer | undefined;
  /** base32 of an authenticator app; `usedCode` is the last one, which counts no more. */
  otp: { readonly secret: string; usedCode?: string } | undefined;
  hasSecurityKey: boolean;
  /** The last sign-in on the web pages. */
  lastLogin: Date;
  /** What the web pages ask of the person first. */
  obstacle: 'change-password' | 'not-activated' | 'prohibited' | undefined;
}

export interface GiteaKey {
  readonly id: number;
  readonly owner: GiteaPerson;
  readonly title: string;
  readonly content: string;
  readonly fingerprint: string;
  readonly created: Date;
  lastUsed: Date;
  verified: boolean;
  /** Comes from a directory. */
  readonly isExternal: boolean;
}

export interface GiteaToken {
  readonly id: number;
  readonly owner: GiteaPerson;
  readonly name: string;
  readonly value: string;
  readonly scopes: readonly ScopeName[];
  readonly created: Date;
  lastUsed: Date;
}

export interface GiteaApplication {
  readonly id: number;
  readonly owner: GiteaPerson;
  readonly clientId: string;
  secret: string;
  name: string;
  isConfidential: boolean;
  redirectUris: readonly string[];
  readonly created: Date;
}

/** What a person allowed an application. */
export interface GiteaGrant {
  readonly id: number;
  readonly application: GiteaApplication;
  readonly person: GiteaPerson;
  readonly scope: string;
  /** Of the newest question. */
  nonce: string;
  /** Of the newest refresh token. */
  counter: number;
}

interface GiteaCode {
  readonly value: string;
  readonly grant: GiteaGrant;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly method: string;
}

export interface GiteaState {
  readonly options: Required<GiteaOptions>;
  /** Base URL without a slash at its end, once it is known. */
  address: string;
  readonly people: GiteaPerson[];
  keys: GiteaKey[];
  tokens: GiteaToken[];
  applications: GiteaApplication[];
  grants: GiteaGrant[];
  codes: GiteaCode[];
  /** Of OAuth: the token and what it belongs to. Good until `expiresAt`, in ms since the epoch. */
  readonly accessTokens: Map<string, { readonly grant: GiteaGrant; readonly expiresAt: number }>;
  readonly refreshTokens: Map<string, { readonly grant: GiteaGrant; readonly counter: number }>;
  /** Signs ID tokens. */
  readonly signer: IdTokenSigner;
  /** Cookies of the web pages. */
  readonly sessions: Map<string, GiteaPerson>;
  nextId(): number;
}

export function makeState(options: GiteaOptions): GiteaState {
  let id = 0;
  return {
    options: {
      flavour: 'gitea',
      version: options.flavour === 'forgejo' ? '15.0.1+gitea-1.22.0' : '1.27.3',
      rsaBits: 3071,
      keysAreManaged: false,
      emailsAreManaged: false,
      refreshCountsOnce: options.flavour === 'forgejo',
      confirmsEmails: false,
      oauthIsOff: false,
      passwordsAreOff: false,
      challenge: '',
      isClosed: false,
      pageSize: 30,
      maxPageSize: 50,
      ...options,
    },
    address: '',
    people: [],
    keys: [],
    tokens: [],
    applications: [],
    grants: [],
    codes: [],
    accessTokens: new Map(),
    refreshTokens: new Map(),
    signer: makeIdTokenSigner(),
    sessions: new Map(),
    nextId: () => ++id,
  };
}

/** A request of a browser's pages, or of OAuth. */
export interface WebCall {
  readonly state: GiteaState;
  readonly call: Call;
}

/** Much changed with Gitea 1.27; Forgejo left before it. */
export function isSince127({ options: { flavour, version } }: GiteaState): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return flavour === 'gitea' && (major > 1 || minor >= 27);
}

/** As Gitea makes them: 40 hexadecimal digits. */
export function makeTokenValue(): string {
  return randomBytes(20).toString('hex');
}
