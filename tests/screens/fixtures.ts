import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { contentSecurityPolicy } from '../../electron/services/content-security-policy.ts';
import { startShellServer } from '../../preview/shell-server.ts';
import { readStaticFiles } from '../../preview/static-files.ts';
import { fakedContract, FakeServices } from '../../renderer/testing/fake-services.ts';
import { createDispatcher, createEmitter } from '../../shared/rpc/dispatcher.ts';

export interface Stage {
  readonly services: FakeServices;
  /** Loads the page, in the state that the services are in by then. */
  open(): Promise<Page>;
  /** Keeps pictures of the state in both themes and looks for faults that a tool can find (axe, WCAG 2.2 AA). */
  judge(name: string): Promise<void>;
  /** Ends the process behind the page. */
  stopShell(): Promise<void>;
}

const renderer = join(import.meta.dirname, '../../dist/renderer');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The built screens, served with their real policy by the real browser shell, over fake services. */
export const test = base.extend<{ stage: Stage }>({
  stage: async ({ page }, use) => {
    const services = new FakeServices();
    const token = randomBytes(16).toString('hex');
    const server = await startShellServer(0, {
      files: readStaticFiles(renderer),
      headers: { 'content-security-policy': contentSecurityPolicy({ connectSrc: "'self'" }) },
      token,
      dispatcher: createDispatcher<typeof fakedContract, IncomingMessage>(fakedContract, services.handlers, {
        isTrusted: () => true,
        report: () => 'K7Q2-0001',
      }),
    });
    services.emit = createEmitter(fakedContract, (message) => server.send(message));
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
    });
    await use({
      services,
      async open() {
        await page.goto(`${server.address}/#token=${token}`);
        return page;
      },
      judge: (name) => judge(page, name),
      stopShell: () => server.close(),
    });
    await server.close();
    expect(faults, 'the page reports no error, and nothing is refused by its policy').toEqual([]);
  },
});

async function judge(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The page would jump to its own height otherwise, and move what is fixed to the window.
    await page.screenshot({ path: `test-results/screens/${name}-${colorScheme}.png`, animations: 'disabled' });
    const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), `axe, ${colorScheme}`).toEqual([]);
  }
}

export { expect };
