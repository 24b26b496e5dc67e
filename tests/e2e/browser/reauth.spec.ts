import type { Page } from '@playwright/test';
import { hasOathtool } from '../../support/oathtool.ts';
import { chooseInMenu, keepPicture, resume, signIn, update } from './acts.ts';
import { expect, test, type Desk } from './fixtures.ts';
import { enrol, giveCode, openScreen, prove, shownCodes, totp } from './security-acts.ts';

test.skip(!hasOathtool, 'oathtool is missing');

const question = (page: Page) => page.getByRole('dialog', { name: 'Confirm it’s you' });
const codesDialog = (page: Page) => page.getByRole('dialog', { name: 'Your recovery codes' });
const countdown = (page: Page) => page.getByRole('timer');

/** On the security screen with MFA on and the window of the sign-in ended. */
async function openProtected(desk: Desk) {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Security');
  const { secret, codes } = await enrol(page);
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await expect(countdown(page)).toBeHidden();
  return { page, server, secret, codes, password: server.demo.password };
}

test('E12: a dangerous act asks in place; who cancels has changed nothing, who proves it by password or code goes on', async ({
  desk,
}) => {
  const { page, server, secret, codes, password } = await openProtected(desk);

  await test.step('who cancels has changed nothing', async () => {
    for (const [open, confirm] of [
      ['Make a new set', 'Make a new set'],
      ['Turn off', 'Turn off'],
      ['Remove Phone', 'Remove device'],
    ] as const) {
      await page.getByRole('button', { name: open }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: confirm }).click();
      await question(page).getByRole('button', { name: 'Cancel' }).click();
      await expect(question(page)).toHaveCount(0);
      await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    }
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
    await expect(page.getByText('On', { exact: true })).toBeVisible();
  });

  await test.step('it goes on once the proof is right, with the codes of before', async () => {
    await page.getByRole('button', { name: 'Show codes' }).click();
    await expect(question(page)).toContainText('15 min');
    await keepPicture(page, 'reauth');
    await prove(page, 'not my password');
    await expect(question(page).getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
      'Wrong password. Try again.',
    );
    await expect(codesDialog(page)).toHaveCount(0);
    await keepPicture(page, 'reauth-wrong');
    await prove(page, password);
    await expect.poll(() => shownCodes(codesDialog(page))).toEqual(codes);
    await codesDialog(page).getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the window is shown, and what comes next is not asked about', async () => {
    // Counted from the proof, which may be a while ago on a busy machine.
    await expect(countdown(page)).toHaveText(/^Identity confirmed · 1[0-5] min left$/);
    await keepPicture(page, 'reauth-window');
    await page.getByRole('button', { name: 'Show codes' }).click();
    await expect(codesDialog(page)).toBeVisible();
    await codesDialog(page).getByRole('button', { name: 'Close' }).click();
  });

  await test.step('until it is ended', async () => {
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(countdown(page)).toBeHidden();
    await page.getByRole('button', { name: 'Show codes' }).click();
    await expect(question(page)).toBeVisible();
    await question(page).getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('a code of the app proves it as well, in another session than the one that added the device (H1)', async () => {
    await chooseInMenu(page, 'Sign out');
    await resume(page, server);
    await giveCode(page, codes[9]!);
    await openScreen(page, 'Security');
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('button', { name: 'Show codes' }).click();
    await question(page).getByRole('button', { name: 'Use a code instead' }).click();
    await question(page).getByLabel('Code', { exact: true }).fill(totp(secret, 30));
    await question(page).getByRole('button', { name: 'Confirm', exact: true }).click();
    await expect.poll(() => shownCodes(codesDialog(page))).toEqual(codes);
  });
});

test('E12: where editing the profile takes a proof, Update asks for it and saves', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'platform' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await expect(page.getByText(/asks you to confirm that it is you/)).toHaveCount(0);
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await expect(page.getByLabel('First name')).toHaveAccessibleDescription(/asks you to confirm that it is you/);
  await page.getByLabel('First name').fill('Yuko');
  await update(page);
  await prove(page, server.demo.password);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('First name')).toHaveValue('Yuko');
});
