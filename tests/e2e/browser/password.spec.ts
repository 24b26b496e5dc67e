import type { Locator, Page } from '@playwright/test';
import { signInByCurl, statusByCurl, trySignInByCurl } from '../../support/curl.ts';
import { keepPicture, signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { openScreen } from './security-acts.ts';

const good = 'Birch lantern 42 under quiet sea';

async function openPassword(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change password' });
  await expect(dialog.getByRole('heading', { name: /^Rules at/ })).toBeVisible();
  return dialog;
}

async function fillIn(dialog: Locator, current: string, next: string, repeat = next): Promise<void> {
  await dialog.getByLabel('Current password').fill(current);
  await dialog.getByLabel('New password', { exact: true }).fill(next);
  await dialog.getByLabel('New password again').fill(repeat);
}

const rule = (dialog: Locator, text: string) => dialog.getByRole('listitem').filter({ hasText: text });
const submit = (dialog: Locator) => dialog.getByRole('button', { name: 'Change password' }).click();

test('W9: a reset mail, rules while typing, and a new password from the clipboard; the old one opens nothing', async ({
  desk,
}) => {
  const server = await desk.startServer({ args: ['--development'] });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Security');
  const dialog = await openPassword(page);

  await test.step('a reset mail goes to the address of the account, which is not told in full', async () => {
    await dialog.getByRole('button', { name: 'Send me a reset mail' }).click();
    await expect(dialog.getByText('We sent a reset link to d***@profile-desk.example.')).toBeVisible();
    const { mails } = (await (await fetch(`${server.address}/dev/outbox`)).json()) as { mails: { to: string }[] };
    expect(mails.map(({ to }) => to)).toEqual(['demo@profile-desk.example']);
  });

  await test.step('the rules are met or not while typing, counted in characters that people see', async () => {
    const next = dialog.getByLabel('New password', { exact: true });
    await next.fill('Fox 🦊🦊🦊🦊🦊🦊🦊');
    await expect(rule(dialog, 'At least 12 characters')).toContainText('not met');
    await next.fill('Fox 🦊🦊🦊🦊🦊🦊🦊🦊');
    await expect(rule(dialog, 'At least 12 characters')).toHaveText(/characters met$/);
    await next.fill('I am Mara Lindqvist, hello');
    await expect(rule(dialog, 'neither your name')).toContainText('not met');
    await fillIn(dialog, server.demo.password, good, `${good}!`);
    await submit(dialog);
    await expect(dialog.getByLabel('New password again')).toHaveAccessibleDescription('The two are not the same.');
    await keepPicture(page, 'password-not-repeated');
    expect(await trySignInByCurl(server.address, server.demo)).toMatchObject({ status: 'signed-in' });
  });

  const other = await signInByCurl(server.address, server.demo);

  await test.step('a wrong current password', async () => {
    await fillIn(dialog, 'not my password', good);
    await submit(dialog);
    await expect(dialog.getByLabel('Current password')).toHaveAccessibleDescription(
      'This is not your current password.',
    );
    await expect(dialog.getByLabel('Current password')).toBeFocused();
    await keepPicture(page, 'password-wrong-current');
  });

  await test.step('pasted, and the other session stays', async () => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), good);
    await fillIn(dialog, server.demo.password, '');
    for (const label of ['New password', 'New password again']) {
      await dialog.getByLabel(label, { exact: true }).press('Control+V');
      await expect(dialog.getByLabel(label, { exact: true })).toHaveValue(good);
    }
    await dialog.getByLabel('Sign out my other sessions').uncheck();
    await submit(dialog);
    await expect(page.getByText('No other session was signed out.')).toBeVisible();
    expect(await statusByCurl(server.address, other)).toBe(200);
  });

  await test.step('the old one opens nothing any more', async () => {
    expect(await trySignInByCurl(server.address, server.demo)).not.toMatchObject({ status: 'signed-in' });
    expect(await trySignInByCurl(server.address, { ...server.demo, password: good })).toMatchObject({
      status: 'signed-in',
    });
  });

  await test.step('once more, and the others are ended', async () => {
    await openPassword(page);
    await fillIn(dialog, good, `${good}, again`);
    await submit(dialog);
    await expect(page.getByText('3 other sessions were signed out.')).toBeVisible();
    await keepPicture(page, 'password-changed');
    expect(await statusByCurl(server.address, other)).toBe(401);
    await openScreen(page, 'Sessions');
    await expect(page.getByText('No other sessions')).toBeVisible();
  });
});

test('E3: where others are always ended, that is said and done', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'platform' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Security');
  const other = await signInByCurl(server.address, server.demo);
  const dialog = await openPassword(page);
  await expect(dialog.getByText('All your other sessions are signed out; here you stay signed in.')).toBeVisible();
  await expect(dialog.getByRole('checkbox')).toHaveCount(0);
  await fillIn(dialog, server.demo.password, 'only lower case');
  await expect(rule(dialog, 'At least 3 of')).toContainText('not met');
  await submit(dialog);
  await expect(dialog.getByLabel('New password', { exact: true })).toBeFocused();
  await keepPicture(page, 'password-groups');
  await fillIn(dialog, server.demo.password, good);
  await submit(dialog);
  await expect(page.getByText('1 other session was signed out.')).toBeVisible();
  expect(await statusByCurl(server.address, other)).toBe(401);
});
