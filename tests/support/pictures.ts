import type { Page } from '@playwright/test';

/** Of what a test passed through, for people to look at: `npm run screenshots`. No test reads them. */
const areWanted = process.env['PICTURES'] === '1';

/**
 * `name` is a path below test-results, without its ending. Shows the page as it stands when its transitions are over.
 */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (areWanted) await page.screenshot({ path: `test-results/${name}.png`, animations: 'disabled' });
}
