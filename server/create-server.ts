import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { systemClock, type Clock } from './clock.ts';
import { openDatabase, type Database } from './database/database.ts';
import { createUpkeep } from './database/upkeep.ts';
import { ensureDemoAccount, type Demo, type DemoOptions } from './demo/demo-account.ts';
import type { IdentityProvider } from './features/identities/identities.schemas.ts';
import { listAging } from './features/aging.ts';
import { createFeatures } from './features/features.ts';
import { createStores, type Stores } from './features/stores.ts';
import type { App } from './http/app.ts';
import { createApp } from './http/create-app.ts';
import type { ReportInternal } from './report-internal.ts';
import { addressOf, linkBase, ownOrigins } from './http/own-origins.ts';
import { createMailQueue } from './mail/mail-queue.ts';
import { createOutbox } from './mail/outbox.ts';
import { subjectOf } from './proofs/lock-out.store.ts';
import type { Preset } from './presets/preset.ts';
import { argon2id, type PasswordHasher } from './security/passwords.ts';

export interface ServerOptions {
  /** Made if missing, for its owner alone; each preset has its own database in it. */
  readonly dataFolder: string;
  readonly preset: Preset;
  /** 32 bytes that seal what must not lie in the clear; left out, they lie in a file beside the data. */
  readonly dataKey?: Uint8Array;
  readonly clock?: Clock;
  readonly passwords?: PasswordHasher;
  /** Per client address; generous by default. */
  readonly requestsPerMinute?: number;
  /** Of one person; one more sign-in ends the oldest. 500 by default. */
  readonly maxSessions?: number;
  /** Shows the outbox at /dev/outbox, and takes the calls under /dev that make mails due. */
  readonly isDevelopment?: boolean;
  /** Where people may sign in and whom they can link; none by default. */
  readonly identityProviders?: readonly IdentityProvider[];
  /** Where clients reach it besides the addresses it listens on: ID tokens are bound to them. */
  readonly publicAddresses?: readonly string[];
  /** Milliseconds between two looks at who asked for a reset link; see `createResetRequests`. */
  readonly resetInterval?: number;
  /** Told of every unexpected error. */
  readonly report?: ReportInternal;
}

export interface ProfileServer {
  readonly app: App;
  readonly database: Database;
  readonly stores: Stores;
  /** What a timer does every minute: clears what is over. */
  upkeep(): Promise<void>;
  ensureDemoAccount(options: DemoOptions): Promise<Demo>;
  /**
   * Takes back the wrong passwords and codes of an account, which nothing but its person could otherwise. False if
   * there is no such account.
   */
  unlock(identifier: string): boolean;
  /** Returns the base URL, e.g. http://127.0.0.1:40123. Port 0 takes a free one. */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

/** The whole reference API over one data folder. Errors: StorageError. */
export async function createServer(options: ServerOptions): Promise<ProfileServer> {
  const {
    preset,
    clock = systemClock,
    passwords = argon2id,
    requestsPerMinute = 6_000,
    isDevelopment = false,
    identityProviders = [],
    publicAddresses = [],
    resetInterval = 1_000,
    report = () => undefined,
  } = options;
  const database = openDatabase(options.dataFolder, preset.id, options.dataKey);
  const stores = createStores(database, clock, preset.policies, options.maxSessions);
  const upkeep = createUpkeep(database, clock, listAging(preset.policies), report, stores.sessions.retryEnds);
  const outbox = createOutbox(join(options.dataFolder, `${preset.id}.outbox`), clock);
  const mails = createMailQueue(database, outbox, report);
  mails.deliver();
  const listening = () => app.addresses().filter((each) => typeof each !== 'string');
  const origins = () => ownOrigins(listening(), publicAddresses);
  const features = createFeatures({
    database,
    stores,
    clock,
    preset,
    passwords,
    outbox,
    mails,
    report,
    isDevelopment,
    identityProviders,
    origins,
    linkBase: () => linkBase(listening(), publicAddresses),
    resetInterval,
  });
  upkeep.start();
  const app = await createApp({ clock, requestsPerMinute, report, origins, features });
  return {
    app,
    database,
    stores,
    upkeep: upkeep.run,
    ensureDemoAccount: (demo) =>
      ensureDemoAccount({ accounts: stores.accounts, passwords, database, preset, clock }, demo),
    unlock: (identifier) => unlock(database, stores, identifier),
    async listen(port, host = '127.0.0.1') {
      await app.listen({ port, host });
      return addressOf(app.server.address() as AddressInfo);
    },
    async close() {
      upkeep.stop();
      await app.close();
      database.close();
    },
  };
}

function unlock(database: Database, { accounts, lockOut, codeFailures }: Stores, identifier: string): boolean {
  const accountId = accounts.find(identifier);
  if (accountId === undefined) return false;
  const names = [accounts.readUser(accountId).username, accounts.readContact(accountId).email];
  database.transaction(() => {
    codeFailures.clear(accountId);
    lockOut.clear(accountId, ...names.map(subjectOf));
  });
  return true;
}
