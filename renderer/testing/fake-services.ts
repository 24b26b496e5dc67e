import type { AppSnapshot } from '../../shared/contract/app.ts';
import type {
  Account,
  AccountsSnapshot,
  ConnectionState,
  ProviderDescription,
} from '../../shared/contract/account/accounts.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type {
  ProfileSnapshot,
  ProfileUpdate,
  ProfileUpdateResult,
  SectionName,
} from '../../shared/contract/account/profile.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import { FakeActivity } from './fake-activity.ts';
import { FakeApiCalls } from './fake-api-calls.ts';
import { FakeApplications } from './fake-applications.ts';
import { FakeSshKeys } from './fake-ssh-keys.ts';
import { FakeHandOff } from './fake-hand-off.ts';
import { FakeLinkedAccounts } from './fake-linked-accounts.ts';
import { FakeKeys } from './fake-keys.ts';
import { describeAddress, describeEmbedded, hostOf } from './describe-service.ts';
import { defaultSettings } from './default-settings.ts';
import { FakeDemo } from './fake-demo.ts';
import { FakeDeletion } from './fake-deletion.ts';
import { FakeDrafts } from './fake-drafts.ts';
import { FakeDeviceSignIn } from './fake-device-sign-in.ts';
import { FakeEmailChange } from './fake-email-change.ts';
import { FakeEmails } from './fake-emails.ts';
import { FakeSecurity } from './fake-security.ts';
import { FakeSessions } from './fake-sessions.ts';
import { FakeTransfer } from './fake-transfer.ts';
import { FakeVault } from './fake-vault.ts';
import type { fakedContract } from './faked-contract.ts';
import { later } from './later.ts';
import { asCached } from './as-cached.ts';
import { nextSequence } from './next-sequence.ts';
import { sampleAccount } from './sample-account.ts';
import { sampleProfile } from './sample-profile.ts';
import { saveProfile } from './save-profile.ts';

type FakedContract = typeof fakedContract;
type Emit = <K extends keyof EventMap<FakedContract> & string>(channel: K, payload: EventMap<FakedContract>[K]) => void;

/** An account of the fake: what a password of `right` opens, with a code of `123456` where `asksCode` is set. */
export const demo = { identifier: 'demo@profile-desk.example', password: 'right' };

/**
 * The services as the screens see them, in memory and without a provider: it keeps revisions, refuses stale changes
 * and can be set into any state. Fields are public so that a test can put it there.
 */
