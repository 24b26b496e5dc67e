import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bootApp, dataFolderOf } from './boot-app.ts';
import { buildApp } from './build-app.ts';

const built = await buildApp();

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('D2 the end of the app', () => {
  it('closes the services first, with the embedded server, and then ends', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.request('accounts.inspect', { kind: 'embedded' });
    const { pid } = (await app.waitFor('utilityProcess.spawn')).detail as { pid: number };
    expect(isRunning(pid)).toBe(true);
    await app.does.quit();
    const { code, journal } = await app.ended;
    expect(code).toBe(0);
    expect(isRunning(pid)).toBe(false);
    // The first quit is held until what was typed is kept, the second until the services are closed.
    expect(journal.filter((entry) => entry.call === 'app.quit')).toHaveLength(3);
  });

  it('keeps what was set for the next start', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'electron-boot-kept-'));
    try {
      {
        await using app = bootApp(built, { userData });
        await app.waitFor('window.show');
        await app.does.request('settings.update', { theme: 'dark' });
        await app.does.quit();
        await app.ended;
      }
      await using app = bootApp(built, { userData });
      await app.waitFor('window.show');
      expect(await app.does.request('settings.get')).toEqual({
        ok: true,
        value: {
          theme: 'dark',
          lockAfterMinutes: null,
          takeKeysBackOnLock: true,
          activityLimit: 10_000,
          notifyOfNew: false,
        },
      });
    } finally {
      rmSync(userData, { recursive: true, force: true });
    }
  });

  it.skipIf(process.platform === 'win32')(
    'follows no link and waits for no pipe in place of its settings (L2)',
    async () => {
      const userData = mkdtempSync(join(tmpdir(), 'electron-boot-link-'));
      const folder = dataFolderOf(userData);
      mkdirSync(folder, { mode: 0o700 });
      const [path, other] = [join(folder, 'settings.json'), join(folder, 'other.json')];
      writeFileSync(other, '{"theme":"light"}');
      spawnSync('mkfifo', [path]);
      try {
        await using app = bootApp(built, { userData });
        await app.waitFor('window.show');
        expect(await app.does.request('settings.get')).toEqual({
          ok: true,
          value: {
            theme: 'system',
            lockAfterMinutes: null,
            takeKeysBackOnLock: true,
            activityLimit: 10_000,
            notifyOfNew: false,
          },
        });
        rmSync(path, { force: true });
        symlinkSync(other, path);
        expect(await app.does.request('settings.update', { theme: 'dark' })).toEqual({
          ok: true,
          value: {
            theme: 'dark',
            lockAfterMinutes: null,
            takeKeysBackOnLock: true,
            activityLimit: 10_000,
            notifyOfNew: false,
          },
        });
        expect([lstatSync(path).isFile(), readFileSync(other, 'utf8')]).toEqual([true, '{"theme":"light"}']);
      } finally {
        rmSync(userData, { recursive: true, force: true });
      }
    },
  );

  it('X13 is drawn in the chosen theme from its first moment, on the ground of the page', async () => {
    const [, light, dark] =
      /--canvas: light-dark\((#\w+), (#\w+)\)/.exec(readFileSync('renderer/ui/tokens.css', 'utf8')) ?? [];
    const userData = mkdtempSync(join(tmpdir(), 'electron-boot-theme-'));
    try {
      {
        await using app = bootApp(built, { userData });
        expect((await app.waitFor('new BrowserWindow')).detail).toMatchObject({ backgroundColor: light });
        await app.does.request('settings.update', { theme: 'dark' });
        expect(await app.does.themeSource()).toBe('dark');
        await app.does.quit();
        await app.ended;
      }
      await using app = bootApp(built, { userData });
      expect((await app.waitFor('new BrowserWindow')).detail).toMatchObject({ backgroundColor: dark });
      expect(await app.does.themeSource()).toBe('dark');
    } finally {
      rmSync(userData, { recursive: true, force: true });
    }
  });

  it('X5 asks the page for what was typed last, before its window goes, and ends although it says nothing', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.subscribe();
    // A page that shows a profile. This one is of nobody.
    await app.does.request('drafts.get', { accountId: 'nobody' });
    await app.does.quit();
    const { code, journal } = await app.ended;
    const told = journal.filter(({ call }) => call === 'page hears' || call === 'app.quit');
    const wanted = { call: 'page hears', detail: { channel: 'drafts.wanted', payload: {} } };
    expect([code, told.map(({ call }) => call)]).toEqual([0, ['app.quit', 'page hears', 'app.quit', 'app.quit']]);
    expect(told).toContainEqual(wanted);
  });

  it('comes with the last window', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.closeWindow({ isPageDirty: false });
    expect((await app.ended).code).toBe(0);
  });
});

describe('W2 closing a window with changes', () => {
  it('asks, and keeps the window or lets it go as answered', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.answerNextQuestionWith(1);
    expect(await app.does.closeWindow({ isPageDirty: true })).toBe(false);
    expect((await app.waitFor('dialog.showMessageBoxSync')).detail).toMatchObject({
      buttons: ['Discard changes', 'Keep editing'],
      cancelId: 1,
    });
    await app.does.answerNextQuestionWith(0);
    expect(await app.does.closeWindow({ isPageDirty: true })).toBe(true);
  });
});

describe('D1 a page in trouble', () => {
  it('that crashed can be reloaded', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.crashPage('crashed');
    expect(await app.waitFor('dialog.showMessageBox')).toMatchObject({
      detail: { message: 'The window stopped working.' },
    });
    await app.waitFor('webContents.reload');
  });

  it('that hangs is left alone if the person waits', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.answerNextQuestionWith(1);
    await app.does.hangPage();
    await app.waitFor('dialog.showMessageBox');
    expect(await app.calls()).not.toContain('webContents.reload');
  });

  it('that ended as it should is no trouble', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.crashPage('clean-exit');
    expect(await app.calls()).not.toContain('dialog.showMessageBox');
  });
});

describe('D2 an error that nobody caught', () => {
  it('is logged with its stack, told, and ends the app', async () => {
    await using app = bootApp(built);
    await app.waitFor('window.show');
    await app.does.throwLater();
    const { code, journal } = await app.ended;
    expect(code).toBe(1);
    const shown = JSON.stringify(journal.find((entry) => entry.call === 'dialog.showErrorBox'));
    expect(shown).toContain('must close');
    expect(shown).not.toContain('nobody caught this');
    expect(readFileSync(join(app.userData, 'logs/profile-desk.log'), 'utf8')).toContain('nobody caught this');
  });
});
