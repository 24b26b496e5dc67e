import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base, type BrowserContextOptions, type Page } from '@playwright/test';
import { keyringEnvironment, missingKeyringPrograms } from '../../support/gnome-keyring.ts';
import { startKeyringSession, type KeyringSession } from '../../support/keyring-session.ts';
import { startPreview, type Preview } from '../../support/start-preview.ts';
import { startServer, type ReferenceServer, type ReferenceServerOptions } from '../../support/start-server.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';

/** One person at one computer: real processes, real files, a real browser. */
export interface Desk {
  /** Everything the test writes is below this folder, and gone afterwards. */
  readonly folder: string;
  /** Where saved files go. */
  readonly downloads: string;
  /**
   * Starts the app on the data folder of that name; `keep` says whether there is a key store to keep things under, open
   * or `locked`, `looksForKeyStore` that it finds out by itself that there is none, `screen` what it is looked at with.
   */
  startApp(options?: {
    data?: string;
    keep?: boolean | 'locked';
    looksForKeyStore?: boolean;
    args?: readonly string[];
    screen?: BrowserContextOptions;
  }): Promise<App>;
  /** From the next start of the app on the key store is a new one. Nothing may run in its session. */
  emptyKeyStore(): Promise<void>;
  /** Starts the reference API beside the app. */
  startServer(options?: Partial<ReferenceServerOptions>): Promise<ReferenceServer>;
}

export interface App extends Preview {
  readonly dataFolder: string;
  readonly page: Page;
}

export const test = base.extend<{ desk: Desk }>({
  desk: async ({ browser }, use) => {
    using folder = makeTempFolder();
    await using running = new AsyncDisposableStack();
    const problems: string[] = [];
    let session: { readonly isLocked: boolean; readonly of: KeyringSession } | undefined;

    const home = join(folder.path, 'home');

    async function openPage(url: string, name: string, screen: BrowserContextOptions): Promise<Page> {
      const context = await browser.newContext({
        viewport: { width: 1_200, height: 860 },
        permissions: ['clipboard-read', 'clipboard-write'],
        // Colours alone move in the app (tokens.css): frames that nobody looks at.
        reducedMotion: 'reduce',
        ...screen,
      });
      running.defer(() => context.close());
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
      page.on('console', (message) => {
        // The browser itself reports every failed request; the app has to cope with those, and is seen to.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          problems.push(`${name}: ${message.text()}`);
      });
      await page.goto(url);
      return page;
    }

    async function endSession(): Promise<void> {
      await session?.of[Symbol.asyncDispose]();
      session = undefined;
    }

    /** As a desktop has one: another state is another sign-in. */
    async function sessionWith(isLocked: boolean): Promise<KeyringSession> {
      const missing = missingKeyringPrograms();
      test.skip(missing.length > 0, `no key store to test with: ${missing.join(', ')} missing`);
      if (session?.isLocked !== isLocked) await endSession();
      session ??= { isLocked, of: running.use(await startKeyringSession(home, isLocked ? 'locked' : 'open')) };
      return session.of;
    }

    await use({
      folder: folder.path,
      downloads: join(home, 'Downloads'),
      async startApp({ data = 'app', keep = false, looksForKeyStore = false, args = [], screen = {} } = {}) {
        const dataFolder = join(folder.path, data);
        const where = keep
          ? { session: await sessionWith(keep === 'locked') }
          : { environment: keyringEnvironment(home) };
        const preview = running.use(await startPreview({ dataFolder, args, looksForKeyStore, ...where }));
        return { ...preview, dataFolder, page: await openPage(preview.url, data, screen) };
      },
      async emptyKeyStore() {
        await endSession();
        rmSync(join(home, 'data'), { recursive: true });
      },
      startServer: async (options = {}) =>
        running.use(await startServer({ dataFolder: join(folder.path, 'server'), ...options })),
    });
    expect(problems, 'errors in the console of the page').toEqual([]);
  },
});

export { expect };
