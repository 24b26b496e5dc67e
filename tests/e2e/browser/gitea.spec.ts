import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startGitea } from '../../providers/stand-ins/gitea/start-gitea.ts';
import { makeSshKey } from '../../support/ssh-tools.ts';
import { chooseAddress, chooseInMenu, expectProfile, keepPicture, update } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { choosePrimary } from './page-acts.ts';
import { addKeysOf, openScreen } from './security-acts.ts';

test('R2 R5 E11: Forgejo is found, opened with a pasted token, takes an SSH key and, on its page, the address, and is left without the token', async ({
  desk,
}) => {
  const folder = join(desk.folder, 'home', '.ssh');
  mkdirSync(folder, { recursive: true });
  const { publicLine } = await makeSshKey(folder, 'ed25519', 256, 'ada@work');
  await using gitea = await startGitea({ flavour: 'forgejo' });
  const ada = gitea.addPerson('ada', 'password of ada');
  ada.settings.full_name = 'Ada Lovelace';
  ada.emails.push({ email: 'ada@home.example', verified: true, primary: false });
  const token = gitea.addToken(ada, 'Profile Desk', ['write:user']);

  const { page } = await desk.startApp();
  await chooseAddress(page, `${gitea.address}/user/login`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Forgejo at .*127\.0\.0\.1/);
  await page.getByRole('button', { name: 'Open the page for tokens' }).click();
  await expect(page.getByRole('link', { name: 'Open the page for tokens' })).toHaveAttribute(
    'href',
    `${gitea.address}/user/settings/applications`,
  );
  await keepPicture(page, 'gitea-connect');
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
  await choosePrimary(page, ada.emails, {
    address: `${gitea.address}/user/login?redirect_to=%2Fuser%2Fsettings%2Faccount`,
    picture: 'gitea',
    async act(there) {
      await there.getByLabel('Username').fill('ada');
      await there.getByLabel('Password').fill(ada.password);
      await there.getByRole('button', { name: 'Sign in' }).click();
      await expect(there.getByRole('heading', { name: 'Settings: account' })).toBeVisible();
    },
  });
  await expect(page.getByRole('button', { name: /^Make a token at / })).toBeVisible();
  await page.getByRole('heading', { name: 'More at Forgejo' }).scrollIntoViewIfNeeded();
  await keepPicture(page, 'gitea-more');

  await openScreen(page, 'Identity keys');
  await addKeysOf(page, folder, ['ada@work']);
  expect(gitea.state.keys.map(({ content }) => content)).toEqual([publicLine.split(' ').slice(0, 2).join(' ')]);
  await keepPicture(page, 'gitea-ssh-keys');
  await openScreen(page, 'Security');
  await expect(page.getByRole('button', { name: /^Change password at / })).toBeVisible();
  await expect(page.getByText('Forgejo tells Profile Desk nothing about it.')).toBeVisible();
  await expect(page.getByText('Off', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: /^Change password at / }).click();
  await keepPicture(page, 'gitea-untold');
  await page.getByRole('dialog').getByRole('button', { name: 'I am done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await keepPicture(page, 'gitea-security');

  await chooseInMenu(page, 'Sign out');
  await page.getByRole('checkbox', { name: 'Also delete the token at Forgejo' }).check();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: /Sign in again$/ })).toBeVisible();
  expect(gitea.state.tokens).toEqual([]);
});
