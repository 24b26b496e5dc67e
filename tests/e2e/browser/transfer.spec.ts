import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { signInByCurl } from '../../support/curl.ts';
import { chooseAddress, chooseInMenu, expectProfile, givePassword, keepPicture, resume } from './acts.ts';
import { expect, test } from './fixtures.ts';

const passphrase = 'seven tulips behind the mill';

/** Asked by itself once there is something to keep. */
async function choosePassphrase(page: Page): Promise<void> {
  const choice = page.getByRole('dialog', { name: 'How should this computer keep your data?' });
  await choice.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await choice.getByLabel('Passphrase again').fill(passphrase);
  await choice.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This is what opens your data from now on.')).toBeVisible();
}

test('X14 what one computer holds goes to another in a file: names and settings, but no sign-in', async ({ desk }) => {
  const server = await desk.startServer();
  await signInByCurl(server.address, server.demo);
  const first = await desk.startApp({ data: 'first', looksForKeyStore: true });

  await test.step('exported', async () => {
    const { page } = first;
    await chooseAddress(page, server.address);
    await givePassword(page, server.demo.identifier, server.demo.password);
    await choosePassphrase(page);
    await expectProfile(page);
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByRole('grid', { name: 'Other sessions' }).getByRole('row').filter({ hasText: /curl/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /name of your own/ })
      .click();
    await page.getByLabel(/^Your name for/).fill('Kitchen laptop');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Kitchen laptop' })).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await chooseInMenu(page, 'Saved data on this computer');
    await page.getByRole('button', { name: 'Export to a file…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export to a file' });
    await dialog.getByLabel('Passphrase for the file').fill(passphrase);
    await dialog.getByLabel('Passphrase again').fill(passphrase);
    await keepPicture(page, 'export');
    await dialog.getByRole('button', { name: 'Save the file' }).click();
    await expect(page.getByText('The file was saved')).toBeVisible();
  });
  await first.stop();

  const [name = ''] = readdirSync(desk.downloads);
  expect(name).toMatch(/^profile-desk-\d{4}-\d\d-\d\d\.pdexport$/);
  const file = join(desk.downloads, name);
  expect(readFileSync(file).includes('Kitchen')).toBe(false);

  const { page } = await desk.startApp({ data: 'second', looksForKeyStore: true });
  await test.step('imported', async () => {
    await page.getByRole('button', { name: 'Bring your accounts from another computer' }).click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await (await choosing).setFiles(file);
    await page.getByLabel('Passphrase for the file').fill('another one');
    await page.getByRole('button', { name: 'Open' }).click();
    await expect(page.getByLabel('Passphrase for the file')).toHaveAccessibleDescription(/not the passphrase/);
    await page.getByLabel('Passphrase for the file').fill(passphrase);
    await page.getByRole('button', { name: 'Open' }).click();
    const question = page.getByRole('dialog', { name: 'Import this?' });
    await expect(question).toContainText(server.demo.identifier);
    await keepPicture(page, 'import');
    await question.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('dialog', { name: 'The import is done' }).getByRole('button', { name: 'Continue' }).click();
    await choosePassphrase(page);
    await expect(page.getByRole('heading', { name: 'Choose an account' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  await test.step('signed in to anew, all of it is there', async () => {
    await resume(page, server);
    await expectProfile(page);
    await page.getByRole('link', { name: 'Sessions' }).click();
    await expect(page.getByText('Kitchen laptop').first()).toBeVisible();
    await keepPicture(page, 'imported');
  });
});
