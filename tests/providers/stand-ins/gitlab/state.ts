import { randomBytes } from 'node:crypto';
import type { Call } from '../serve-stand-in.ts';
import { makeIdTokenSigner, type IdTokenSigner } from './id-token.ts';

// Everything that one instance knows. The routes change it in place.

/** What an administrator can set, and what tells one version from another. */
export interface GitlabOptions {
  /** As `/api/v4/version` says it to who is signed in. */
  readonly version?: string;
  /** Folder of its host, like `/gitlab`; empty for the host itself. */
  readonly root?: string;
  /** Entries of a list at most, whatever is asked for. */
  readonly maxPageSize?: number;
  /** Lists say neither how long they are nor how many pages they have: gitlab.com with long ones. */
  readonly hidesTotals?: boolean;
  /** Bits of an RSA key at least; null forbids them. */
  readonly rsaBits?: number | null;
  /** Between two questions of a device, in seconds. */
  readonly deviceInterval?: number;
  /** Requests with a token until it says 429; each is counted once. */
  readonly requestsLeft?: number;
}

export interface GitlabEmail {
  readonly id: number;
  readonly email: string;
  confirmedAt: Date | null;
}

export interface GitlabPerson {
  readonly id: number;
  readonly username: string;
  readonly password: string;
  readonly created: Date;
  name: string;
  /** The primary one; the list has the others. */
  email: string;
  emails: GitlabEmail[];
  avatar: Buffer | undefined;
  details: { bio: string; location: string; website_url: string; organization: string; job_title: string };
  pronouns: string | null;
  status: { emoji: string | null; message: string | null; availability: string; clear_status_at: Date | null };
  preferences: {
    view_diffs_file_by_file: boolean;
    show_whitespace_in_diffs: boolean;
    pass_user_identities_to_ci_jwt: boolean;
  };
  identities: { readonly provider: string; readonly extern_uid: string }[];
  hasSecondFactor: boolean;
  /** Sees and revokes everybody's tokens. */
  isAdministrator: boolean;
  /** Why nobody of this account gets anything. */
  obstacle: string | undefined;
}

type UsageType = 'auth' | 'signing' | 'auth_and_signing';

export interface GitlabKey {
  readonly id: number;
  readonly owner: GitlabPerson;
  readonly title: string;
  /** Type and key. */
  readonly line: string;
  readonly usage: UsageType;
  readonly created: Date;
  readonly expiresAt: Date | null;
}

export interface GitlabToken {
  readonly id: number;
  readonly owner: GitlabPerson;
  readonly name: string;
  readonly value: string;
  readonly scopes: readonly string[];
  readonly created: Date;
  /** `YYYY-MM-DD`: it ends as that day begins, in UTC. */
  readonly expiresAt: string | null;
  lastUsed: Date | null;
  isRevoked: boolean;
  /** Those that came of one another by rotation have the same. */
  readonly family: number;
}

/** Registered by a person or an administrator on a page. */
export interface GitlabApplication {
  readonly clientId: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  /** Null for a public client. */
  readonly secret: string | null;
}

/** An access token of OAuth with the refresh token beside it: one row, revoked together. */
export interface GitlabAccess {
  readonly application: GitlabApplication;
  readonly person: GitlabPerson;
  readonly scopes: readonly string[];
  readonly access: string;
  readonly refresh: string;
  expiresAt: number;
  isRevoked: boolean;
}

interface GitlabCode {
  readonly value: string;
  readonly application: GitlabApplication;
  readonly person: GitlabPerson;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string;
}

/** Of the device flow (RFC 8628). */
interface GitlabDeviceGrant {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly application: GitlabApplication;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  lastPoll: number;
  person: GitlabPerson | undefined;
  isDenied: boolean;
}

export interface GitlabState {
  readonly options: Required<GitlabOptions>;
  /** Base URL with its folder, without a slash at its end, once it is known. */
  address: string;
  requestsLeft: number;
  readonly people: GitlabPerson[];
  keys: GitlabKey[];
  tokens: GitlabToken[];
  readonly applications: GitlabApplication[];
  codes: GitlabCode[];
  grants: GitlabAccess[];
  deviceGrants: GitlabDeviceGrant[];
  readonly signer: IdTokenSigner;
  /** Cookies of the web pages. */
  readonly sessions: Map<string, GitlabPerson>;
  nextId(): number;
}

export function makeState(options: GitlabOptions): GitlabState {
  let id = 0;
  const all = {
    ...{ version: '18.5.0', root: '', maxPageSize: 100, hidesTotals: false, rsaBits: 2_048, deviceInterval: 5 },
    requestsLeft: Number.POSITIVE_INFINITY,
    ...options,
  };
  return {
    options: all,
    address: '',
    requestsLeft: all.requestsLeft,
    people: [],
    keys: [],
    tokens: [],
    applications: [],
    codes: [],
    grants: [],
    deviceGrants: [],
    signer: makeIdTokenSigner(),
    sessions: new Map(),
    nextId: () => ++id,
  };
}

/** A request of a browser's pages, or of OAuth. */
export interface WebCall {
  readonly state: GitlabState;
  readonly call: Call;
}

/** Whether it is at least this version, like `16.10`. */
export function isSince({ options: { version } }: GitlabState, since: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

/** `glpat-` and 20 characters. */
export function makeTokenValue(): string {
  return `glpat-${randomBytes(15).toString('base64url')}`;
}

/** As OAuth's tokens look: 64 hexadecimal digits. */
export function makeOauthValue(): string {
  return randomBytes(32).toString('hex');
}
