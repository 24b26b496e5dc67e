import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { showFirstPage } from './show-first-page.ts';
import { blankPage } from './static-files.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** The first Chromium-like browser of this computer, or undefined. */
export function findBrowser(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [environment['CHROMIUM_PATH'] ?? '', ...onPath, ...usualPlaces(environment, platform)].find(isExecutable);
}

function usualPlaces(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (platform !== 'win32') return [];
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? []);
  return roots.flatMap((root) => [
    join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ]);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

export function hasDisplay(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return (
    platform === 'win32' || platform === 'darwin' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
  );
}

/**
 * Chromium runs as root only without its sandbox, which is never given up for a person. The tests of a container, which are
 * root, name a browser of their own and say so.
 */
function mayOpenWindow(): boolean {
  return process.getuid?.() !== 0 || process.env['PROFILE_DESK_WINDOW_FOR_ROOT'] === '1';
}

/** For the person at the terminal. */
function whyNoBrowser(): string {
  if (!mayOpenWindow()) return 'as root a browser would run without its sandbox';
  return hasDisplay()
    ? 'there is no Chromium, Chrome or Edge on this computer (CHROMIUM_PATH names one in an unusual place)'
    : 'there is no display';
}

export interface WindowOpener {
  /** Opens the window, or another one; false if there is no display, no browser, or none that shows the page within the deadline. */
  open(): Promise<boolean>;
  /** Why no window can be opened, or none was, in half a sentence; undefined if nothing speaks against it. */
  obstacle(): string | undefined;
  /** Of the windows: none was ever open, one is, or all are closed again. */
  state(): 'never' | 'open' | 'closed';
  close(): Promise<void>;
}

/** Milliseconds: a browser that has never run on this computer takes its time. */
const openDeadline = 20_000;

/**
 * Opens an address as an app window of its own, in a private profile that keeps nothing on the disk; each window asks for its own.
 * The command line of a process can be read by every user of the computer, and the address lets in: so the window
 * starts on a blank page and is sent there through a pipe. It closes with the pipe.
 * `onClosed`: a window that was open is closed, by whomever.
 */
export function createWindowOpener(
  newUrl: () => string,
  profileFolder: string,
  onClosed: () => void = () => undefined,
): WindowOpener {
  const browser = mayOpenWindow() && hasDisplay() ? findBrowser() : undefined;
  let obstacle = browser ? undefined : whyNoBrowser();
  const processes = new Set<ChildProcess>();
  const windows = new Set<ChildProcess>();
  let started = 0;
  let wasShown = false;

  function forget(child: ChildProcess): void {
    processes.delete(child);
    if (windows.delete(child)) onClosed();
  }

  /** What the display says is known only when the browser has tried it: one that is not there ends the browser at once. */
  function waitForWindow(child: ChildProcess, url: string): Promise<boolean> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, openDeadline, false);
      const finish = (isShown: boolean) => {
        clearTimeout(late);
        resolve(isShown);
      };
      const end = () => {
        forget(child);
        finish(false);
      };
      child.once('exit', end).once('error', end);
      showFirstPage(child.stdio[3] as Writable, child.stdio[4] as Readable, url, {
        onShown() {
          windows.add(child);
          wasShown = true;
          finish(true);
        },
        // Not every Chromium ends with its last window while somebody holds its pipe.
        onGone: () => void endProcess(child),
      });
    });
  }

  return {
    async open() {
      if (!browser) return false;
      const url = newUrl();
      // Two processes can not share a profile folder while both have a pipe.
      const child = startBrowser(browser, url, `${profileFolder}-${++started}`);
      processes.add(child);
      const isShown = await waitForWindow(child, url);
      if (!isShown) await endProcess(child);
      obstacle = isShown ? undefined : `${browser} did not show the page`;
      return isShown;
    },
    obstacle: () => obstacle,
    state: () => (windows.size > 0 ? 'open' : wasShown ? 'closed' : 'never'),
    async close() {
      await Promise.all([...processes].map(endProcess));
    },
  };
}

function startBrowser(program: string, url: string, profileFolder: string): ChildProcess {
  return spawn(program, windowArguments(new URL(blankPage, url).href, profileFolder), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
}

function windowArguments(startUrl: string, profileFolder: string): string[] {
  return [
    `--app=${startUrl}`,
    '--incognito',
    `--user-data-dir=${profileFolder}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--remote-debugging-pipe',
  ];
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  const last = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(last);
}
