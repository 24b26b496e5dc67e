import { expect, test as base, type Page } from '@playwright/test';
import type { FakeServices } from '../../renderer/testing/fake-services.ts';
import { findFaults } from '../support/find-faults.ts';
import { keepPicture } from '../support/pictures.ts';
import { startScreens } from '../support/start-screens.ts';

export interface Stage {
  readonly services: FakeServices;
  /** Loads the page, in the state that the services are in by then. */
  open(): Promise<Page>;
  /** An address for one more page. */
  newLink(): string;
  /** Looks in both themes for faults that a tool can find (axe, WCAG 2.2 AA), and keeps pictures if they are wanted. */
  judge(name: string): Promise<void>;
  /** Ends the process behind the page. */
  stopShell(): Promise<void>;
}

export const test = base.extend<{ stage: Stage }>({
  stage: async ({ page }, use) => {
    const { services, newLink, close } = await startScreens();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
    await use({
      services,
      newLink,
      async open() {
        await page.goto(newLink());
        return page;
      },
      judge: (name) => judge(page, name),
      stopShell: close,
    });
    // Before its server: what it still reads is no fault of it.
    await page.close();
    await close();
    expect(faults, 'the page reports no error, and nothing is refused by its policy').toEqual([]);
  },
});

async function judge(page: Page, name: string): Promise<void> {
  // The second theme differs in colours alone (tests/lint/themes.test.ts), so in nothing that another rule could find.
  for (const [colorScheme, rules] of [
    ['light', 'all'],
    ['dark', 'colours'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await keepPicture(page, `screens/${name}-${colorScheme}`);
    // What was waited for may be there before the rest of its screen.
    await expect.poll(() => findFaults(page, rules), `axe, ${colorScheme}`).toEqual([]);
  }
}

export { expect };
