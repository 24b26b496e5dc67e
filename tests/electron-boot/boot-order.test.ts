import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bootApp, dataFolderOf } from './boot-app.ts';
import { buildApp } from './build-app.ts';

const built = await buildApp();

describe('D2 boot order of the built main process', () => {
  it('locks, turns the sandbox on and registers the scheme before ready, and shows the window last', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    const calls = await app.calls();
    const order = [
      'app.requestSingleInstanceLock',
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged',
      'app ready',
      'protocol.handle',
      'Menu.setApplicationMenu',
      'ipcMain.handle',
      'new BrowserWindow',
      'window.loadURL',
      'window.show',
    ];
    expect(calls.filter((call) => order.includes(call))).toEqual(order);
  });

  it('gives app:// a secure origin and nothing more', async () => {
    await using app = bootApp(built);
    const { detail } = await app.waitFor('protocol.registerSchemesAsPrivileged');
    expect(detail).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  });

  it('D3 leaves the key store alone until there is something to keep', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    expect(await app.calls()).not.toContain('safeStorage.isAsyncEncryptionAvailable');
  });

  it('D7 starts no embedded server until it is chosen', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    expect(await app.calls()).not.toContain('utilityProcess.fork');
  });

  it('hands over to the first copy and does nothing else', async () => {
    await using app = bootApp(built, { isSecondCopy: true });
    const { code, journal } = await app.ended;
    expect(code).toBe(0);
    const calls = journal.map((entry) => entry.call);
    for (const call of ['app ready', 'new BrowserWindow', 'ipcMain.handle']) expect(calls).not.toContain(call);
  });

  it('comes to the front when a second copy is started', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.startSecondCopy();
    expect((await app.calls()).slice(-2)).toEqual(['window.restore', 'window.focus']);
  });
});

describe('D2 a second start', () => {
  it('on macOS without a window opens one', async () => {
    await using app = bootApp(built, { platform: 'darwin' });
    await app.waitFor('window.show');
    await app.does.closeWindow({ isPageDirty: false });
    await app.does.startSecondCopy();
    expect((await app.calls()).filter((call) => call === 'new BrowserWindow')).toHaveLength(2);
  });
});

describe('D1 a start that cannot go on', () => {
  it('without its sandbox: told in a dialog once there can be one, and nothing else is done', async () => {
    await using app = bootApp(built, { switches: ['no-sandbox'], platform: 'linux' });
    const { code, journal } = await app.ended;
    expect(code).toBe(1);
    const calls = journal.map((entry) => entry.call);
    expect(calls.slice(calls.indexOf('app ready'))).toEqual(['app ready', 'dialog.showErrorBox', 'app.exit']);
    for (const call of ['app.enableSandbox', 'stderr', 'app.requestSingleInstanceLock'])
      expect(calls).not.toContain(call);
    expect(JSON.stringify(journal)).toContain('without its sandbox');
    expect(existsSync(app.userData)).toBe(false);
  });

  it('for an error that nobody caught: told once there can be a dialog, without a window of ours', async () => {
    await using app = bootApp(built, { env: { FAKE_THROWS_EARLY: '1' }, platform: 'linux' });
    const { code, journal } = await app.ended;
    expect(code).toBe(1);
    const calls = journal.map((entry) => entry.call);
    expect(calls).toContain('dialog.showErrorBox');
    for (const call of ['stderr', 'new BrowserWindow']) expect(calls).not.toContain(call);
    expect(readFileSync(join(app.userData, 'logs/profile-desk.log'), 'utf8')).toContain('before it was ready');
  });

  it.each(['linux', 'darwin', 'win32'] as const)('on %s is told where a person sees it', async (platform) => {
    const file = join(mkdtempSync(join(tmpdir(), 'electron-boot-file-')), 'not-a-folder');
    writeFileSync(file, '');
    await using app = bootApp(built, { args: ['--data-dir', file], platform });
    const calls = (await app.ended).journal.map((entry) => entry.call);
    expect(calls).toContain('dialog.showErrorBox');
    expect(calls).not.toContain('stderr');
    rmSync(join(file, '..'), { recursive: true });
  });
});

describe('D2 data folder', () => {
  it('of a development build is apart from the installed app’s, as is its entry in the key store', async () => {
    await using app = bootApp(built);
    await using packaged = bootApp(built, { isPackaged: true });
    for (const each of [app, packaged]) await each.waitFor('window.show');
    const folderOf = async (each: typeof app) => (await each.waitFor('app.requestSingleInstanceLock')).detail;
    expect(await folderOf(app)).toEqual({ folder: expect.stringMatching(/Profile Desk \(development\)$/) as string });
    expect(await folderOf(packaged)).toEqual({ folder: expect.stringMatching(/Profile Desk$/) as string });
    expect((await app.waitFor('app.setName')).detail).toBe('Profile Desk (development)');
    expect(await packaged.calls()).not.toContain('app.setName');
  });

  it.each(['=', ' '])('is chosen by --data-dir%sDIR, before the lock that belongs to it', async (between) => {
    const folder = mkdtempSync(join(tmpdir(), 'electron-boot-chosen-'));
    try {
      await using app = bootApp(built, {
        args: between === '=' ? [`--data-dir=${folder}`] : ['--data-dir', folder],
      });
      await app.waitFor('window.show');
      expect((await app.waitFor('app.requestSingleInstanceLock')).detail).toEqual({ folder });
      expect(readFileSync(join(folder, 'logs/profile-desk.log'), 'utf8')).toContain('"started"');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says what is wrong with a folder that cannot be used, and ends', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'electron-boot-file-')), 'not-a-folder');
    writeFileSync(file, '');
    await using app = bootApp(built, { args: ['--data-dir', file] });
    const { code, journal } = await app.ended;
    expect(code).toBe(1);
    const shown = journal.find((entry) => entry.call === 'dialog.showErrorBox');
    expect(JSON.stringify(shown)).toContain('--data-dir');
    expect(journal.map((entry) => entry.call)).not.toContain('new BrowserWindow');
    rmSync(join(file, '..'), { recursive: true });
  });

  it('says what to do if the services cannot write there', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'electron-boot-blocked-'));
    try {
      const folder = dataFolderOf(userData);
      mkdirSync(join(folder, 'logs'), { recursive: true });
      writeFileSync(join(folder, 'store'), 'a file in the way of the folder');
      await using app = bootApp(built, { userData });
      const { code, journal } = await app.ended;
      expect(code).toBe(1);
      expect(JSON.stringify(journal.find((entry) => entry.call === 'dialog.showErrorBox'))).toContain(
        'store is not a folder: choose another with --data-dir',
      );
      expect(readFileSync(join(folder, 'logs/profile-desk.log'), 'utf8')).toContain('could not start');
    } finally {
      rmSync(userData, { recursive: true, force: true });
    }
  });
});
