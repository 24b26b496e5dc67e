import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleOf } from '../tests/support/bundles.ts';
import { closePages, makeHeadless, windowForRoot } from '../tests/support/headless-window.ts';
import { spawnWatched } from '../tests/support/spawned.ts';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { findBrowser } from './open-window.ts';
import { runFolderPrefix } from './instance.ts';

const chromium = findBrowser();

/** The shell as people start it, with a window of a browser without a screen. */
async function startWithWindow(folder: string, environment: NodeJS.ProcessEnv = {}, options: readonly string[] = []) {
  const entry = await bundleOf('preview');
  const own = {
    ...windowForRoot,
    CHROMIUM_PATH: makeHeadless(chromium ?? '', folder),
    DISPLAY: ':99',
    WAYLAND_DISPLAY: '',
    TMPDIR: folder,
  };
  const args = [entry, '--data-dir', join(folder, 'data'), '--no-key-store', ...options];
  return spawnWatched(process.execPath, args, { ...process.env, ...own, ...environment });
}

function closeWindow(folder: string): Promise<void> {
  const run = readdirSync(folder).find((name) => name.startsWith(runFolderPrefix)) ?? '';
  return closePages(join(folder, run, 'browser-1'));
}

describe.skipIf(process.platform !== 'linux' || !chromium)('D1: the browser shell and its window', () => {
  it('ends with its window, and leaves nothing behind', async () => {
    using folder = makeTempFolder();
    await using shell = await startWithWindow(folder.path);
    await shell.waitFor(/is open in its own window/);
    expect(shell.output(), 'L14: who has a window needs no link').not.toContain('http');
    await closeWindow(folder.path);
    expect(await shell.ended).toBe(0);
    expect(readdirSync(folder.path).filter((name) => name.startsWith(runFolderPrefix))).toEqual([]);
  });

  it('stays for a page in another browser, and ends with that', async () => {
    using folder = makeTempFolder();
    await using shell = await startWithWindow(folder.path);
    await shell.waitFor(/is open in its own window/);
    await using copy = await startWithWindow(folder.path, {}, ['--no-open']);
    const [, origin, code = ''] = await copy.waitFor(/(http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)/);
    const leaving = new AbortController();
    const headers = { 'x-profile-desk-token': 'T'.repeat(43), 'x-profile-desk-code': code };
    const events = () => fetch(`${origin}/events`, { headers, signal: leaving.signal });
    const page = await events();
    await closeWindow(folder.path);
    // Longer than the grace after which an unused shell ends.
    const isHere = new Promise((resolve) => setTimeout(resolve, 4_500, 'here'));
    expect(await Promise.race([isHere, shell.ended])).toBe('here');
    expect(page.status).toBe(200);
    leaving.abort();
    expect(await shell.ended).toBe(0);
  });

  it('opens another window for a second copy, and prints no link either (L14)', async () => {
    using folder = makeTempFolder();
    await using shell = await startWithWindow(folder.path);
    await shell.waitFor(/is open in its own window/);
    await using copy = await startWithWindow(folder.path);
    expect(await copy.ended).toBe(0);
    expect(copy.output()).toBe(`Profile Desk already runs on ${join(folder.path, 'data')} and has opened a window\n`);
  });

  it('says where it is ready when the display it was told of is not there', async () => {
    using folder = makeTempFolder();
    await using shell = await startWithWindow(folder.path, {
      ...windowForRoot,
      CHROMIUM_PATH: chromium,
      DISPLAY: ':4711',
    });
    await shell.waitFor(/is ready: open http:/);
    await shell.stop();
    expect(await shell.ended).toBe(0);
  });
});
