import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootApp, type BootedApp } from './boot-app.ts';
import { buildApp } from './build-app.ts';

const built = await buildApp();
let app: BootedApp;
let packaged: BootedApp;
beforeAll(async () => {
  app = bootApp(built);
  packaged = bootApp(built, { isPackaged: true });
  await Promise.all([app.waitFor('window.show'), packaged.waitFor('window.show')]);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await packaged[Symbol.asyncDispose]();
});

interface WindowOptions {
  readonly webPreferences: Record<string, unknown>;
  readonly [name: string]: unknown;
}

describe('D1 the window', () => {
  it('has a sandboxed page without Node, in a session that is kept in memory', async () => {
    const options = (await app.waitFor('new BrowserWindow')).detail as WindowOptions;
    expect(options['show']).toBe(false);
    const { preload, ...preferences } = options.webPreferences;
    expect(preload).toMatch(/preload\.cjs$/);
    expect(preferences).toEqual({
      session: '[session]',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: true,
    });
    expect((await app.waitFor('protocol.handle')).detail).toEqual({ scheme: 'app', partition: 'renderer' });
  });

  it('has developer tools in no packaged build, neither in the window nor in the menu', async () => {
    const options = (await packaged.waitFor('new BrowserWindow')).detail as WindowOptions;
    expect(options.webPreferences['devTools']).toBe(false);
    const menus = [await app.waitFor('Menu.setApplicationMenu'), await packaged.waitFor('Menu.setApplicationMenu')];
    expect(menus.map((menu) => JSON.stringify(menu.detail).includes('toggleDevTools'))).toEqual([true, false]);
  });
});

describe('D1 the page has no network', () => {
  it.each([
    'http://example.test/',
    'https://example.test/',
    'ws://example.test/',
    'wss://example.test/',
    'file:///etc/passwd',
    'ftp://example.test/',
    'http://127.0.0.1:8080/',
    'app://other-host/index.html',
    'app://profile-desk.example.test/',
    'chrome://gpu/',
    'blob:https://example.test/1',
  ])('cancels %s', async (url) => {
    expect(await app.does.isCancelled(url)).toBe(true);
    // Also in a session that nobody planned to use.
    expect(await app.does.isCancelled(url, '')).toBe(true);
  });

  it.each(['app://profile-desk/index.html', 'data:image/png;base64,AA==', 'blob:app://profile-desk/1'])(
    'lets %s pass',
    async (url) => {
      expect(await app.does.isCancelled(url)).toBe(false);
    },
  );

  it.each(['own window', 'stray page'] as const)('gives no peer account a way out of %s', async (of) => {
    expect(await app.does.webRtcPolicy(of)).toBe('disable_non_proxied_udp');
  });

  it('looks up no name, which would tell it to somebody', async () => {
    const rules = (await app.does.journal()).filter((entry) => entry.call === 'app.commandLine.appendSwitch');
    expect(rules.map((entry) => entry.detail)).toEqual([{ name: 'host-resolver-rules', value: 'MAP * ~NOTFOUND' }]);
  });

  it('lets developer tools load only in a build that has them', async () => {
    expect(await app.does.isCancelled('devtools://devtools/index.html')).toBe(false);
    expect(await packaged.does.isCancelled('devtools://devtools/index.html')).toBe(true);
  });
});

describe('D1 the page gets nothing', () => {
  it.each(['renderer', ''])(
    'no permission, device or screen in session %j, and no dictionary from the network',
    async (partition) => {
      const { asked, ...granted } = await app.does.permissions(partition);
      expect(asked).toBeGreaterThan(40);
      expect(granted).toEqual({ requested: [], checked: [], device: false, display: null, spellChecker: false });
    },
  );

  it('no dictionary is asked for, which is begun with before a session is told of', async () => {
    expect(await app.calls()).not.toContain('spell checker asks for dictionaries');
  });

  it('X12 no clipboard, and copies all the same: by the services', async () => {
    expect((await app.does.permissions()).requested).not.toContain('clipboard-sanitized-write');
    expect(await app.does.request('clipboard.copyText', { text: 'a fingerprint' })).toEqual({ ok: true, value: {} });
    expect((await app.waitFor('clipboard.write')).detail).toEqual({ 'text/plain': 'a fingerprint' });
    expect(await app.does.clipboardText()).toBe('a fingerprint');
  });

  it('no bluetooth device, of which Electron would take the first', async () => {
    expect(await app.does.bluetoothChoice()).toBe('');
  });

  it('no download', async () => {
    expect(await app.does.isDownloadPrevented()).toBe(true);
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s is prevented, in every page there is',
    async (name) => {
      expect(await app.does.isPrevented(name)).toBe(true);
      expect(await app.does.isPrevented(name, 'stray page')).toBe(true);
    },
  );
});

describe('D1 new windows and the system browser', () => {
  const openedIn = async (url: string) => {
    const before = (await app.does.journal()).filter((entry) => entry.call === 'shell.openExternal').length;
    const answer = await app.does.openWindow(url);
    const opened = (await app.does.journal()).filter((entry) => entry.call === 'shell.openExternal').slice(before);
    return { answer, opened: opened.map((entry) => entry.detail) };
  };

  it('never opens a window, and gives a listed https origin to the system browser', async () => {
    expect(await openedIn('https://www.electronjs.org/docs/latest/')).toEqual({
      answer: { action: 'deny' },
      opened: ['https://www.electronjs.org/docs/latest/'],
    });
  });

  it.each([
    'http://www.electronjs.org/',
    'blob:https://www.electronjs.org/1',
    'https://www.electronjs.org.example.test/',
    'https://user@www.electronjs.org/',
    'https://www.electronjs.org:444/',
    'https://example.test/?https://www.electronjs.org/',
    'file:///bin/sh',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'not an address',
    '',
  ])('opens nothing for %j', async (url) => {
    expect(await openedIn(url)).toEqual({ answer: { action: 'deny' }, opened: [] });
  });
});
