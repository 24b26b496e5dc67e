import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Controls } from './fake/controls.ts';
import type { JournalEntry } from './fake/journal.ts';

export interface BootOptions {
  /** What the system prefers, parted by spaces. */
  readonly languages?: string;
  /** What the folder is in; kept by the caller for a second run, otherwise a new one that goes with the app. */
  readonly userData?: string;
  /** What the app takes the system for. */
  readonly platform?: NodeJS.Platform;
  /** Switches of Chromium on the command line. */
  readonly switches?: readonly string[];
  readonly args?: readonly string[];
  readonly isPackaged?: boolean;
  readonly isSecondCopy?: boolean;
  /** First bytes of what the key store gives: v10 is Chromium's fixed password. */
  readonly keyStore?: 'v10' | 'v11' | 'v12';
  /** Milliseconds until Chromium has written the key that it uses on Windows. */
  readonly localStateDelay?: number;
  /** Milliseconds until a utility process has a pid. */
  readonly spawnDelay?: number;
  /** Added to what the app finds around it. */
  readonly env?: Readonly<Record<string, string>>;
}

type Remote = {
  [K in keyof Controls]: (...args: Parameters<Controls[K]>) => Promise<Awaited<ReturnType<Controls[K]>>>;
};

export interface BootedApp {
  /** Acts as the page, the person or an attacker would. */
  readonly does: Remote;
  readonly userData: string;
  /** Resolves once the app has ended by itself. */
  readonly ended: Promise<{ code: number; journal: readonly JournalEntry[] }>;
  /** At once, as a power cut does. */
  kill(): Promise<void>;
  calls(): Promise<string[]>;
  waitFor(call: string): Promise<JournalEntry>;
  [Symbol.asyncDispose](): Promise<void>;
}

type FromChild = { number: number; value: unknown; error?: string } | { ended: number; journal: JournalEntry[] };

/** Generous, because other work may keep every core busy. */
const patienceMs = 150_000;

/** Where the app keeps its data by itself. */
export function dataFolderOf(parent: string, { isPackaged = false }: Pick<BootOptions, 'isPackaged'> = {}): string {
  return join(parent, isPackaged ? 'Profile Desk' : 'Profile Desk (development)');
}

/** Starts the built main process in a Node process of its own, on the fake of Electron. Folder: see build-app.ts. */
export function bootApp(folder: string, options: BootOptions = {}): BootedApp {
  const parent = options.userData ?? mkdtempSync(join(tmpdir(), 'electron-boot-'));
  const userData = dataFolderOf(parent, options);
  const child = fork(join(folder, 'main/main.js'), [...(options.args ?? [])], {
    execArgv: ['--import', new URL('fake/hooks.ts', import.meta.url).href],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      FAKE_USER_DATA: join(parent, 'Profile Desk'),
      FAKE_PLATFORM: options.platform ?? '',
      FAKE_SWITCHES: (options.switches ?? []).join(' '),
      FAKE_LANGUAGES: options.languages ?? 'en-GB de',
      FAKE_PACKAGED: options.isPackaged ? '1' : '',
      FAKE_SECOND_COPY: options.isSecondCopy ? '1' : '',
      FAKE_KEY_STORE: options.keyStore ?? 'v11',
      FAKE_LOCAL_STATE_DELAY: String(options.localStateDelay ?? 10_000),
      FAKE_SPAWN_DELAY: String(options.spawnDelay ?? 10),
      ...options.env,
    },
    serialization: 'advanced',
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let count = 0;
  const ended = new Promise<{ code: number; journal: JournalEntry[] }>((resolve) => {
    child.on('message', (message: FromChild) => {
      if ('ended' in message) return resolve({ code: message.ended, journal: message.journal });
      const order = waiting.get(message.number);
      waiting.delete(message.number);
      if (message.error === undefined) order?.resolve(message.value);
      else order?.reject(new Error(message.error));
    });
  });
  void gone.then(() => waiting.forEach((order) => order.reject(new Error('the app has ended'))));

  const does = new Proxy({} as Remote, {
    get:
      (_target, name: string) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          waiting.set((count += 1), { resolve, reject });
          child.send({ number: count, name, args });
        }),
  });
  return {
    does,
    userData,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    calls: async () => (await does.journal()).map((entry) => entry.call),
    async waitFor(call) {
      let timer: NodeJS.Timeout | undefined;
      const never = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`never called: ${call}`)), patienceMs);
      });
      return await Promise.race([does.whenNoted(call), never]).finally(() => clearTimeout(timer));
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await gone;
      if (options.userData === undefined) rmSync(parent, { recursive: true, force: true });
    },
  };
}
