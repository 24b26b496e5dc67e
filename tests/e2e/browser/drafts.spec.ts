import type { Locator, Page } from '@playwright/test';
import { ada } from '../../providers/keycloak/people.ts';
import { deskClient } from '../../providers/keycloak/realm.ts';
import { recordOf } from '../../providers/keycloak/record-of.ts';
import { startGitea } from '../../providers/stand-ins/gitea/start-gitea.ts';
import { startKeycloakStandIn } from '../../providers/stand-ins/keycloak/start-stand-in.ts';
import { findSecrets } from '../../support/find-secrets.ts';
import type { ReferenceServer } from '../../support/start-server.ts';
import {
  chooseAddress,
  chooseInMenu,
  expectProfile,
  givePassword,
  keepPicture,
  resume,
  signIn,
  update,
} from './acts.ts';
import { expect, test } from './fixtures.ts';
import { comeBack, openThere } from './page-acts.ts';
import { openScreen } from './security-acts.ts';

const cityOn = (page: Page): Locator => page.getByRole('textbox', { name: 'City' });
const markOn = (page: Page): Locator => page.getByRole('link', { name: 'Profile has a draft' });
const comparisonOn = (page: Page): Locator => page.getByRole('group', { name: /Changed elsewhere too/ });

test('X5 D3: killed while somebody types, offline and on again: the draft comes back sealed, is compared and never sent by itself', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const port = Number(new URL(server.address).port);
  const first = await desk.startApp({ keep: true });
  await signIn(first.page, server);
  await expect(cityOn(first.page)).not.toHaveValue('');
  const before = await cityOn(first.page).inputValue();
  await server.kill();

  await test.step('killed in the middle of a word: what was typed before it is kept', async () => {
    await cityOn(first.page).fill('Seeddraftville');
    await expect(markOn(first.page)).toBeVisible();
    await cityOn(first.page).press('End');
    await cityOn(first.page).pressSequentially(' Nor');
    await first.kill();
    expect(findSecrets(first.dataFolder, ['Seeddraftville'])).toEqual([]);
  });

  const second = await desk.startApp({ keep: true });
  await test.step('without the service it is in the form again, and goes on', async () => {
    await expectProfile(second.page);
    await expect(cityOn(second.page)).toHaveValue(/^Seeddraftville/);
    await expect(second.page.getByText('Your draft of a moment ago is back')).toBeVisible();
    await cityOn(second.page).fill('Seeddraftville Nord');
    await second.page.getByRole('textbox', { name: 'Address line 2' }).fill('Seedfloor 4');
    await openScreen(second.page, 'Security');
    await markOn(second.page).click();
    await expect(cityOn(second.page)).toHaveValue('Seeddraftville Nord');
    await keepPicture(second.page, 'draft-offline');
    await second.kill();
  });

  const back = await desk.startServer({ port });
  const theirs = (await desk.startApp({ data: 'theirs' })).page;
  await signIn(theirs, back);
  await expect(cityOn(theirs)).toHaveValue(before);
  await cityOn(theirs).fill('Their city');
  await update(theirs);
  await expect(theirs.getByText('Saved', { exact: true })).toBeVisible();

  await test.step('beside what others changed meanwhile, and sent by Update alone', async () => {
    const { page, stop, dataFolder } = await desk.startApp({ keep: true });
    await expect(comparisonOn(page)).toContainText('Seeddraftville Nord');
    await expect(comparisonOn(page)).toContainText('Their city');
    await keepPicture(page, 'draft-compared');
    await theirs.reload();
    await expect(cityOn(theirs)).toHaveValue('Their city');
    await comparisonOn(page).getByRole('button', { name: 'Keep yours' }).click();
    await update(page);
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await expect(markOn(page)).toHaveCount(0);
    await theirs.reload();
    await expect(cityOn(theirs)).toHaveValue('Seeddraftville Nord');
    await expect(theirs.getByRole('textbox', { name: 'Address line 2' })).toHaveValue('Seedfloor 4');
    await stop();
    expect(findSecrets(dataFolder, ['Seeddraftville', 'Seedfloor'])).toEqual([]);
  });
});

test('X5: a session that the service ends, a sign-out and a restart leave the draft, and removing the account takes it', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const first = await desk.startApp({ keep: true });
  await signIn(first.page, server);
  await cityOn(first.page).fill('Draftville');
  await expect(markOn(first.page)).toBeVisible();

  await test.step('the service ends the session, and the app is started anew', async () => {
    const elsewhere = (await desk.startApp({ data: 'elsewhere' })).page;
    await signIn(elsewhere, server);
    await openScreen(elsewhere, 'Sessions');
    await elsewhere.getByRole('button', { name: 'Close all others' }).click();
    await elsewhere
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Close/ })
      .click();
    await expect(elsewhere.getByText('No other sessions')).toBeVisible();
    await first.stop();
  });

  const { page } = await desk.startApp({ keep: true });
  await test.step('signed in again it is there, and after a sign-out too', async () => {
    await expect(page.getByText('nothing you had typed is lost')).toBeVisible();
    await givePassword(page, server.demo.identifier, server.demo.password);
    await expect(cityOn(page)).toHaveValue('Draftville');
    await chooseInMenu(page, 'Sign out');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep as a draft' }).click();
    await expect(page.getByText(/Draft of/)).toBeVisible();
    await keepPicture(page, 'draft-signed-out');
    await resume(page, server);
    await expect(cityOn(page)).toHaveValue('Draftville');
  });

  await test.step('a draft of another account stays apart, and both are marked', async () => {
    await chooseInMenu(page, 'Add another account');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep as a draft' }).click();
    const other = await desk.startServer({ dataFolder: `${desk.folder}/other` });
    await signIn(page, other);
    await expect(cityOn(page)).not.toHaveValue('Draftville');
    await cityOn(page).fill('Otherville');
    await expect(markOn(page)).toBeVisible();
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await expect(page.getByRole('menuitem', { name: /Draft of/ })).toHaveCount(2);
    await keepPicture(page, 'draft-accounts');
    await page
      .getByRole('menuitem', { name: /Draft of/ })
      .first()
      .click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep as a draft' }).click();
    await expect(cityOn(page)).toHaveValue('Draftville');
  });

  await test.step('removing the account names the draft and takes it', async () => {
    // As long as the service has not answered nothing could be sent, and leaving asks nothing.
    await expect(page.getByRole('button', { name: 'Update 1 change' })).toBeEnabled();
    await chooseInMenu(page, 'Sign out and remove from this computer');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep as a draft' }).click();
    const question = page.getByRole('alertdialog', { name: /^Remove/ });
    await expect(question).toContainText('Your draft: a change to your profile that was not sent');
    await question.getByRole('button', { name: 'Sign out and remove' }).click();
    await expect(cityOn(page)).toHaveValue('Otherville');
  });
});

