import type { ProviderKind, WayInName } from '../../../shared/contract/account/accounts.ts';
import type { Desk } from './desk.ts';
import type { Expectations } from './expectations.ts';

// What the conformance suite has to know of a service: how it is started, who is in it, and how somebody else than this
// app sees it.

/** One kind of service, or one way of running it. */
export interface Service {
  /** For the names of the tests. */
  readonly name: string;
  readonly kind: ProviderKind;
  readonly expectations: Expectations;
  /** As `accounts.inspect` tells them. */
  readonly ways: readonly WayInName[];
  /**
   * A program is let in by a key that all programs share: it knows no session that could be counted, or ended alone.
   */
  readonly hasNoSessions?: boolean;
  /** Why it cannot be started here; undefined if it can. */
  readonly missing?: string | undefined;
  /** One that was started by others goes on when its world ends: nobody can be without it then. */
  readonly isShared?: boolean;
  start(): Promise<World>;
}

export interface World extends AsyncDisposable {
  /** Where people sign in. */
  readonly address: string;
  /** Each way of signing in, by a name for the tests; the first is taken where any will do. */
  readonly signIns: Readonly<Record<string, SignIn>>;
  /** Signs in with a password that is not the person's: it is refused here, or its page asks again. */
  signInWrongly(desk: Desk, person: Person): Promise<void>;
  /** Somebody whom no other test knows, with every permission that the expectations name. */
  makePerson(): Promise<Person>;
  /** Somebody with none of them. */
  makeRestrictedPerson(): Promise<Person>;
  /** The same person signed in to another program. */
  connect(person: Person): Promise<OtherClient>;
  /** Whether this password opens the account. */
  takesPassword(person: Person, password: string): Promise<boolean>;
  /** Every token or cookie that the service gave so far, as far as it can be known from outside. */
  issued(): readonly string[];
  readonly outside: Outside;
}

/** The account, as `again` where the person comes back to one. */
export type SignIn = (desk: Desk, person: Person, again?: string) => Promise<string>;

export interface Person {
  readonly identifier: string;
  readonly password: string;
  readonly email: string;
  readonly firstName: string;
}

/** A program of others: curl, with a session of its own. */
export interface OtherClient {
  isSignedIn(): Promise<boolean>;
  readName(): Promise<string>;
  writeName(firstName: string): Promise<void>;
  countSessions(): Promise<number>;
  /** Ends all sessions but this one. */
  endOthers(): Promise<void>;
  /** Below: only of a service that has such things. */
  readEmail(): Promise<string>;
  /** Every address of the account. */
  listEmails(): Promise<readonly string[]>;
  addEmail(email: string): Promise<void>;
  hasPicture(): Promise<boolean>;
  countSecondSteps(): Promise<number>;
  /** Their names. */
  listSecondSteps(): Promise<readonly string[]>;
  /** Type and key of each. */
  listSshKeys(): Promise<readonly string[]>;
  addSshKey(publicLine: string): Promise<void>;
  countVerifiedKeys(): Promise<number>;
  countLinks(): Promise<number>;
  /** Ids of those that something was granted to. */
  listApplications(): Promise<readonly string[]>;
}

/** What happens around an account, where a service has such things. */
export interface Outside {
  /** Opens the link of the mail that was sent to a new address. */
  confirmEmail(email: string): Promise<void>;
  /** Sets a new password by the link of the mail that was asked for. */
  resetPassword(person: Person, next: string): Promise<void>;
  /** Uses the code up; whether the service took it. */
  useRecoveryCode(person: Person, code: string): Promise<boolean>;
  /** Whether a program gets in with it. */
  takesApiKey(secret: string): Promise<boolean>;
  takesAccessKey(id: string, secret: string): Promise<boolean>;
  /** Links an identity, as the person does with app and browser. */
  link(desk: Desk): Promise<void>;
  /** Sets up an authenticator app of this name on the service's own page. */
  enrolDevice(person: Person, name: string): Promise<void>;
  /** Grants something to an application of others, as the person does in a browser; gives its id. */
  letApplicationIn(person: Person): Promise<string>;
}

/** How a password that is typed here is refused. */
export const wrongCredentials = { code: 'unauthenticated', details: { reason: 'wrong-credentials' } };

const lack = (): Promise<never> => Promise.reject(new Error('this service has no such thing, says its world'));

/** To be spread below what a world has. */
export const lackingOutside: Outside = {
  confirmEmail: lack,
  resetPassword: lack,
  useRecoveryCode: lack,
  takesApiKey: lack,
  takesAccessKey: lack,
  link: lack,
  enrolDevice: lack,
  letApplicationIn: lack,
};

export const lackingClient: Pick<
  OtherClient,
  | 'readEmail'
  | 'listEmails'
  | 'addEmail'
  | 'hasPicture'
  | 'countSecondSteps'
  | 'listSecondSteps'
  | 'listSshKeys'
  | 'addSshKey'
  | 'countVerifiedKeys'
  | 'countLinks'
  | 'listApplications'
> = {
  readEmail: lack,
  listEmails: lack,
  addEmail: lack,
  hasPicture: lack,
  countSecondSteps: lack,
  listSecondSteps: lack,
  listSshKeys: lack,
  addSshKey: lack,
  countVerifiedKeys: lack,
  countLinks: lack,
  listApplications: lack,
};
