import type { Page } from '@playwright/test';
import { expect, type Stage } from './fixtures.ts';

/** The screen of that name in the navigation, of an account that is made if there is none. */
export async function openScreen({ services, open }: Stage, name: string): Promise<Page> {
  if (services.accounts.accounts.length === 0) services.addAccount();
  const page = await open();
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1, exact: true })).toBeFocused();
  return page;
}