const passphrase = 'seven tulips behind the mill';

async function signInUnderPassphrase(page: Page, { address, demo }: ReferenceServer): Promise<void> {
  await chooseAddress(page, address);
  await givePassword(page, demo.identifier, demo.password);
  const choice = page.getByRole('dialog', { name: 'How should this computer keep your data?' });
  await choice.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await choice.getByLabel('Passphrase again').fill(passphrase);
  await choice.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This is what opens your data from now on.')).toBeVisible();
}

async function unlock(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Unlock Profile Desk' })).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
}

test('X5 X11: locked in the middle of a word, the passphrase brings it back', async ({ desk }) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp({ looksForKeyStore: true });
  await signInUnderPassphrase(page, server);
  await cityOn(page).fill('Draftvil');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+l')]);
  await unlock(page);
  await expect(cityOn(page)).toHaveValue('Draftvil');
});

test('X5 X11: locked or ended from outside in the middle of a word, which the page knows alone: it comes back', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const { page, origin, stop } = await desk.startApp({ looksForKeyStore: true });
  const [asked] = await Promise.all([
    page.waitForRequest(`${origin}/rpc`),
    page.reload().then(() => signInUnderPassphrase(page, server)),
  ]);
  const headers = { ...asked.headers(), 'content-type': 'application/json' };
  /** As the system does it, whose sleep and screen the page hears nothing of. */
  const lock = () =>
    fetch(`${origin}/rpc`, { method: 'POST', headers, body: JSON.stringify({ channel: 'vault.lock' }) });

  await test.step('locked, while the window keeps the focus', async () => {
    await expect(cityOn(page)).not.toHaveValue('');
    await cityOn(page).fill('Lockedvil');
    await Promise.all([page.waitForEvent('load'), lock()]);
    await unlock(page);
    await expect(cityOn(page)).toHaveValue('Lockedvil');
  });

  await test.step('ended, as by the end of the session', async () => {
    await cityOn(page).fill('Endedvil');
    await stop();
    const next = (await desk.startApp({ looksForKeyStore: true })).page;
    await unlock(next);
    await expect(cityOn(next)).toHaveValue('Endedvil');
  });
});

test('X5 R3: at Keycloak and Gitea too, fields that they describe come back, and one that is locked by then is shown', async ({
  desk,
}) => {
  await using keycloak = await startKeycloakStandIn();
  keycloak.realm.switches.editsUsername = true;
  await using gitea = await startGitea({ flavour: 'forgejo' });
  const first = await desk.startApp({ keep: true });
  const section = (page: Page, service: string) => page.getByRole('region', { name: `More at ${service}` });

  await test.step('typed at both', async () => {
    const { page } = first;
    await chooseAddress(page, `${keycloak.issuer}/account/`);
    await page.getByRole('textbox', { name: 'Client ID' }).fill(deskClient);
    await page.getByRole('button', { name: /^Sign in at / }).click();
    const there = await openThere(page, 'Open the sign-in page');
    await there.getByLabel('Username or email').fill(ada.username);
    await there.getByLabel('Password').fill(ada.password);
    await there.getByRole('button', { name: 'Sign In' }).click();
    await comeBack(there);
    await section(page, 'staff').getByLabel('Department').selectOption('Support');
    await page.getByRole('textbox', { name: 'Username' }).fill('ada.the.first');
    await expect(markOn(page)).toBeVisible();
    await chooseInMenu(page, 'Add another account');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep as a draft' }).click();
    const person = gitea.addPerson('ada', 'password of ada');
    await chooseAddress(page, gitea.address);
    await page.getByLabel('Paste the token here').fill(gitea.addToken(person, 'Profile Desk', ['write:user']));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('textbox', { name: 'Location' }).fill('London');
    await expect(markOn(page)).toBeVisible();
    await first.kill();
  });

  keycloak.realm.switches.editsUsername = false;
  await test.step('and there again at both after a kill, with what is locked meanwhile beside the form', async () => {
    const { page } = await desk.startApp({ keep: true });
    await expect(page.getByRole('textbox', { name: 'Location' })).toHaveValue('London');
    await update(page);
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitem', { name: /staff.*Draft of/ }).click();
    await expect(section(page, 'staff').getByLabel('Department')).toHaveValue('support');
    await expect(page.getByRole('listitem').filter({ hasText: 'ada.the.first' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Username' })).toHaveValue(ada.username);
    await expect.poll(() => recordOf(keycloak, ada)).toMatchObject({ attributes: ada.attributes });
    await keepPicture(page, 'draft-keycloak');
  });
});
