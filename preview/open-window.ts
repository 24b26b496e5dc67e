import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { blankPage } from './static-files.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** The first Chromium-like browser of this computer, or undefined. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string | undefined {
  const onPath = (environment['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [environment['CHROMIUM_PATH'] ?? '', ...onPath, ...usualPlaces(environment, platform)].find(isExecutable);
}

function usualPlaces(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
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

export function hasDisplay(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

export interface WindowOpener {
  /** Opens the window, or another one; false if there is no display or no browser. */
  open(): boolean;
  close(): Promise<void>;
}

/**
 * Opens `url` as an app window of its own, in a private profile that keeps nothing on the disk.
 * The command line of a process can be read by every user of the computer, and `url` holds the token: so the window
 * starts on a blank page and is sent to `url` through a pipe. It closes with the pipe.
 */
export function createWindowOpener(url: string, profileFolder: string): WindowOpener {
  const browser = hasDisplay() ? findBrowser() : undefined;
  const windows = new Set<ChildProcess>();
  let opened = 0;
  return {
    open() {
      if (!browser) return false;
      // Two processes can not share a profile folder while both have a pipe.
      const child = spawn(browser, windowArguments(new URL(blankPage, url).href, `${profileFolder}-${++opened}`), {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      });
      windows.add(child);
      child.once('exit', () => windows.delete(child)).once('error', () => windows.delete(child));
      navigateFirstPage(child.stdio[3] as Writable, child.stdio[4] as Readable, url);
      return true;
    },
    async close() {
      await Promise.all([...windows].map(endProcess));
    },
  };
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
    // Chromium refuses its sandbox to root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
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

interface ProtocolMessage {
  readonly method?: string;
  readonly params?: { readonly sessionId?: string; readonly targetInfo?: { readonly type: string; readonly targetId: string } };
}

/** https://chromedevtools.github.io/devtools-protocol/ : JSON messages, each ended by a NUL. */
function navigateFirstPage(commands: Writable, answers: Readable, url: string): void {
  let id = 0;
  const send = (method: string, params: object, sessionId?: string) =>
    commands.write(`${JSON.stringify({ id: ++id, method, params, sessionId })}\0`);
  commands.on('error', () => commands.destroy());
  let rest = '';
  let isAttached = false;
  const onMessage = ({ method, params }: ProtocolMessage) => {
    const target = params?.targetInfo;
    if (method === 'Target.targetCreated' && target?.type === 'page' && !isAttached) {
      isAttached = true;
      send('Target.attachToTarget', { targetId: target.targetId, flatten: true });
    } else if (method === 'Target.attachedToTarget' && params?.sessionId) {
      send('Page.navigate', { url }, params.sessionId);
    }
  };
  answers.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) onMessage(JSON.parse(message) as ProtocolMessage);
  });
  send('Target.setDiscoverTargets', { discover: true });
}
