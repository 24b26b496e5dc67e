import type { Page } from '@playwright/test';
import { keepPicture as keepPictureAt } from '../../support/pictures.ts';
import type { ReferenceServer } from '../../support/start-server.ts';
import { expect } from './fixtures.ts';

// What a person does, in the words on the screen.

export async function chooseAddress(page: Page, address: string): Promise<void> {
  await page.getByRole('button', { name: 'Connect to a service' }).click();
  await page.getByLabel('Address of the service').fill(address);
  await page.getByRole('button', { name: 'Continue' }).click();
}

export async function givePassword(page: Page, identifier: string, password: string): Promise<void> {
  await page.getByLabel('E-mail or username').fill(identifier);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** From the first screen to the profile, at a server that runs beside the app. */
export async function signIn(page: Page, { address, demo }: ReferenceServer): Promise<void> {
  await chooseAddress(page, address);
  await givePassword(page, demo.identifier, demo.password);
  await expectProfile(page);
}

/** Back to the account that was signed out here, as far as its password. */
export async function resume(page: Page, { demo }: ReferenceServer): Promise<void> {
  await page.getByRole('button', { name: /Sign in again$/ }).click();
  await givePassword(page, demo.identifier, demo.password);
}

export async function expectProfile(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'User Information' })).toBeVisible();
}

export async function update(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Update/ }).click();
}

/** Opens the profile menu and takes one of its entries. */
export async function chooseInMenu(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** For looking at, if wanted: test-results/states/NAME.png */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await keepPictureAt(page, `states/${name}`);
}
