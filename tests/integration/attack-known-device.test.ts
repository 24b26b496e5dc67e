import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeviceTokens } from '../../server/proofs/device-tokens.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

// Strangers who know somebody's address and fail on purpose, so that its person cannot sign in any more.

let server: TestServer;
let folder: TempFolder;
let app: AppUnderTest;
let accountId: string;

beforeEach(async () => {
  server = await startTestServer();
  folder = makeTempFolder();
  app = await openApp(folder.path);
  accountId = await signIn();
});
afterEach(async () => {
  expect(app.internal).toEqual([]);
  await app.close();
  await server.close();
  folder[Symbol.dispose]();
});

interface Typed {
  readonly identifier?: string;
  readonly password?: string;
  readonly again?: string;
}

async function signIn({ identifier = server.identifier, password = server.password, again }: Typed = {}) {
  const target = { kind: 'address', address: server.address } as const;
  const result = await app.calls.auth.signIn({ target, identifier, password, again });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

/** From the same address as the app, which is the worst. */
async function failAsStrangers(password = server.password): Promise<void> {
  for (let count = 0; count < 5; count += 1) expect((await server.trySignIn('wrong')).status).toBe(401);
  expect((await server.trySignIn(password)).status).toBe(429);
}

const lockedOut = { code: 'rate-limited', details: { reason: 'locked-out' } };
const deviceFiles = async () => (await readdir(folder.path)).filter((name) => name.startsWith('device-'));

describe('E12 M6 strangers who fail at an account', () => {
  it('do not keep its person out on a device that was signed in before, by either name', async () => {
    await app.calls.auth.signOut({ accountId, forget: false });
    await failAsStrangers();
    expect(await signIn()).toBe(accountId);
    await app.calls.auth.signOut({ accountId, forget: false });
    expect(await signIn({ identifier: 'mara.lindqvist', again: accountId })).toBe(accountId);
  });

  it('neither after the app was started again', async () => {
    await app.calls.auth.signOut({ accountId, forget: false });
    await app.close();
    app = await openApp(folder.path);
    await failAsStrangers();
    expect(await signIn()).toBe(accountId);
  });

  it('neither after the password was changed, once the app has renewed its tokens', async () => {
    const next = 'Quiet-harbour-72-lanterns';
    await app.calls.password.change({ accountId, current: server.password, next, endOtherSessions: true });
    server.pass(601);
    await app.calls.sessions.list({ accountId, from: 'provider' });
    await app.calls.auth.signOut({ accountId, forget: false });
    await failAsStrangers(next);
    expect(await signIn({ password: next })).toBe(accountId);
  });

  it('do where the account was removed from this computer: nothing of it is left there', async () => {
    expect(await deviceFiles()).toEqual([`device-${accountId}.sealed`]);
    await app.calls.auth.signOut({ accountId, forget: true });
    expect(await deviceFiles()).toEqual([]);
    await failAsStrangers();
    await expect(signIn()).rejects.toMatchObject(lockedOut);
  });
});

describe('E12 M6 a known device', () => {
  it('has five tries like anybody, and takes none from others', async () => {
    await app.calls.auth.signOut({ accountId, forget: false });
    for (let count = 0; count < 5; count += 1)
      await expect(signIn({ password: 'wrong' })).rejects.toMatchObject({ details: { reason: 'wrong-credentials' } });
    await expect(signIn()).rejects.toMatchObject(lockedOut);
    expect((await server.trySignIn(server.password)).status).toBe(200);
  });

  it('is known by a token that lies in no file in the clear', async () => {
    const { database, stores } = server.server;
    const personId = stores.accounts.findDemo() ?? '';
    const { give } = createDeviceTokens(database.secrets, stores.accounts);
    const tokens = stores.sessions.list(personId).map(({ id }) => give(personId, id));
    expect(tokens).not.toEqual([]);
    expect(listFiles(folder.path).length).toBeGreaterThan(2);
    expect(findSecrets(folder.path, tokens)).toEqual([]);
  });
});
