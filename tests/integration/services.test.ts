import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import type { FileStore } from '../../electron/services/ports.ts';
import { createServer, type ProfileServer } from '../../server/create-server.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { noKeyWrapper, openApp, type AppUnderTest } from './services-under-test.ts';

let folder: string;
let server: ProfileServer;
let address: string;
let password: string;
const apps: AppUnderTest[] = [];

async function startServer(port = 0): Promise<void> {
  server = await createServer({ dataFolder: join(folder, 'server'), preset: controlAccount });
  const demo = await server.ensureDemoAccount({ resetPassword: false });
  password = demo.password ?? password;
  address = await server.listen(port);
}

async function open(
  name: string,
  ...ports: Parameters<typeof openApp> extends [string, ...infer P] ? P : never
): Promise<AppUnderTest> {
  const app = await openApp(join(folder, name), ...ports);
  apps.push(app);
  return app;
}

async function signIn(app: AppUnderTest, again?: string): Promise<string> {
  const result = await app.calls.auth.signIn({
    target: { kind: 'address', address },
    identifier: 'demo@profile-desk.example',
    password,
    again,
  });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

async function stateOf(app: AppUnderTest): Promise<string | undefined> {
  return (await app.calls.accounts.list()).accounts[0]?.state.kind;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profile-desk-services-'));
  await startServer();
});

afterEach(async () => {
  const internal = apps.flatMap((app) => app.internal);
  await Promise.all(apps.splice(0).map((app) => app.close()));
  await server.close();
  // A reading that was on its way may still be kept.
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  expect(internal).toEqual([]);
});

describe('W1 W2 D2 one way through, against the real server', () => {
  it('signs in, shows the profile, changes it, and finds the change again', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    const change = { accountId, contact: { revision: sections.contact.revision, changes: { city: 'Zürich' } } };
    const { outcomes, snapshot } = await app.calls.profile.update(change);
    expect(outcomes).toEqual({ contact: { saved: true } });
    expect(snapshot.sections.contact.values).toEqual({ ...sections.contact.values, city: 'Zürich' });
  });

  it('shows the other window’s value when both changed the same section', async () => {
    const [one, two] = [await open('one'), await open('two')];
    const ids = [await signIn(one), await signIn(two)] as const;
    const { sections } = await two.calls.profile.get({ accountId: ids[1], from: 'provider' });
    const { revision } = sections.contact;
    await one.calls.profile.update({ accountId: ids[0], contact: { revision, changes: { city: 'Bern' } } });
    const { outcomes, snapshot } = await two.calls.profile.update({
      accountId: ids[1],
      contact: { revision, changes: { city: 'Genf' } },
    });
    expect(outcomes.contact).toEqual({ saved: false, error: { code: 'conflict' } });
    expect(snapshot.sections.contact.values.city).toBe('Bern');
  });

  it('X6 names the permission that a locked field needs, and the server refuses the field by itself', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    expect(sections.user.access.role).toEqual({ kind: 'needs-permission', permission: 'Role Change' });
    const { outcomes } = await app.calls.profile.update({
      accountId,
      user: { revision: sections.user.revision, changes: { role: 'Root' } },
    });
    expect(outcomes.user).toMatchObject({ saved: false, error: { code: 'forbidden', permission: 'Role Change' } });
  });

  it('puts the server’s refusal at its field', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    const changes = { email: 'no address', country: 'Atlantis' };
    const { outcomes } = await app.calls.profile.update({
      accountId,
      contact: { revision: sections.contact.revision, changes },
    });
    expect(outcomes.contact).toMatchObject({
      saved: false,
      error: {
        code: 'invalid-request',
        fields: { email: { code: 'not-an-email' }, country: { code: 'not-a-country' } },
      },
    });
  });

  it('D5 tells of a full disk until something is kept again, though less important things need no room', async () => {
    let isFull = false;
    const onDisk = createNodeFileStore(join(folder, 'app'), createSystemClock());
    const write: FileStore['write'] = async (...file) => {
      if (isFull) throw new AppError('storage-fault', { reason: 'disk-full' });
      return onDisk.write(...file);
    };
    const app = await open('app', { files: { ...onDisk, write } });
    const accountId = await signIn(app);
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    isFull = true;
    const { outcomes } = await app.calls.profile.update({
      accountId,
      contact: { revision: sections.contact.revision, changes: { city: 'Zürich' } },
    });
    expect(outcomes).toEqual({ contact: { saved: true } });
    expect((await app.calls.app.snapshot()).storageFault).toMatchObject({ code: 'storage-fault', reason: 'disk-full' });
    isFull = false;
    await app.calls.profile.get({ accountId, from: 'provider' });
    expect((await app.calls.app.snapshot()).storageFault).toBeNull();
  });
});

