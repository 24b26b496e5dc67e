import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppSnapshot } from '../../shared/contract/app.ts';
import type { AccountsSnapshot, ProviderDescription } from '../../shared/contract/account/accounts.ts';
import { missingBusPrograms, startSessionBus } from '../support/session-bus.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { bootApp, dataFolderOf, type BootedApp } from './boot-app.ts';
import { buildApp } from './build-app.ts';

const built = await buildApp();

async function ask<T>(app: BootedApp, channel: string, input?: unknown): Promise<T> {
  return ((await app.does.request(channel, input)) as { value: T }).value;
}

async function signIn(app: BootedApp): Promise<void> {
  await app.waitFor('window.show');
  const { demo } = await ask<ProviderDescription>(app, 'accounts.inspect', { kind: 'embedded' });
  const signedIn = await app.does.request('auth.signIn', { target: { kind: 'embedded' }, ...demo });
  expect(signedIn).toMatchObject({ ok: true });
}

async function knows(app: BootedApp): Promise<unknown> {
  await app.waitFor('window.show');
  const { accounts } = await ask<AccountsSnapshot>(app, 'accounts.list');
  const { storage } = await ask<AppSnapshot>(app, 'app.snapshot');
  return { accounts: accounts.length, protection: storage.protection };
}
const opened = { accounts: 1, protection: 'key-store' };

