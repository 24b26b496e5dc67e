import type { Locator, Page } from '@playwright/test';
import { findSecrets } from '../../support/find-secrets.ts';
import type { ReferenceServer } from '../../support/start-server.ts';
import { chooseAddress, expectProfile, givePassword, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';

const passphrase = 'seven tulips behind the mill';
const asItWas = /You are seeing your profile as it was/;

const choiceOn = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'How should this computer keep your data?' });

/** Signs in, is asked, and chooses a passphrase. */
async function signInAndChoose(page: Page, { address, demo }: ReferenceServer): Promise<void> {
  await chooseAddress(page, address);
  await givePassword(page, demo.identifier, demo.password);
  const choice = choiceOn(page);
  await choice.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await choice.getByLabel('Passphrase again').fill(passphrase);
  await choice.getByLabel('Hint (optional)').fill('what grew where');
  await keepPicture(page, 'passphrase-chosen');
  await choice.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This is what opens your data from now on.')).toBeVisible();
  await expectProfile(page);
}

test('D3 D5: where there is no key store a passphrase keeps the profile, to be seen without the server after a restart', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const first = await desk.startApp({ looksForKeyStore: true });
  await signInAndChoose(first.page, server);
  const lastName = (page: Page): Locator => page.getByRole('textbox', { name: 'Last name' });
  await expect(lastName(first.page)).not.toHaveValue('');
  const name = await lastName(first.page).inputValue();
  await first.stop();
  await server.kill();

  const { page, dataFolder, output } = await desk.startApp({ looksForKeyStore: true });
  const field = page.getByLabel('Passphrase', { exact: true });
  await expect(page.getByText('Hint: what grew where')).toBeVisible();
  await field.fill('seven tulips behind the hill');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription('This is not the passphrase. Hint: what grew where');
  await field.fill(passphrase);
  await field.press('Enter');
  await expectProfile(page);
  await expect(page.getByText(asItWas)).toBeVisible();
  await expect(lastName(page)).toHaveValue(name);
  await keepPicture(page, 'passphrase-opened');

  await test.step('X11 and locks at once, page and all', async () => {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+l')]);
    await expect(page.getByRole('heading', { name: 'Unlock Profile Desk' })).toBeVisible();
    await expect(page.locator('body')).not.toContainText(name);
    await field.fill(passphrase);
    await field.press('Enter');
    await expectProfile(page);
  });

  expect(findSecrets(dataFolder, [passphrase, 'seven tulips behind the hill'])).toEqual([]);
  expect(output()).not.toContain('tulips');
});

test('D3: a key store that appears, and one that is gone again, are explained, and the data stays', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const first = await desk.startApp({ looksForKeyStore: true });
  await signInAndChoose(first.page, server);
  await first.stop();

  await test.step('it appears', async () => {
    const { page, stop } = await desk.startApp({ keep: true });
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.keyboard.press('Enter');
    await expect(page.getByText('This computer has a key store now')).toBeVisible();
    await page.getByRole('button', { name: 'Choose what opens it' }).click();
    await choiceOn(page).getByLabel('The key store of this computer').check();
    await choiceOn(page).getByLabel('Your passphrase so far').fill(passphrase);
    await choiceOn(page).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('This is what opens your data from now on.')).toBeVisible();
    await stop();
  });

  await test.step('it opens by itself', async () => {
    const { page, stop } = await desk.startApp({ keep: true });
    await expectProfile(page);
    await expect(page.getByText('This computer has a key store now')).toBeHidden();
    await stop();
  });

  await test.step('it is gone', async () => {
    const { page } = await desk.startApp({ looksForKeyStore: true });
    await expect(page.getByText('is not there, is locked, or refused.')).toBeVisible();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.keyboard.press('Enter');
    await expectProfile(page);
    await expect(page.getByText('The key store did not open, your passphrase did')).toBeVisible();
    await keepPicture(page, 'key-store-gone');
  });
});

test('D3: a key store that is locked, or was emptied, is explained, and the data stays', async ({ desk }) => {
  const { address, demo } = await desk.startServer();
  const field = (page: Page): Locator => page.getByLabel('Passphrase', { exact: true });
  const first = await desk.startApp({ keep: true });
  await chooseAddress(first.page, address);
  await givePassword(first.page, demo.identifier, demo.password);
  await expectProfile(first.page);
  await first.stop();

  await test.step('locked, with nothing else that opens it', async () => {
    const { page, stop } = await desk.startApp({ keep: 'locked' });
    await expect(page.getByRole('heading', { name: 'The key store did not open' })).toBeVisible();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'The key store did not open' })).toBeVisible();
    await keepPicture(page, 'key-store-locked');
    await stop();
  });

  await test.step('open again it opens by itself, and gets a passphrase beside it', async () => {
    const { page, stop } = await desk.startApp({ keep: true });
    await expectProfile(page);
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Saved data on this computer' }).click();
    await page.getByRole('button', { name: 'Choose what opens it' }).click();
    const choice = choiceOn(page);
    await choice.getByLabel(/Have a passphrase too/).check();
    await choice.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await choice.getByLabel('Passphrase again').fill(passphrase);
    await choice.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('This is what opens your data from now on.')).toBeVisible();
    await stop();
  });

  await test.step('locked, the passphrase opens what is saved', async () => {
    const { page, stop } = await desk.startApp({ keep: 'locked' });
    await expect(page.getByText('The key store did not open')).toBeVisible();
    await field(page).fill(passphrase);
    await page.keyboard.press('Enter');
    await expectProfile(page);
    await stop();
  });

  await test.step('emptied, it is another one, and the passphrase opens what is saved', async () => {
    await desk.emptyKeyStore();
    const { page } = await desk.startApp({ keep: true });
    await expect(page.getByText('This is another key store')).toBeVisible();
    await keepPicture(page, 'key-store-emptied');
    await field(page).fill(passphrase);
    await page.keyboard.press('Enter');
    await expectProfile(page);
    await page.reload();
    await expectProfile(page);
  });
});
