import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { closePages, makeHeadless, windowForRoot } from '../tests/support/headless-window.ts';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { createWindowOpener, findBrowser, hasDisplay } from './open-window.ts';

beforeEach(() => Object.entries(windowForRoot).forEach(([name, value]) => vi.stubEnv(name, value)));
afterEach(() => void vi.unstubAllEnvs());

describe('finding a browser and a display', () => {
  it('takes what CHROMIUM_PATH names, then what is on the PATH', () => {
    using folder = makeTempFolder();
    const make = (name: string) => {
      writeFileSync(join(folder.path, name), '');
      chmodSync(join(folder.path, name), 0o755);
      return join(folder.path, name);
    };
    const chrome = make('google-chrome');
    expect(findBrowser({ PATH: folder.path }, 'linux')).toBe(chrome);
    const chromium = make('chromium');
    expect(findBrowser({ PATH: `/nowhere:${folder.path}` }, 'linux')).toBe(chromium);
    expect(findBrowser({ PATH: folder.path, CHROMIUM_PATH: chrome }, 'linux')).toBe(chrome);
    chmodSync(chromium, 0o644);
    expect(findBrowser({ PATH: folder.path }, 'linux')).toBe(chrome);
    expect(findBrowser({ PATH: '' }, 'linux')).toBeUndefined();
  });

  it('asks for a display only where windows need one', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
    expect(hasDisplay({}, 'win32')).toBe(true);
  });

  it.runIf(process.platform === 'linux')(
    'opens nothing without a display, without a browser, and says why',
    async () => {
      vi.stubEnv('DISPLAY', '');
      vi.stubEnv('WAYLAND_DISPLAY', '');
      const unseen = createWindowOpener(() => 'http://127.0.0.1:1/#token=x', '/nowhere');
      expect(await unseen.open()).toBe(false);
      expect(unseen.obstacle()).toBe('there is no display');
      vi.stubEnv('DISPLAY', ':0');
      vi.stubEnv('PATH', '');
      vi.stubEnv('CHROMIUM_PATH', '');
      const alone = createWindowOpener(() => 'http://127.0.0.1:1/#token=x', '/nowhere');
      expect(await alone.open()).toBe(false);
      expect(alone.obstacle()).toContain('no Chromium, Chrome or Edge');
    },
  );
});

describe('the sandbox', () => {
  it('is given up for nobody: root gets the address, and why', async () => {
    vi.stubEnv('PROFILE_DESK_WINDOW_FOR_ROOT', '');
    vi.stubEnv('DISPLAY', ':0');
    const getuid = vi.spyOn(process, 'getuid').mockReturnValue(0);
    onTestFinished(() => getuid.mockRestore());
    const opener = createWindowOpener(() => 'http://127.0.0.1:1/#token=x', '/nowhere');
    expect(await opener.open()).toBe(false);
    expect(opener.obstacle()).toBe('as root a browser would run without its sandbox');
    expect(readFileSync(join(import.meta.dirname, 'open-window.ts'), 'utf8')).not.toContain("'--no-sandbox'");
  });
});

/** A page that tells its server the fragment it was opened with. */
async function startPage() {
  let tell: (fragment: string) => void = () => undefined;
  const fragment = new Promise<string>((resolve) => (tell = resolve));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://page');
    if (url.pathname === '/seen') tell(url.searchParams.get('fragment') ?? '');
    response.setHeader('content-type', 'text/html');
    response.end(
      url.pathname === '/' ? '<script>fetch("/seen?fragment=" + encodeURIComponent(location.hash))</script>' : '',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fragment,
    close: () => server.close(),
  };
}

function commandLines(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .map((name) => readCommandLine(name))
    .join('\n');
}

function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It has ended since.
  }
}

const chromium = findBrowser();

describe.skipIf(process.platform !== 'linux' || !chromium)('an app window in a real Chromium', () => {
  function useHeadless(folder: string): void {
    vi.stubEnv('CHROMIUM_PATH', makeHeadless(chromium ?? '', folder));
    vi.stubEnv('DISPLAY', ':99');
  }

  it('gets its token where no other user of the computer can read it, and closes with us', async () => {
    using folder = makeTempFolder();
    useHeadless(folder.path);
    const page = await startPage();
    const opener = createWindowOpener(
      () => `${page.address}/#token=seen-by-the-page-alone`,
      join(folder.path, 'profile'),
    );
    expect(await opener.open()).toBe(true);
    expect(await page.fragment).toBe('#token=seen-by-the-page-alone');
    expect(commandLines()).toContain(`--app=${page.address}/blank`);
    expect(commandLines()).not.toContain('seen-by-the-page-alone');
    await opener.close();
    await expect.poll(commandLines).not.toContain(`--app=${page.address}`);
    page.close();
  });

  it('is told of when its last page is closed, and no process of it stays', async () => {
    using folder = makeTempFolder();
    useHeadless(folder.path);
    const page = await startPage();
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const opener = createWindowOpener(
      () => `${page.address}/`,
      join(folder.path, 'profile'),
      () => closed(),
    );
    expect(opener.state()).toBe('never');
    await opener.open();
    expect(opener.state()).toBe('open');
    await closePages(join(folder.path, 'profile-1'));
    await isClosed;
    expect(opener.state()).toBe('closed');
    await expect.poll(commandLines).not.toContain(`--app=${page.address}`);
    page.close();
  });

  it('is none where the display is not there (any more), or the page is not', async () => {
    using folder = makeTempFolder();
    vi.stubEnv('CHROMIUM_PATH', chromium);
    vi.stubEnv('DISPLAY', ':4711');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    const stale = createWindowOpener(() => 'http://127.0.0.1:1/', join(folder.path, 'stale'));
    expect(await stale.open()).toBe(false);
    expect(stale.state()).toBe('never');
    useHeadless(folder.path);
    const nowhere = createWindowOpener(() => 'http://127.0.0.1:1/', join(folder.path, 'nowhere'));
    expect(await nowhere.open()).toBe(false);
    await nowhere.close();
  });
});
