import { TOTP } from 'otpauth';
import { expect } from 'vitest';
import type { Ports } from '../../../electron/services/ports.ts';
import type { ProfileSnapshot } from '../../../shared/contract/account/profile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { noKeys, openApp, type AppUnderTest } from '../../integration/services-under-test.ts';
import { findSecrets, listFiles } from '../../support/find-secrets.ts';
import { createListeningLog } from '../../support/listening-log.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import type { OtherClient, Person, World } from './world.ts';

/** What is there to be shown once: `contract.test.ts` names each, and why. */
const showsSecret: ReadonlySet<string> = new Set([
  'mfa.beginEnrolment',
  'mfa.confirmEnrolment',
  'mfa.useSecret',
  'recoveryCodes.show',
  'recoveryCodes.renew',
  'apiKey.generate',
  'accessKeys.create',
  'accessKeys.rotate',
]);

/** One person's computer: the app, the browser that it opens pages in, and what it leaves behind. */
export class Desk {
  readonly world: World;
  readonly person: Person;
  readonly #ports: Partial<Ports>;
  readonly #openApp: typeof openApp;
  readonly #folder = makeTempFolder();
  readonly #log = createListeningLog();
  /** Not those that others were given before. */
  readonly #issuedBefore: number;
  /** What no file, log, event or answer may hold, beside what the service issued. */
  readonly secrets = new Set<string>();
  /** What the app asked the system to open. */
  readonly opened: URL[] = [];
  /** What the screens were told. */
  readonly #replies: string[] = [];
  #app: AppUnderTest | undefined;
  #accountId: string | undefined;

  private constructor(world: World, person: Person, ports: Partial<Ports>, open: typeof openApp) {
    [this.world, this.person, this.#ports, this.#openApp] = [world, person, ports, open];
    this.#issuedBefore = world.issued().length;
    this.secrets.add(person.password);
  }

  /** `open`: as the app is started here, if not in this process. */
  static async open(world: World, person: Person, ports: Partial<Ports> = {}, open = openApp): Promise<Desk> {
    const desk = new Desk(world, person, ports, open);
    await desk.#start();
    return desk;
  }

  get app(): AppUnderTest {
    if (!this.#app) throw new Error('the app is closed');
    return this.#app;
  }

  /** Of the person who signed in. */
  get accountId(): string {
    if (this.#accountId === undefined) throw new Error('nobody signed in');
    return this.#accountId;
  }

  get target(): { readonly kind: 'address'; readonly address: string } {
    return { kind: 'address', address: this.world.address };
  }

  async #start(): Promise<void> {
    const browser = { open: async (address: URL) => this.opened.push(address) > 0 };
    const ports = { browser, log: this.#log.log, ...this.#ports };
    this.#app = await this.#openApp(this.#folder.path, ports, (channel, reply) => {
      if (!showsSecret.has(channel)) this.#replies.push(JSON.stringify(reply));
    });
  }

  /** By the first way, if none is named. */
  async signIn(way = Object.keys(this.world.signIns)[0]!): Promise<string> {
    this.#accountId = await this.world.signIns[way]!(this, this.person);
    // What the sign-in read is given to the first who asks.
    await this.read();
    return this.#accountId;
  }

  read(from: 'provider' | 'cache' = 'provider'): Promise<ProfileSnapshot> {
    return this.app.calls.profile.get({ accountId: this.accountId, from });
  }

  async state(): Promise<object | undefined> {
    const { accounts } = await this.app.calls.accounts.list();
    return accounts.find(({ id }) => id === this.accountId)?.state;
  }

  connect(): Promise<OtherClient> {
    return this.world.connect(this.person);
  }

  /** Where the service asks for one. */
  async prove(): Promise<void> {
    const { accountId, person } = this;
    const { proofs } = await this.app.calls.reauth.status({ accountId });
    if (!proofs.includes('password')) return;
    await this.app.calls.reauth.prove({ accountId, proof: { kind: 'password', password: person.password } });
  }

  /** What `act` was refused with. Errors: Error if it was not. */
  async refusal(act: Promise<unknown>): Promise<AppError> {
    const error: unknown = await act.then(
      (given) => new Error(`it was not refused, but answered ${JSON.stringify(given)}`),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof AppError)) throw error;
    return error;
  }

  /** The same data folder after a restart. */
  async restart(): Promise<void> {
    await this.app.close();
    await this.#start();
  }

  files(): readonly string[] {
    return listFiles(this.#folder.path);
  }

  /** Closes the app, and looks through all that it left. Errors: a secret in the clear, or a failure inside. */
  async close(): Promise<void> {
    const { app } = this;
    this.#app = undefined;
    await app.close();
    const secrets = [...this.secrets, ...this.world.issued().slice(this.#issuedBefore)];
    const told = [JSON.stringify(app.events), ...this.#replies, ...this.#log.lines].join('\n');
    const found = findSecrets(this.#folder.path, secrets);
    this.#folder[Symbol.dispose]();
    expect(found).toEqual([]);
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    expect(app.internal).toEqual([]);
  }
}

interface DeskOptions {
  readonly isSignedIn?: boolean;
  /** Whether keys are read, by a worker that has to be started. */
  readonly readsKeys?: boolean;
  /** Somebody new, if left out. */
  readonly person?: Person;
  readonly ports?: Partial<Ports>;
}

/**
 * Lets `act` happen at a desk, signed in unless said otherwise, and closes it. Each test so proves that the act left no
 * secret behind.
 */
export async function atDesk(
  world: World,
  act: (desk: Desk) => Promise<void>,
  options: DeskOptions = {},
): Promise<void> {
  const { isSignedIn = true, readsKeys = false, person = await world.makePerson(), ports } = options;
  const desk = await Desk.open(world, person, { ...(!readsKeys && { ssh: noKeys }), ...ports });
  try {
    if (isSignedIn) await desk.signIn();
    await act(desk);
  } catch (error) {
    await desk.app.close();
    throw error;
  }
  await desk.close();
}

/**
 * The code of a Base32 secret, `seconds` from now, with time left to send it: some services take the one of the current
 * step alone.
 */
export async function makeCode(secret: string, seconds = 0): Promise<string> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 5_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
  return new TOTP({ secret }).generate({ timestamp: Date.now() + seconds * 1_000 });
}
