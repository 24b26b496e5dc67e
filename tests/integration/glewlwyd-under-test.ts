import { onTestFinished } from 'vitest';
import type { Ports } from '../../electron/services/ports.ts';
import type { ReauthState } from '../../shared/contract/account/reauth.ts';
import { startGlewlwyd, whyNoGlewlwyd } from '../providers/live/glewlwyd/start-glewlwyd.ts';
import { openClient, type GlewlwydClient } from '../providers/live/glewlwyd/glewlwyd-client.ts';
import {
  addPerson,
  seedGlewlwyd,
  type GlewlwydPerson,
  type SeededGlewlwyd,
} from '../providers/live/glewlwyd/seed-glewlwyd.ts';
import type { ListeningProxy } from '../support/listening-proxy.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { noKeys, openApp, type AppUnderTest } from './services-under-test.ts';

export { whyNoGlewlwyd };

/** The name of a group of tests, with the reason where they are skipped. */
export function nameOf(title: string): string {
  const why = whyNoGlewlwyd();
  return why === undefined ? title : `${title} (skipped: ${why})`;
}

/** A real glewlwyd with its people: one for all tests of a file. */
export interface GlewlwydWorld extends AsyncDisposable, SeededGlewlwyd {
  readonly address: string;
  /** Of its database. */
  readonly folder: string;
}

export async function openWorld(): Promise<GlewlwydWorld> {
  const folder = makeTempFolder();
  const server = await startGlewlwyd({ folder: folder.path });
  return {
    address: server.address,
    folder: folder.path,
    ...(await seedGlewlwyd(server.address)),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** The app, and a person who is signed in there. */
export interface GlewlwydUnderTest {
  readonly app: AppUnderTest;
  readonly dataFolder: string;
  readonly person: GlewlwydPerson;
  readonly accountId: string;
  /** The same person in another client, which is not ours. */
  signInElsewhere(userAgent?: string): Promise<GlewlwydClient>;
  /** Gives the password again. */
  prove(): Promise<ReauthState>;
}

let count = 0;

/** Somebody whom no other test knows. */
export function makePerson({ admin }: GlewlwydWorld, scope?: readonly string[]): Promise<GlewlwydPerson> {
  count += 1;
  return addPerson(admin, `Person${count} Example`, scope);
}

/** An app where nobody is signed in; it ends with the test. */
export async function openGlewlwydApp(
  ports: Partial<Ports> = {},
): Promise<{ readonly app: AppUnderTest; readonly dataFolder: string }> {
  const folder = makeTempFolder();
  const app = await openApp(folder.path, { ssh: noKeys, ...ports });
  onTestFinished(async () => {
    await app.close();
    folder[Symbol.dispose]();
  });
  return { app, dataFolder: folder.path };
}

/** `name=value` of the sessions that began there, in order. */
export function cookiesOf(proxy: Pick<ListeningProxy, 'heard'>): string[] {
  const set = [...proxy.heard().matchAll(/^set-cookie: *([^=\s]+=[^;\s]+)/gim)].map(([, cookie = '']) => cookie);
  return [...new Set(set)];
}

/** The account here. */
export async function signIn(
  app: AppUnderTest,
  { address }: Pick<GlewlwydWorld, 'address'>,
  { username: identifier, password }: Pick<GlewlwydPerson, 'username' | 'password'>,
): Promise<string> {
  const target = { kind: 'address', address } as const;
  const result = await app.calls.auth.signIn({ kind: 'glewlwyd', target, identifier, password });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

/** Ends with the test. */
export async function openGlewlwyd(world: GlewlwydWorld, who?: GlewlwydPerson): Promise<GlewlwydUnderTest> {
  const person = who ?? (await makePerson(world));
  const { app, dataFolder } = await openGlewlwydApp();
  const accountId = await signIn(app, world, person);
  return {
    ...{ app, dataFolder, person, accountId },
    prove: () => app.calls.reauth.prove({ accountId, proof: { kind: 'password', password: person.password } }),
    async signInElsewhere(userAgent) {
      const client = openClient(world.address, { userAgent });
      await client.signIn(person.username, person.password);
      return client;
    },
  };
}
