import { randomBytes } from 'node:crypto';

// Everything that one GitHub knows. The routes change it in place.

export interface GithubOptions {
  /** Of a server of an organisation, as `/meta` says it. */
  readonly version?: string;
  /** Nobody sees anything before signing in ("private mode"). */
  readonly isClosed?: boolean;
  /** Older servers have no list of signing keys. */
  readonly hasSigningKeys?: boolean;
  /** Whether whoever has a token can make it void: not at older servers. */
  readonly revokes?: boolean;
  /** github.com, where nobody may be signed in for that. */
  readonly isPublic?: boolean;
  /** Seconds between two questions for a code, as it is told. */
  readonly interval?: number;
  readonly pageSize?: number;
}

export interface GithubEmail {
  readonly email: string;
  readonly verified: boolean;
  primary: boolean;
}

/** What `PATCH /user` changes. */
interface GithubProfile {
  name: string | null;
  company: string | null;
  blog: string | null;
  location: string | null;
  bio: string | null;
  twitter_username: string | null;
  hireable: boolean | null;
}

export interface GithubPerson {
  readonly id: number;
  readonly login: string;
  readonly created: Date;
  readonly profile: GithubProfile;
  emails: GithubEmail[];
  twoFactor: boolean;
}

export type GithubKeyList = 'keys' | 'ssh_signing_keys';

export interface GithubKey {
  readonly id: number;
  readonly list: GithubKeyList;
  readonly owner: GithubPerson;
  readonly title: string;
  /** Type and key: a comment is dropped. */
  readonly line: string;
  readonly created: Date;
  lastUsed: Date | null;
}

export type Level = 'read' | 'write';

export interface GithubToken {
  readonly value: string;
  readonly owner: GithubPerson;
  /** Of a classic one, or one of an app; undefined of a fine-grained one. */
  readonly scopes: readonly string[] | undefined;
  /** Of a fine-grained one, by the name in `X-Accepted-GitHub-Permissions`. */
  readonly permissions: Readonly<Record<string, Level>>;
  readonly expires: Date | undefined;
}

export interface GithubApp {
  readonly clientId: string;
  readonly hasDeviceFlow: boolean;
  /** A GitHub App gives pairs that are renewed, an OAuth app a token that lasts. */
  readonly renews: boolean;
}

interface PendingCode {
  readonly app: GithubApp;
  readonly deviceCode: string;
  readonly userCode: string;
  readonly scopes: readonly string[];
  outcome: 'pending' | 'denied' | 'expired' | GithubPerson;
}

/** What the next requests of the API are refused with. */
interface GithubLimit {
  readonly status: 403 | 429;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface GithubState {
  readonly options: Required<GithubOptions>;
  /** Base URL without a slash at its end, once it is known. */
  address: string;
  readonly people: GithubPerson[];
  keys: GithubKey[];
  tokens: GithubToken[];
  readonly apps: GithubApp[];
  codes: PendingCode[];
  /** Of a GitHub App: the refresh token, and whose it is. Each counts once. */
  readonly refreshTokens: Map<string, GithubToken>;
  limit: GithubLimit | undefined;
  /** Method and path of each request of the API. */
  readonly asked: string[];
  /** Ids of the two lists of keys are counted apart. */
  nextId(what: string): number;
}

export function makeState(options: GithubOptions): GithubState {
  const counts = new Map<string, number>();
  return {
    options: {
      ...{
        version: '3.17.2',
        isClosed: false,
        hasSigningKeys: true,
        revokes: true,
        isPublic: false,
        interval: 5,
        pageSize: 100,
      },
      ...options,
    },
    address: '',
    ...{ people: [], keys: [], tokens: [], apps: [], codes: [], refreshTokens: new Map(), limit: undefined, asked: [] },
    nextId(what) {
      const next = (counts.get(what) ?? 0) + 1;
      counts.set(what, next);
      return next;
    },
  };
}

export function makeTokenValue(prefix: 'ghp' | 'gho' | 'ghu' | 'ghr' | 'github_pat'): string {
  return `${prefix}_${randomBytes(27).toString('base64url').replaceAll(/[-_]/g, 'x')}`;
}
