import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startGitea } from '../../providers/stand-ins/gitea/start-gitea.ts';
import { makeSshKey } from '../../support/ssh-tools.ts';
import { chooseAddress, chooseInMenu, expectProfile, keepPicture, update } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { openScreen } from './security-acts.ts';

test('R2 R5 E11: Forgejo is found, opened with a pasted token, takes an SSH key, and is left without the token', async ({
  desk,
}) => {
  const folder = join(desk.folder, 'home', '.ssh');
  mkdirSync(folder, { recursive: true });
  const { publicLine } = await makeSshKey(folder, 'ed25519', 256, 'ada@work');
  await using gitea = await startGitea({ flavour: 'forgejo' });
  const ada = gitea.addPerson('ada', 'password of ada');
  ada.settings.full_name = 'Ada Lovelace';
  const token = gitea.addToken(ada, 'Profile Desk', ['write:user']);

  const { page } = await desk.startApp();
  await chooseAddress(page, `${gitea.address}/user/login`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Forgejo at .*127\.0\.0\.1/);
  await page.getByRole('button', { name: 'Open the page for tokens' }).click();
  await expect(page.getByRole('link', { name: 'Open the page for tokens' })).toHaveAttribute(
    'href',
    `${gitea.address}/user/settings/applications`,
  );
  await page.getByLabel('Paste the token here').fill(token);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expectProfile(page);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Ada Lovelace');
  await keepPicture(page, 'gitea-profile');
  await page.getByRole('textbox', { name: 'Location' }).fill('London');
  await update(page);
  // The service has it before its answer is here; until then leaving would ask.
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(ada.settings.location).toBe('London');
  await page.getByRole('heading', { name: 'More at Forgejo' }).scrollIntoViewIfNeeded();
  await keepPicture(page, 'gitea-more');

  await openScreen(page, 'Identity keys');
  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByRole('menuitem', { name: `Look in ${folder}` }).click();
  await page.getByRole('button', { name: 'Add all good ones (1)' }).click();
  await expect(page.getByRole('button', { name: 'Added 1' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('grid', { name: 'Identity keys' }).getByText('ada@work')).toBeVisible();
  expect(gitea.state.keys.map(({ content }) => content)).toEqual([publicLine.split(' ').slice(0, 2).join(' ')]);
  await keepPicture(page, 'gitea-ssh-keys');
  await openScreen(page, 'Security');
  await expect(page.getByRole('button', { name: /^Change password at / })).toBeVisible();
  await expect(page.getByText('Forgejo tells Profile Desk nothing about it.')).toBeVisible();
  await expect(page.getByText('Off', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: /^Change password at / }).click();
  await keepPicture(page, 'gitea-hand-off');
  await page.getByRole('dialog').getByRole('button', { name: 'I am done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await keepPicture(page, 'gitea-security');

  await chooseInMenu(page, 'Sign out');
  await page.getByRole('checkbox', { name: 'Also delete the token at Forgejo' }).check();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: /Sign in again$/ })).toBeVisible();
  expect(gitea.state.tokens).toEqual([]);
});
