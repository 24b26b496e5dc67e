import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { _electron, chromium, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { spawnWatched } from '../../support/spawned.ts';
import { startServer, type ReferenceServer, type ReferenceServerOptions } from '../../support/start-server.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import { findApp, packedLaunch, sourceLaunch, whyNot, type AppKind } from './where.ts';

// Here the app starts as people start it (compile-cache.ts).
delete process.env['NODE_COMPILE_CACHE'];

interface RunningApp extends AsyncDisposable {
  readonly page: Page;
  /** Its main process; undefined for a packed app, whose fuses let nobody in. */
  readonly electron: ElectronApplication | undefined;
}

export interface ElectronDesk {
  readonly folder: string;
  startApp(): Promise<Omit<RunningApp, keyof AsyncDisposable>>;
  /** Starts the app once more on the same data, and gives its exit code. */
  startSecondCopy(): Promise<number | null>;
  startServer(options?: Partial<ReferenceServerOptions>): Promise<ReferenceServer>;
}

export const test = base.extend<{ desk: ElectronDesk }, { kind: AppKind; reason: string | undefined }>({
  kind: ['source', { option: true, scope: 'worker' }],
  /** Why nothing can run; told once, since the report of a skipped test keeps its reason to itself. */
  reason: [
    async ({ kind }, use) => {
      const reason = whyNot(kind);
      // In the workflow, which prepares everything, a skipped suite would look like one that passed.
      if (reason && process.env['REQUIRE_ELECTRON']) throw new Error(reason);
      if (reason) process.stderr.write(`Skipped, the app in Electron (${kind}): ${reason}\n`);
      await use(reason);
    },
    { scope: 'worker' },
  ],
  desk: async ({ kind, reason }, use) => {
    test.skip(reason !== undefined, reason);
    using folder = makeTempFolder();
    await using running = new AsyncDisposableStack();
    const dataFolder = join(folder.path, 'app');
    const start = kind === 'source' ? startFromSource : startPacked;
    await use({
      folder: folder.path,
      startApp: async () => running.use(await start(dataFolder)),
      async startSecondCopy() {
        const { binary, args } = findApp(kind);
        const copy = spawn(binary, [...args, '--data-dir', dataFolder], { stdio: 'ignore' });
        const [code] = (await once(copy, 'exit')) as [number | null];
        return code;
      },
      startServer: async (options = {}) =>
        running.use(await startServer({ dataFolder: join(folder.path, 'server'), ...options })),
    });
  },
});

async function startFromSource(dataFolder: string): Promise<RunningApp> {
  const electron = await _electron.launch(sourceLaunch(dataFolder));
  return { electron, page: await electron.firstWindow(), [Symbol.asyncDispose]: () => electron.close() };
}

async function startPacked(dataFolder: string): Promise<RunningApp> {
  const { binary, args } = packedLaunch(dataFolder);
  const app = spawnWatched(binary, args);
  const [, address = ''] = await app.waitFor(/DevTools listening on (ws:\S+)/);
  // Electron has no contexts to manage, which Playwright's defaults would set up.
  const browser = await chromium.connectOverCDP(address, { noDefaults: true });
  const [context] = browser.contexts();
  if (!context) throw new Error('the packed app has no page');
  return {
    electron: undefined,
    page: context.pages()[0] ?? (await context.waitForEvent('page')),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await app.stop();
    },
  };
}

export { expect };
