import { hasOathtool } from '../../support/oathtool.ts';
import { signInByCurl, statusByCurl } from '../../support/curl.ts';
import { chooseAddress, chooseInMenu, expectProfile, givePassword, keepPicture, resume } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { enrol, giveCode, openScreen, totp } from './security-acts.ts';

test('E6: a forced account is led to MFA at sign-in and gets nowhere else before; then it cannot turn it off', async ({
  desk,
}) => {
  test.skip(!hasOathtool, 'oathtool is missing');
  const server = await desk.startServer({ args: ['--force-mfa'] });
  const { page } = await desk.startApp();
  await chooseAddress(page, server.address);
  await givePassword(page, server.demo.identifier, server.demo.password);
  await expect(page.getByText('Turn on two-step verification to go on')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change password' })).toHaveCount(0);
  await keepPicture(page, 'forced-mfa');
  for (const link of ['Profile', 'Sessions'] as const) {
    await page.getByRole('link', { name: new RegExp(`^${link}`) }).click({ force: true });
    await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();
    await page.goto(`${page.url().split('#')[0]!}#/${link.toLowerCase()}`);
    await expect(page).toHaveURL(/#\/security$/);
  }
  await page.reload();
  await expect(page.getByText('Turn on two-step verification to go on')).toBeVisible();
  await test.step('the server itself lets nothing through', async () => {
    expect(await statusByCurl(server.address, await signInByCurl(server.address, server.demo))).toBe(403);
  });

  const { secret } = await enrol(page);
  await expect(page.getByText(/so it cannot be turned off/)).toBeVisible();
  await expect(page.getByText('Turn on two-step verification to go on')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Turn off' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Remove Phone' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Change password' })).toBeVisible();
  await keepPicture(page, 'forced-mfa-on');
  await openScreen(page, 'Profile');
  await expectProfile(page);
  await chooseInMenu(page, 'Sign out');
  await resume(page, server);
  await giveCode(page, totp(secret, 30));
  await expectProfile(page);
});