export class FakeServices {
  app: AppSnapshot = {
    version: '0.1.0',
    shell: 'browser',
    storage: { protection: 'key-store', keyStore: 'Secret Service' },
    storageFault: null,
    notices: [],
    age: null,
    hasEmbeddedProvider: true,
    askedOrigin: null,
  };
  settings = defaultSettings;
  accounts: AccountsSnapshot = { accounts: [], currentId: null };
  profiles = new Map<string, ProfileSnapshot>();
  /** What a service at an address says otherwise than the sample. */
  described: Partial<ProviderDescription> = {};
  /** Of the demo, as the sign-in page offers it; null once the person has changed it. */
  demoPassword: string | null = demo.password;
  /** Where no browser opens: the page for making a token. */
  pastingPage: string | null = null;
  isProviderTold = true;
  /** What stands in for the person has no end of its own. */
  tokensLast = false;
  asksCode = false;
  /** The account that a sign-in brings back; without it a sign-in makes a new one. */
  signsInTo: string | undefined;
  /** Thrown by the next calls of a channel, until removed. */
  faults = new Map<string, AppError>();
  /** Refuses a section of the next update. */
  refusals = new Map<SectionName, AppError>();
  /** Everything asked, in order. */
  readonly asked: { channel: string; input: unknown }[] = [];
  /** How often it was told that somebody looks at the app; not among `asked`, since it comes with the focus alone. */
  looks = 0;
  /** Set to hold answers of a channel back until released. */
  readonly gates = new Map<string, Promise<void>>();
  emit: Emit = () => undefined;
  /** What each part below answers and tells by. */
  readonly #frame = {
    answer: <T>(channel: string, input: unknown, value: () => T): Promise<T> => this.#answer(channel, input, value),
    emit: ((channel, payload) => this.emit(channel, payload)) as Emit,
  };
  readonly security = new FakeSecurity(this.#frame);
  readonly #needsProof = () => this.security.asksForProof && !this.security.validUntil;
  readonly #guarded = { ...this.#frame, needsProof: this.#needsProof };
  readonly sessions = new FakeSessions({
    ...this.#frame,
    signOut: (id) => this.#signOut(id, false),
  });

  readonly demo = new FakeDemo(this.#frame);

  readonly drafts = new FakeDrafts(this.#frame);

  readonly deletion = new FakeDeletion({
    ...this.#frame,
    asksForProof: this.#needsProof,
    emailOf: (id) => this.profileOf(id).sections.contact.values.email,
    forget: (id) => this.#signOut(id, true),
  });

  readonly deviceSignIn = new FakeDeviceSignIn({ ...this.#frame, signIn: () => this.#signIn(demo.password) });

  readonly emailChange = new FakeEmailChange(this.#frame);

  readonly emails = new FakeEmails(this.#guarded);

  readonly handOff = new FakeHandOff(this.#frame);

  readonly activity = new FakeActivity(this.#frame);

  readonly apiCalls = new FakeApiCalls(this.#frame);

  readonly applications = new FakeApplications(this.#frame);

  readonly linkedAccounts = new FakeLinkedAccounts(this.#guarded);

  readonly keys = new FakeKeys(this.#guarded);

  readonly sshKeys = new FakeSshKeys(this.#guarded);

  readonly transfer = new FakeTransfer(this.#frame);

  readonly vault = new FakeVault({
    answer: (channel, input, value) => this.#answer(channel, input, value),
    storage: () => this.app.storage,
    become: (storage) => (this.app = { ...this.app, storage }),
    onOpen: () => void this.faults.delete('accounts.list'),
    onLock: () => {
      this.faults.set('accounts.list', new AppError('key-store-unavailable', { reason: 'passphrase-needed' }));
      this.app = { ...this.app, storage: { ...this.app.storage, protection: 'locked' } };
      this.emit('vault.locked', {});
    },
  });

  addAccount(changes: Partial<Account> = {}): Account {
    const id = `c${String(this.accounts.accounts.length + 1)}`;
    const account = { ...sampleAccount(id), ...changes };
    this.accounts = { accounts: [...this.accounts.accounts, account], currentId: account.id };
    this.profiles.set(account.id, sampleProfile(account.id));
    return account;
  }

  setState(id: string, state: ConnectionState): void {
    const accounts = this.accounts.accounts.map((each) => (each.id === id ? { ...each, state } : each));
    this.accounts = { ...this.accounts, accounts };
    this.emit('accounts.changed', this.accounts);
  }

  /** A change made elsewhere: a newer revision, of which nobody here is told. */
  changeElsewhere(
    id: string,
    section: Exclude<SectionName, 'avatar'>,
    changes: Readonly<Record<string, unknown>>,
  ): ProfileSnapshot {
    const profile = structuredClone(this.profileOf(id));
    Object.assign(profile.sections[section].values, changes);
    profile.sections[section].revision += '+';
    profile.takenAt = later(profile.takenAt);
    profile.sequence = nextSequence();
    this.profiles.set(id, profile);
    return profile;
  }

  profileOf(id: string): ProfileSnapshot {
    const profile = this.profiles.get(id);
    if (!profile) throw new AppError('not-found');
    return profile;
  }

  async #answer<T>(channel: string, input: unknown, value: () => T): Promise<T> {
    this.asked.push({ channel, input });
    await this.gates.get(channel);
    const fault = this.faults.get(channel);
    if (fault) throw fault;
    return value();
  }

  #save(input: ProfileUpdate): ProfileUpdateResult {
    const result = saveProfile(this.profileOf(input.accountId), input, {
      refusals: this.refusals,
      isProved: this.security.validUntil !== null,
    });
    this.profiles.set(input.accountId, result.snapshot);
    return result;
  }

  #signOut(id: string, forget: boolean): void {
    if (!forget) return this.setState(id, { kind: 'signed-out', sessionEnded: false });
    const accounts = this.accounts.accounts.filter((each) => each.id !== id);
    this.accounts = { accounts, currentId: accounts[0]?.id ?? null };
    this.emit('accounts.changed', this.accounts);
  }

  #completeSignIn() {
    const id = this.signsInTo ?? this.addAccount().id;
    this.setState(id, { kind: 'online', since: '2026-03-01T11:00:00.000Z' });
    return { next: 'done' as const, accountId: id };
  }

  #signIn(password: string) {
    if (password !== demo.password)
      throw new AppError('unauthenticated', { reason: 'wrong-credentials', tries: { left: 4, pauseSeconds: 900 } });
    return this.asksCode
      ? { next: 'code' as const, challenge: 'ch1', expiresAt: '2026-03-01T09:40:00.000Z' }
      : this.#completeSignIn();
  }

  #submitCode(code: string) {
    if (code !== '123456') throw new AppError('unauthenticated', { reason: 'wrong-code' });
    return this.#completeSignIn();
  }

  readonly handlers: Handlers<FakedContract> = {
    ...this.security.handlers,
    ...this.sessions.handlers,
    ...this.deletion.handlers,
    ...this.demo.handlers,
    ...this.drafts.handlers,
    ...this.emailChange.handlers,
    ...this.emails.handlers,
    ...this.handOff.handlers,
    ...this.keys.handlers,
    ...this.linkedAccounts.handlers,
    ...this.activity.handlers,
    ...this.apiCalls.handlers,
    ...this.applications.handlers,
    ...this.sshKeys.handlers,
    ...this.transfer.handlers,
    ...this.vault.handlers,
    app: {
      snapshot: () => this.#answer('app.snapshot', undefined, () => this.app),
      restart: () => this.#answer('app.restart', undefined, () => ({})),
      reportFault: (input) => this.#answer('app.reportFault', input, () => ({})),
      setAside: (input) =>
        this.#answer('app.setAside', input, () => {
          const notices = this.app.notices.filter(({ file }) => file !== input.file);
          return (this.app = { ...this.app, notices });
        }),
    },
    settings: {
      get: () => this.#answer('settings.get', undefined, () => this.settings),
      update: (input) =>
        this.#answer(
          'settings.update',
          input,
          () => (this.settings = contract.settings.changed.payload.parse({ ...this.settings, ...input })),
        ),
    },
    accounts: {
      list: () => this.#answer('accounts.list', undefined, () => this.accounts),
      inspect: (input) =>
        this.#answer('accounts.inspect', input, () =>
          input.kind === 'embedded'
            ? describeEmbedded({ ...demo, password: this.demoPassword })
            : {
                ...describeAddress(
                  input.address,
                  this.linkedAccounts.providers.map(({ id: issuer, name }) => ({ issuer, name })),
                ),
                ...this.described,
              },
        ),
      select: (input) =>
        this.#answer('accounts.select', input, () => (this.accounts = { ...this.accounts, currentId: input.id })),
      check: (input) =>
        this.#answer(
          'accounts.check',
          input,
          () => this.accounts.accounts.find(({ id }) => id === input.id) ?? this.addAccount(),
        ),
      look: () => Promise.resolve((this.looks += 1)).then(() => ({})),
    },
    auth: {
      signIn: (input) => this.#answer('auth.signIn', input, () => this.#signIn(input.password)),
      submitCode: (input) => this.#answer('auth.submitCode', input, () => this.#submitCode(input.code)),
      signInWithIdentity: (input) =>
        this.#answer('auth.signInWithIdentity', input, () => this.linkedAccounts.begin(input.issuer)),
      finishIdentitySignIn: async (input) => {
        await this.linkedAccounts.wait();
        return this.#answer('auth.finishIdentitySignIn', input, () => this.#signIn(demo.password));
      },
      beginBrowserSignIn: (input) =>
        this.#answer('auth.beginBrowserSignIn', input, () => this.linkedAccounts.begin(hostOf(input.target))),
      finishBrowserSignIn: (input) => this.handlers.auth.finishIdentitySignIn(input),
      renewDemo: () =>
        this.#answer('auth.renewDemo', undefined, () => {
          this.demoPassword = demo.password;
          return {};
        }),
      registerClient: (input) =>
        this.#answer('auth.registerClient', input, () => ({ clientId: 'made-for-profile-desk' })),
      signInWithToken: (input) => this.#answer('auth.signInWithToken', input, () => this.#signIn(input.token)),
      openPastingPage: (input) => this.#answer('auth.openPastingPage', input, () => ({ address: this.pastingPage })),
      ...this.deviceSignIn.handlers,
      requestPasswordReset: (input) => this.#answer('auth.requestPasswordReset', input, () => ({})),
      signOut: (input) =>
        this.#answer('auth.signOut', input, () => {
          this.#signOut(input.accountId, input.forget);
          return { providerNotified: this.isProviderTold, ...(this.tokensLast && { staysSignedIn: true as const }) };
        }),
    },
    profile: {
      get: (input) => {
        const sequence = input.from === 'cache' ? 0 : nextSequence();
        return this.#answer(`profile.get ${input.from}`, input, () => {
          const profile = { ...this.profileOf(input.accountId), sequence };
          return input.from === 'cache' ? asCached(profile) : profile;
        });
      },
      update: (input) => this.#answer('profile.update', input, () => this.#save(input)),
    },
  };
}
