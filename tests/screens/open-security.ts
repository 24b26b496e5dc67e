import type { Page } from '@playwright/test';
import { expect, type Stage } from './fixtures.ts';

/** The security page, of an account that is made if there is none. */
export async function openSecurity(stage: Stage): Promise<Page> {
  if (stage.services.accounts.accounts.length === 0) stage.services.addAccount();
  const page = await stage.open();
  await page.getByRole('link', { name: 'Security' }).click();
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeFocused();
  return page;
}