describe('D5 without a network', () => {
  it('opens the cached profile after a restart, with its age, and goes on when the server is back', async () => {
    const first = await open('app');
    const accountId = await signIn(first);
    const seen = await first.calls.profile.get({ accountId, from: 'provider' });
    await first.close();
    const port = Number(new URL(address).port);
    await server.close();

    const second = await open('app');
    expect(await second.calls.profile.get({ accountId, from: 'cache' })).toMatchObject({
      source: 'cache',
      takenAt: seen.takenAt,
    });
    const offline = await second.calls.profile.get({ accountId, from: 'provider' });
    expect(offline).toMatchObject({ source: 'cache', takenAt: seen.takenAt });
    expect(offline.sections.contact.values).toEqual(seen.sections.contact.values);
    expect(offline.sections.contact.access.city).toEqual({ kind: 'editable' });
    expect(await stateOf(second)).toBe('offline');

    await startServer(port);
    expect((await second.calls.accounts.check({ id: accountId })).state.kind).toBe('online');
    expect((await second.calls.profile.get({ accountId, from: 'provider' })).source).toBe('provider');
  });

  it('finds out by a look alone that the service is gone (D24), and by itself that it is back', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    await app.calls.profile.get({ accountId, from: 'provider' });
    const port = Number(new URL(address).port);
    await server.close();
    expect(await stateOf(app), 'nobody has asked').toBe('online');
    await app.calls.accounts.look();
    await expect.poll(() => stateOf(app)).toBe('offline');
    const changed = app.events.filter(({ channel }) => channel === 'accounts.changed').at(-1);
    expect(changed?.payload).toMatchObject({
      accounts: [{ state: { kind: 'offline', cause: { code: 'offline', reason: 'connection-refused' } } }],
    });
    await startServer(port);
    await expect.poll(() => stateOf(app), { interval: 100 }).toBe('online');
  });

  it('tells at once that nobody is at the address, and moves with its service to another one', async () => {
    const first = await open('app');
    const accountId = await signIn(first);
    const seen = await first.calls.profile.get({ accountId, from: 'provider' });
    await first.close();
    await server.close();
    const before = address;
    await startServer();
    expect(address).not.toBe(before);

    const app = await open('app');
    expect(await app.calls.profile.get({ accountId, from: 'provider' })).toMatchObject({
      source: 'cache',
      takenAt: seen.takenAt,
    });
    const found = async () => (await app.calls.accounts.list()).accounts;
    expect(await found()).toMatchObject([
      { address: before, state: { kind: 'offline', cause: { code: 'offline', reason: 'connection-refused' } } },
    ]);
    expect(await signIn(app, accountId)).toBe(accountId);
    expect(await found()).toMatchObject([{ id: accountId, address, state: { kind: 'online' } }]);
    expect((await app.calls.profile.get({ accountId, from: 'provider' })).source).toBe('provider');
    await app.close();
    const later = await open('app');
    expect((await later.calls.profile.get({ accountId, from: 'provider' })).source).toBe('provider');
  });

  it('leaves an account where it is when another account, or nobody, is at the address given for it', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    await app.calls.profile.get({ accountId, from: 'provider' });
    const before = address;
    await server.close();
    await expect(signIn(app, accountId)).rejects.toMatchObject({ code: 'offline' });
    await rm(join(folder, 'server'), { recursive: true });
    await startServer();
    expect(await signIn(app, accountId)).not.toBe(accountId);
    expect((await app.calls.accounts.list()).accounts.map((each) => each.address)).toEqual([before, address]);
    expect((await app.calls.profile.get({ accountId, from: 'cache' })).source).toBe('cache');
  });

  it('is another account beside the first where nobody said that the service moved', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    await server.close();
    await startServer();
    expect(await signIn(app)).not.toBe(accountId);
  });

  it('keeps nothing at all where there is no key store, and says so', async () => {
    const first = await open('app', { keyWrapper: noKeyWrapper });
    await signIn(first);
    expect((await first.calls.app.snapshot()).storage).toMatchObject({
      protection: 'this-run-only',
      isUndecided: true,
    });
    expect(first.events.filter(({ channel }) => channel === 'app.changed')).not.toEqual([]);
    await first.close();
    expect(await readdir(join(folder, 'app'))).toEqual([]);
    const second = await open('app', { keyWrapper: noKeyWrapper });
    expect((await second.calls.accounts.list()).accounts).toEqual([]);
  });
});

