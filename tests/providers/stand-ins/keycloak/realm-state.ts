import { randomBytes, randomUUID } from 'node:crypto';
import type { Person } from '../../keycloak/people.ts';

// What the stand-in knows: people, their sessions and credentials, and the switches an administrator has. All of it in
// memory, and open to the tests.

export interface StoredCredential {
  readonly id: string;
  readonly type: 'password' | 'otp' | 'recovery-authn-codes' | 'webauthn-passwordless';
  userLabel?: string;
  /** Milliseconds. */
  readonly createdDate: number;
  /** What proves it: the password, the secret of the codes, or the codes left, separated by commas. */
  secret: string;
}

export interface Consent {
  readonly createdDate: number;
  lastUpdatedDate: number;
}

export interface StoredPerson {
  readonly id: string;
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  /** Typed in, and not confirmed by the link of a mail yet. */
  pendingEmail?: string;
  emailVerified: boolean;
  enabled: boolean;
  attributes: Record<string, readonly string[]>;
  accountRoles: readonly string[];
  groups: readonly string[];
  credentials: StoredCredential[];
  /** Alias of the identity provider, and the name there. */
  readonly links: Map<string, string>;
  /** By client id. */
  readonly consents: Map<string, Consent>;
}

export interface StoredSession {
  readonly id: string;
  readonly personId: string;
  readonly userAgent: string;
  readonly ipAddress: string;
  /** Seconds, as all times but those of credentials and consents. */
  readonly started: number;
  lastAccess: number;
  authTime: number;
  readonly isOffline: boolean;
  /** By client id. The value changes when the client has to begin anew: older tokens of it are void then. */
  readonly clients: Map<string, string>;
}

/** As a realm made by `realm.ts` has them after the seed. */
const defaults = {
  updatesEmailByAction: true,
  deletesAccounts: true,
  hasRecoveryCodes: true,
  hasPasskeys: true,
  editsUsername: false,
  verifiesEmail: false,
  isInternationalized: true,
  rotatesRefreshTokens: false,
  hasLightweightTokens: false,
  keepsUnknownAttributes: false,
  accessTokenSeconds: 300,
  refreshTokenSeconds: 1_800,
};
export type Switches = typeof defaults;

export class RealmState {
  readonly people: StoredPerson[] = [];
  sessions: StoredSession[] = [];
  readonly switches: Switches = { ...defaults };
  /** Key → text of its account console: some of its own, and what an administrator added for the realm. */
  readonly texts = new Map([
    ['client_account-console', 'Account Console'],
    ['profileScopeConsentText', 'User profile'],
  ]);
  /** Whoever comes without a session is this person at once, and sees no form. */
  signsInAs: string | undefined;
  /** Every change by the account API is refused so, with 403: for what is about the request and not about roles. */
  refuses: Readonly<Record<string, string>> | undefined;

  /** A new person with a password; `groups` are paths. */
  add(person: Person, groups: readonly string[] = []): StoredPerson {
    const { username, firstName, lastName, email, password, accountRoles, attributes } = person;
    const stored: StoredPerson = {
      id: randomUUID(),
      ...{ username, firstName, lastName, email, accountRoles, groups },
      attributes: { ...attributes },
      emailVerified: true,
      enabled: true,
      credentials: [makeCredential('password', password)],
      links: new Map(),
      consents: new Map(),
    };
    this.people.push(stored);
    return stored;
  }

  find(nameOrEmail: string): StoredPerson | undefined {
    const wanted = nameOrEmail.toLowerCase();
    return this.people.find(({ username, email }) => username === wanted || email === wanted);
  }

  byId(id: string): StoredPerson | undefined {
    return this.people.find((person) => person.id === id);
  }

  /** As by the link of a mail, wherever it is opened. */
  confirmEmail(person: StoredPerson): void {
    if (person.pendingEmail === undefined) throw new Error(`${person.username} waits for no mail`);
    [person.email, person.emailVerified] = [person.pendingEmail, true];
    delete person.pendingEmail;
  }

  remove(person: StoredPerson): void {
    this.people.splice(this.people.indexOf(person), 1);
    this.sessions = this.sessions.filter(({ personId }) => personId !== person.id);
  }

  openSession(person: StoredPerson, userAgent: string, ipAddress: string): StoredSession {
    const now = seconds();
    const session: StoredSession = {
      id: randomBytes(18).toString('base64url'),
      personId: person.id,
      ...{ userAgent, ipAddress, started: now, lastAccess: now, authTime: now },
      isOffline: false,
      clients: new Map(),
    };
    this.sessions.push(session);
    return session;
  }

  /** The session of a browser, or what a program keeps beyond it. They may have the same id. */
  session(id: string, isOffline: boolean): StoredSession | undefined {
    return this.sessions.find((session) => session.id === id && session.isOffline === isOffline);
  }

  /** The browser's session is gone with it, unless another program uses it too. */
  takeOffline(session: StoredSession, clientId: string): StoredSession {
    const offline = { ...session, isOffline: true, clients: new Map([[clientId, randomUUID()]]) };
    if ([...session.clients.keys()].every((id) => id === clientId)) this.end(session);
    this.sessions = this.sessions.filter((each) => !(each.isOffline && each.id === session.id));
    this.sessions.push(offline);
    return offline;
  }

  end(session: StoredSession): void {
    this.sessions = this.sessions.filter((each) => each !== session);
  }
}

export function makeCredential(type: StoredCredential['type'], secret: string, userLabel?: string): StoredCredential {
  return { id: randomUUID(), type, createdDate: Date.now(), secret, ...(userLabel !== undefined && { userLabel }) };
}

export function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
