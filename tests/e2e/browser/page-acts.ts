import type { Page } from '@playwright/test';
import { chooseInMenu, keepPicture } from './acts.ts';
import { expect } from './fixtures.ts';

// What a person does where a page of the service stands in the place of a control (R1), and how they leave.

/** Follows the link of what waits into another tab, where the service's own pages are. */
export async function openThere(page: Page, link: string): Promise<Page> {
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: link }).click();
  return opening;
}

/** Waits for the last page, and closes it as it says: the tab behind another one does not draw. */
export async function comeBack(there: Page): Promise<void> {
  await expect(there.getByRole('heading', { name: 'You can close this page' })).toBeVisible();
  await there.close();
}

interface HandOff {
  /** How the button begins. */
  readonly button: RegExp;
  /** Of the menu behind it, where one of several is chosen. */
  readonly entry?: string;
  /** Where the page is. */
  readonly address: string;
  readonly picture: string;
  /** What the person does there. */
  act(there: Page): unknown;
}

/** To a page where the browser stays, and back once the service tells what was done there. */
export async function handOff(page: Page, { button, entry, address, picture, act }: HandOff): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  if (entry !== undefined) await page.getByRole('menuitem', { name: entry }).click();
  const dialog = page.getByRole('dialog');
  const there = await openThere(page, 'Open the page');
  await expect(there).toHaveURL(address);
  await dialog.getByRole('button', { name: 'I am done' }).click();
  await expect(dialog.getByText('Nothing has changed there yet.')).toBeVisible();
  await keepPicture(page, `${picture}-hand-off`);
  await act(there);
  await there.close();
  await dialog.getByRole('button', { name: 'I am done' }).click();
  await expect(dialog.getByText('The service confirms it')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
}

/** At a forge: another one of two addresses becomes the primary one on its page. */
export async function choosePrimary(
  page: Page,
  emails: { readonly email: string; primary: boolean }[],
  { act, ...where }: Omit<HandOff, 'button'>,
): Promise<void> {
  const next = emails.find(({ primary }) => !primary);
  await handOff(page, {
    button: /^Choose the primary address at /,
    ...where,
    async act(there) {
      await act(there);
      for (const each of emails) each.primary = each === next;
    },
  });
  const addresses = page.getByRole('region', { name: 'E-mail addresses' }).getByRole('listitem');
  await expect(addresses.filter({ hasText: next?.email ?? 'none' })).toContainText('Primary');
}

/** Pastes the name and the key of programs that are the way in. */
export async function giveKey(
  page: Page,
  name: { readonly label: string; readonly value: string },
  key: { readonly label: string; readonly value: string },
): Promise<void> {
  await page.getByLabel(name.label).fill(name.value);
  await page.getByRole('textbox', { name: key.label }).fill(key.value);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs out without forgetting the account: it can be signed in to again. */
export async function signOut(page: Page): Promise<void> {
  await chooseInMenu(page, 'Sign out');
  await expect(page.getByRole('button', { name: /Sign in again$/ })).toBeVisible();
}