describe('D3 signing out', () => {
  it('keeps the account but shows nothing of it until the person signs in again', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    await app.calls.profile.get({ accountId, from: 'provider' });
    expect(await app.calls.auth.signOut({ accountId, forget: false })).toEqual({ providerNotified: true });
    expect(await stateOf(app)).toBe('signed-out');
    for (const from of ['cache', 'provider'] as const) {
      await expect(app.calls.profile.get({ accountId, from })).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    expect(await signIn(app)).toBe(accountId);
    expect(await stateOf(app)).toBe('online');
  });

  it('removes every trace of the account when asked to forget it', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    await app.calls.profile.get({ accountId, from: 'provider' });
    await app.calls.auth.signOut({ accountId, forget: true });
    expect((await app.calls.accounts.list()).accounts).toEqual([]);
    const left = await readdir(join(folder, 'app'));
    expect(left.filter((name) => name.includes(accountId))).toEqual([]);
  });

  it('signs out here also when the provider cannot be told, and says so', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    await server.close();
    expect(await app.calls.auth.signOut({ accountId, forget: false })).toEqual({ providerNotified: false });
    expect(await stateOf(app)).toBe('signed-out');
    await startServer();
  });

  it('leaves nothing readable of password, tokens or profile in any file it wrote', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    const secrets = [
      password,
      sections.contact.values.email,
      sections.contact.values.phone,
      sections.contact.values.addressLine1,
      sections.user.values.lastName,
    ];
    const names = await readdir(join(folder, 'app'));
    const files = await Promise.all(names.map((name) => readFile(join(folder, 'app', name), 'latin1')));
    expect(files.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(files.filter((content) => content.includes(secret))).toEqual([]);
  });
});

describe('E12 a session that the provider ended', () => {
  it('is told as such, keeps the profile viewable, and comes back by signing in', async () => {
    const app = await open('app');
    const accountId = await signIn(app);
    await app.calls.profile.get({ accountId, from: 'provider' });
    server.database.run('DELETE FROM sessions');
    expect(await app.calls.profile.get({ accountId, from: 'provider' })).toMatchObject({ source: 'cache' });
    const [account] = (await app.calls.accounts.list()).accounts;
    expect(account?.state).toEqual({ kind: 'signed-out', sessionEnded: true });
    expect(await signIn(app)).toBe(accountId);
    expect(await app.calls.profile.get({ accountId, from: 'provider' })).toMatchObject({ source: 'provider' });
  });
});

describe('wrong credentials', () => {
  it('get the same answer whether or not the account exists, and lock both out alike', async () => {
    const app = await open('app');
    const target = { kind: 'address', address } as const;
    for (const identifier of ['demo@profile-desk.example', 'nobody@profile-desk.example']) {
      const answers: unknown[] = [];
      for (let tries = 0; tries < 6; tries += 1) {
        await app.calls.auth
          .signIn({ target, identifier, password: 'wrong' })
          .catch((error: unknown) => answers.push(error));
      }
      expect(answers[0]).toMatchObject({ code: 'unauthenticated', details: { reason: 'wrong-credentials' } });
      expect(answers[5]).toMatchObject({ code: 'rate-limited', details: { reason: 'locked-out' } });
    }
  });
});
