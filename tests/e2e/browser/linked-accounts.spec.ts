import type { Page } from '@playwright/test';
import { startIdentityProvider, type RealIdentityProvider } from '../../support/identity-provider.ts';
import { chooseAddress, chooseInMenu, expectProfile, givePassword, keepPicture, signIn } from './acts.ts';
import { expect, test, type Desk } from './fixtures.ts';
import { openScreen, prove } from './security-acts.ts';

function startServer(desk: Desk, { flag }: RealIdentityProvider, permissions = 'Users Edit') {
  return desk.startServer({
    preset: 'contact-center',
    args: ['--identity-provider', flag, '--permissions', permissions],
  });
}

/** Follows the link of the waiting screen into another tab, where the provider's own pages are. */
async function openProvider(page: Page): Promise<Page> {
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Open the sign-in page' }).click();
  return opening;
}

/** Waits for the last page, and closes it as it says: the tab behind another one does not draw. */
async function comeBack(there: Page): Promise<void> {
  await expect(there.getByRole('heading', { name: 'You can close this page' })).toBeVisible();
  await keepPicture(there, 'identity-callback');
  await there.close();
}

async function signInThere(page: Page, name: string): Promise<void> {
  const there = await openProvider(page);
  await there.getByPlaceholder('Enter any login').fill(name);
  await there.getByPlaceholder('and password').fill('any');
  await there.getByRole('button', { name: 'Sign-in' }).click();
  await agree(there);
}

async function agree(there: Page): Promise<void> {
  await there.getByRole('button', { name: 'Continue' }).click();
  await comeBack(there);
}

async function beginLink(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Link Account' }).click();
  await page.getByRole('menuitem', { name: 'Brightline Sign-in' }).click();
}

test('C3: an identity of a real provider is linked, signs in, and is unlinked', async ({ desk }) => {
  await using provider = await startIdentityProvider();
  const server = await startServer(desk, provider);
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Security');
  await beginLink(page);
  await prove(page, server.demo.password);
  await signInThere(page, 'daniel');
  const section = page.getByRole('region', { name: 'Linked accounts' });
  await expect(page.getByText('“daniel@id.example” is linked')).toBeVisible();
  await keepPicture(page, 'identity-linked');

  await chooseInMenu(page, 'Sign out');
  await page.getByRole('button', { name: /Sign in again$/ }).click();
  await page.getByRole('button', { name: /Sign in with .*Brightline Sign-in/ }).click();
  // Signed in there already, and asked only whether that is meant.
  await agree(await openProvider(page));
  await expectProfile(page);

  await openScreen(page, 'Security');
  await expect(section.getByText(/last used a moment ago|last used \d+ sec/)).toBeVisible();
  await section.getByRole('button', { name: /^Unlink/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  await prove(page, server.demo.password);
  await expect(section.getByText('No identity is linked')).toBeVisible();

  await chooseInMenu(page, 'Sign out');
  await page.getByRole('button', { name: /Sign in again$/ }).click();
  await page.getByRole('button', { name: /Sign in with .*Brightline Sign-in/ }).click();
  await agree(await openProvider(page));
  await expect(page.getByRole('alert')).toContainText('No account here is linked with this identity');
  await keepPicture(page, 'identity-not-linked');
});

test('C3: declined at the provider, called off here, and a provider that is down leave everything as it was', async ({
  desk,
}) => {
  await using provider = await startIdentityProvider();
  const server = await startServer(desk, provider);
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Security');
  await beginLink(page);
  await prove(page, server.demo.password);
  const there = await openProvider(page);
  await there.getByRole('link', { name: /Cancel/ }).click();
  await comeBack(there);
  await expect(page.getByRole('alert')).toContainText('it was declined there');

  await beginLink(page);
  const back =
    new URL(
      (await page.getByRole('link', { name: 'Open the sign-in page' }).getAttribute('href')) ?? '',
    ).searchParams.get('redirect_uri') ?? '';
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(fetch(back)).rejects.toThrow();

  await provider.close();
  await beginLink(page);
  await expect(page.getByRole('alert')).toContainText('The identity provider cannot be reached');
  await expect(page.getByText('No identity is linked')).toBeVisible();
  await keepPicture(page, 'identity-provider-down');
});

test('C3 X6: without Users Edit linking is locked and says so; the sign-in offers it to everybody', async ({
  desk,
}) => {
  await using provider = await startIdentityProvider();
  const server = await startServer(desk, provider, 'My Account Page Edit');
  const { page } = await desk.startApp();
  await chooseAddress(page, server.address);
  await expect(page.getByRole('button', { name: /Sign in with .*Brightline Sign-in/ })).toBeVisible();
  await givePassword(page, server.demo.identifier, server.demo.password);
  await expectProfile(page);
  await openScreen(page, 'Security');
  await expect(page.getByRole('button', { name: 'Link Account' })).toHaveAccessibleDescription(/Users Edit/);
});
