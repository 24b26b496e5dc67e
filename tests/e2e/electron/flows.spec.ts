import { readFileSync } from 'node:fs';
import { makeSshKey } from '../../support/ssh-tools.ts';
import { expectProfile, signIn } from '../browser/acts.ts';
import { openScreen } from '../browser/security-acts.ts';
import { expect, test } from './fixtures.ts';

// What a person does in the first minutes, in the shell that they will have. From source and packed: see
// playwright.config.ts.

test('D1 D7 W1: signs in at the demo service, and stays so when the page is loaded anew', async ({ desk }) => {
  const { page } = await desk.startApp();
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await page.getByRole('button', { name: 'Use and sign in' }).click();
  await expectProfile(page);
  await page.reload();
  await expectProfile(page);
});

test('D1: what Copy takes can be pasted', async ({ desk }) => {
  const { page } = await desk.startApp();
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await page.getByRole('button', { name: 'Copy the demo name' }).click();
  const name = page.getByLabel('E-mail or username');
  await name.fill('');
  await name.press('ControlOrMeta+V');
  await expect(name).toHaveValue('demo@profile-desk.example');
});

test('K6 K8: a pasted key is read by the process for foreign keys, and its public half is added', async ({ desk }) => {
  const { path } = await makeSshKey(desk.folder, 'ed25519', 256, 'pasted in Electron');
  const server = await desk.startServer({ preset: 'platform' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Identity keys');
  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByRole('menuitem', { name: 'Paste or type a key' }).click();
  await page.getByLabel('Key', { exact: true }).fill(readFileSync(`${path}.pub`, 'utf8'));
  await page.getByRole('button', { name: 'Add key', exact: true }).click();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  const keys = page.getByRole('grid', { name: 'Identity keys' });
  await expect(keys.getByRole('row').filter({ hasText: 'pasted in Electron' })).toContainText('ssh-ed25519');
});

test('D1: a second copy on the same data ends in order, and the first goes on', async ({ desk }) => {
  const { page } = await desk.startApp();
  const heading = page.getByRole('heading', { name: 'Sign in', exact: true });
  await expect(heading).toBeVisible();
  expect(await desk.startSecondCopy()).toBe(0);
  await expect(heading).toBeVisible();
});

test('W2: the window with changes closes only after the question', async ({ desk }) => {
  const { page, electron } = await desk.startApp();
  test.skip(
    !electron,
    'the question is a dialog of the system, which only the main process of a source run lets us answer',
  );
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await page.getByRole('button', { name: 'Use and sign in' }).click();
  await page.getByRole('textbox', { name: 'City' }).fill('Elsewhere');
  const closeAndAnswer = (answer: number): Promise<number> =>
    electron!.evaluate(async ({ BrowserWindow, dialog }, choice) => {
      dialog.showMessageBoxSync = () => choice;
      const [window] = BrowserWindow.getAllWindows();
      window?.close();
      // The page is asked first, and answers on its own thread.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return BrowserWindow.getAllWindows().length;
    }, answer);
  const keep = 1;
  expect(await closeAndAnswer(keep)).toBe(1);
  await expect(page.getByRole('textbox', { name: 'City' })).toHaveValue('Elsewhere');
  const gone = page.waitForEvent('close');
  const discard = 0;
  await closeAndAnswer(discard).catch(() => undefined);
  await gone;
});