describe('D3 the key store of Windows, whose own key lies in a file of Chromium', () => {
  const platform = 'win32';
  const localState = (userData: string) => join(dataFolderOf(userData), 'chromium-keep', 'Local State');

  it('still opens the vault after a power cut in the moment in which there is one', async () => {
    using folder = makeTempFolder();
    const options = { platform, userData: folder.path, localStateDelay: 6_000 } as const;
    await using first = bootApp(built, options);
    void signIn(first).catch(() => undefined);
    const vaultKey = join(dataFolderOf(folder.path), 'store/vault-key.json');
    await expect.poll(() => existsSync(vaultKey), { interval: 5 }).toBe(true);
    await first.kill();
    await using second = bootApp(built, options);
    expect(await knows(second)).toEqual({ accounts: 0, protection: 'key-store' });
  });

  it.each([
    ['is cleared', (file: string) => rmSync(dirname(file), { recursive: true })],
    ['is damaged', (file: string) => writeFileSync(file, '{"os_crypt":')],
    [
      'has another key, and the rest of Chromium',
      (file: string) =>
        writeFileSync(
          file,
          JSON.stringify({
            theirs: 1,
            os_crypt: { encrypted_key: Buffer.alloc(32, 7).toString('base64'), audit: true },
          }),
        ),
    ],
  ])('still opens the vault where that file %s', async (what, harm) => {
    using folder = makeTempFolder();
    const options = { platform, userData: folder.path, localStateDelay: 50 } as const;
    {
      await using app = bootApp(built, options);
      await signIn(app);
      await app.does.quit();
      await app.ended;
    }
    expect(existsSync(localState(folder.path))).toBe(true);
    harm(localState(folder.path));
    await using app = bootApp(built, options);
    expect(await knows(app)).toEqual(opened);
    if (what.includes('the rest'))
      expect(JSON.parse(readFileSync(localState(folder.path), 'utf8'))).toMatchObject({
        theirs: 1,
        os_crypt: { audit: true },
      });
  });

  it('is left alone where nothing was ever kept', async () => {
    using folder = makeTempFolder();
    const file = localState(folder.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{"theirs":1}');
    await using app = bootApp(built, { platform, userData: folder.path });
    await app.waitFor('window.show');
    expect(readFileSync(file, 'utf8')).toBe('{"theirs":1}');
  });
});

describe('D3 a keyring that is locked when Electron asks it, once', () => {
  it('opens after a new start, which is offered; not before', async () => {
    using folder = makeTempFolder();
    const userData = folder.path;
    {
      await using app = bootApp(built, { userData });
      await signIn(app);
      await app.does.quit();
      await app.ended;
    }
    {
      await using app = bootApp(built, { userData, keyStore: 'v10' });
      await app.waitFor('window.show');
      const refused = { ok: false, error: { code: 'key-store-unavailable', reason: 'key-store-needs-restart' } };
      expect(await app.does.request('accounts.list')).toMatchObject(refused);
      await app.does.setKeyring({ now: 'v11' });
      expect(await app.does.request('accounts.list')).toMatchObject(refused);
      expect(await ask(app, 'app.snapshot')).toMatchObject({ storage: { protection: 'locked', restartHelps: true } });
      expect(await app.does.request('app.restart')).toEqual({ ok: true, value: {} });
      const calls = (await app.ended).journal.map(({ call }) => call);
      expect(calls.indexOf('app.relaunch')).toBeGreaterThan(-1);
      expect(calls.indexOf('app.relaunch')).toBeLessThan(calls.indexOf('app.quit'));
    }
    await using app = bootApp(built, { userData });
    expect(await knows(app)).toEqual(opened);
  });

  it('is not needed where the person chose a passphrase: the built key worker makes the key of it', async () => {
    using folder = makeTempFolder();
    const userData = folder.path;
    const text = 'seven tulips behind the mill';
    {
      await using app = bootApp(built, { userData, keyStore: 'v10' });
      await signIn(app);
      expect(await ask(app, 'app.snapshot')).toMatchObject({ storage: { isUndecided: true } });
      const wish = { keyStore: false, passphrase: { kind: 'new', text, hint: null }, current: null };
      expect(await app.does.request('vault.protect', wish)).toMatchObject({ ok: true });
      await app.does.quit();
      await app.ended;
    }
    await using app = bootApp(built, { userData, keyStore: 'v10' });
    await app.waitFor('window.show');
    const needed = { ok: false, error: { code: 'key-store-unavailable', reason: 'passphrase-needed' } };
    expect(await app.does.request('accounts.list')).toMatchObject(needed);
    expect(await app.does.request('vault.unlock', { passphrase: `${text} ` })).toMatchObject({ ok: false });
    expect(await app.does.request('vault.unlock', { passphrase: text })).toMatchObject({ ok: true });
    expect(await knows(app)).toEqual({ accounts: 1, protection: 'passphrase' });
    expect(await app.does.request('vault.lock')).toEqual({ ok: true, value: {} });
    expect(await app.calls(), 'X11 the page begins anew').toContain('webContents.reload');
    expect(await app.does.request('accounts.list')).toMatchObject(needed);
  });

  it.each(['suspend', 'lock-screen'] as const)(
    'X11 locks with the system at %s, where that is wished',
    async (event) => {
      await using app = bootApp(built, { keyStore: 'v10' });
      await app.waitFor('window.show');
      const wish = { keyStore: false, passphrase: { kind: 'new', text: 'seven tulips', hint: null }, current: null };
      expect(await app.does.request('vault.protect', wish)).toMatchObject({ ok: true });
      await app.does.systemTells(event);
      expect(await ask(app, 'app.snapshot')).toMatchObject({ storage: { protection: 'passphrase' } });
      await app.does.request('settings.update', { lockAfterMinutes: 60 });
      await app.does.systemTells(event);
      await app.waitFor('webContents.reload');
      expect(await ask(app, 'app.snapshot')).toMatchObject({ storage: { protection: 'locked' } });
    },
  );

  it.skipIf(missingBusPrograms().length > 0)(
    'X11 locks with the screen of a Linux desktop, where that is wished',
    async () => {
      await using bus = await startSessionBus();
      await using app = bootApp(built, { keyStore: 'v10', env: { DBUS_SESSION_BUS_ADDRESS: bus.address } });
      await app.waitFor('window.show');
      const wish = { keyStore: false, passphrase: { kind: 'new', text: 'seven tulips', hint: null }, current: null };
      expect(await app.does.request('vault.protect', wish)).toMatchObject({ ok: true });
      const logged = () => readFileSync(join(app.userData, 'logs/profile-desk.log'), 'utf8');
      expect(logged()).not.toContain('screen');
      await app.does.request('settings.update', { lockAfterMinutes: 60 });
      await expect.poll(logged, { timeout: 60_000 }).toContain('a locked screen is heard of');
      bus.tell('org.gnome', true);
      await app.waitFor('webContents.reload');
      expect(await ask(app, 'app.snapshot')).toMatchObject({ storage: { protection: 'locked' } });
    },
  );

  it('has the vault key wrapped again where it has a new key of its own', async () => {
    using folder = makeTempFolder();
    const userData = folder.path;
    const file = join(dataFolderOf(userData), 'store/vault-key.json');
    {
      await using app = bootApp(built, { userData });
      await signIn(app);
      await app.does.quit();
      await app.ended;
    }
    const before = readFileSync(file, 'utf8');
    {
      await using app = bootApp(built, { userData, env: { FAKE_STALE_KEY: '1' } });
      expect(await knows(app)).toEqual(opened);
      await expect.poll(() => readFileSync(file, 'utf8')).not.toBe(before);
    }
    await using app = bootApp(built, { userData });
    expect(await knows(app)).toEqual(opened);
  });
});
