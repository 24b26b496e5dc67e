import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { createWindowOpener, findBrowser, hasDisplay } from './open-window.ts';

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

  it('opens nothing without a display', () => {
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    expect(createWindowOpener('http://127.0.0.1:1/#token=x', '/nowhere').open()).toBe(process.platform !== 'linux');
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
    response.end(url.pathname === '/' ? '<script>fetch("/seen?fragment=" + encodeURIComponent(location.hash))</script>' : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, fragment, close: () => server.close() };
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
  it('gets its token where no other user of the computer can read it, and closes with us', async () => {
    using folder = makeTempFolder();
    const headless = join(folder.path, 'headless');
    writeFileSync(headless, `#!/bin/sh\nexec '${chromium ?? ''}' --headless=new "$@"\n`);
    chmodSync(headless, 0o755);
    vi.stubEnv('CHROMIUM_PATH', headless);
    vi.stubEnv('DISPLAY', ':99');
    const page = await startPage();
    const opener = createWindowOpener(`${page.address}/#token=seen-by-the-page-alone`, join(folder.path, 'profile'));
    expect(opener.open()).toBe(true);
    expect(await page.fragment).toBe('#token=seen-by-the-page-alone');
    expect(commandLines()).toContain(`--app=${page.address}/blank`);
    expect(commandLines()).not.toContain('seen-by-the-page-alone');
    await opener.close();
    await vi.waitFor(() => expect(commandLines()).not.toContain(`--app=${page.address}`));
    page.close();
  });
});
