import { chromiumLaunchOptions } from '../../support/chromium.ts';
import { chooseInMenu, expectProfile, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';

// Here in the browser that people have; the other specs take its headless shell, where there is one.
test.use({ launchOptions: chromiumLaunchOptions({ whole: true }) });

test('D7 W1 W3 D3: first start to the profile of the demo account, without a network, of which nothing is kept', async ({
  desk,
}) => {
  const { page } = await desk.startApp();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await keepPicture(page, 'first-start');
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await expect(page.getByRole('heading', { name: 'Demo account' })).toBeVisible();
  await keepPicture(page, 'sign-in');
  await page.getByRole('button', { name: 'Use and sign in' }).click();
  await expectProfile(page);
  await keepPicture(page, 'profile');
  // The sections in their order.
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    'User Information',
    'Notifications and Daily Report',
    'Connect API Key',
    'Contact Information',
    'Security (password)',
    'MFA',
    'Delete account',
  ]);
  await expect(page.getByText('Nothing is saved after you close', { exact: true })).toBeVisible();
  await chooseInMenu(page, 'Sign out');
  await expect(page.getByRole('heading', { name: 'Choose an account' })).toBeVisible();
});

test('D1: the token leaves the address bar, and a reload stays signed in', async ({ desk }) => {
  const { page, pass } = await desk.startApp();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await expect.poll(() => page.url()).not.toContain(pass['x-profile-desk-code']);
  for (const again of ['once', 'and again']) {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Sign in', exact: true }), again).toBeVisible();
  }
});
