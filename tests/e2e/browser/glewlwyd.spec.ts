import { openClient } from '../../providers/live/glewlwyd/glewlwyd-client.ts';
import { otp, addPerson, seedGlewlwyd } from '../../providers/live/glewlwyd/seed-glewlwyd.ts';
import { agePasswords, startGlewlwyd, whyNoGlewlwyd } from '../../providers/live/glewlwyd/start-glewlwyd.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import { chooseAddress, chooseInMenu, expectProfile, givePassword, keepPicture, update } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { openScreen } from './security-acts.ts';

const why = whyNoGlewlwyd();

test('R2 R9: a real glewlwyd is found, signed in to, changes a name, asks for the password again, and is left', async ({
  desk,
}) => {
  test.skip(why !== undefined, why);
  using folder = makeTempFolder();
  await using server = await startGlewlwyd({ folder: folder.path });
  const { admin } = await seedGlewlwyd(server.address);
  const person = await addPerson(admin, 'Gwen Example', ['g_profile', otp.scope]);
  const other = openClient(server.address, { userAgent: 'another client' });
  await other.signIn(person.username, person.password);
  const { page } = await desk.startApp();
  await chooseAddress(page, `${server.address}/profile.html`);
  await givePassword(page, person.username, person.password);
  await expectProfile(page);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(person.name);

  await page.getByLabel('Name', { exact: true }).fill('Gwen Lloyd');
  await expect(page.getByText('makes your recovery codes stop working')).toBeVisible();
  await keepPicture(page, 'glewlwyd-profile');
  await update(page);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Account menu/ })).toContainText('Gwen Lloyd');
  await keepPicture(page, 'glewlwyd-saved');

  await openScreen(page, 'Security');
  await expect(page.getByRole('button', { name: 'Turn On' })).toBeVisible();
  await keepPicture(page, 'glewlwyd-security');

  agePasswords({ folder: folder.path }, person.username, 601);
  await openScreen(page, 'Sessions');
  await page.getByRole('button', { name: 'Confirm it’s you' }).click();
  const question = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await question.getByLabel('Password', { exact: true }).fill(person.password);
  await question.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('region', { name: 'This session' })).toContainText('127.0.0.1');
  await keepPicture(page, 'glewlwyd-sessions');
  await page.getByRole('button', { name: 'Close all others' }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(page.getByText('No other sessions')).toBeVisible();
  await expect.poll(async () => (await other.request('GET', '/api/profile_list')).status).toBe(401);

  await chooseInMenu(page, 'Sign out');
  await page.getByRole('button', { name: /Sign in again$/ }).click();
  await givePassword(page, person.username, person.password);
  await expectProfile(page);
});
