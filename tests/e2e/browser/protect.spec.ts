import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { hasOathtool, oathtool } from '../../../server/testing/oathtool.ts';
import { hasZbarimg, readQrCode } from '../../support/read-qr-code.ts';
import { chooseInMenu, expectProfile, givePassword, signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';

// A person's own devices are played by programs that share no code with ours: zbarimg scans, oathtool makes the codes.

const missing = [...(hasZbarimg ? [] : ['zbarimg']), ...(hasOathtool ? [] : ['oathtool'])];
test.beforeEach(() => test.skip(missing.length > 0, `missing: ${missing.join(', ')}`));

async function openSecurity(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Security' }).click();
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();
}

/** Scans what is on the screen; the secret in Base32. */
async function scan(page: Page, picture: string): Promise<URLSearchParams> {
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await page.screenshot({ path: picture });
  return new URL(readQrCode(picture)).searchParams;
}

/** From the dialog that shows them to the page, with one code given back; the codes. */
async function keepCodes(page: Page): Promise<string[]> {
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(10);
  const codes = await page.getByRole('dialog').getByRole('listitem').locator('span:nth-child(2)').allInnerTexts();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  const proof = page.getByRole('dialog').getByRole('textbox');
  const number = Number(/\d+/.exec(await page.getByRole('dialog').locator('label').innerText())?.[0]);
  await proof.fill(codes[number - 1] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  return codes;
}

/** Turns it on as a person does; the recovery codes. */
async function turnOn(page: Page, picture: string): Promise<string[]> {
  await page.getByRole('button', { name: 'Turn On' }).click();
  const secret = (await scan(page, picture)).get('secret') ?? '';
  const field = page.getByLabel('Confirmation Code');
  // X1: a phone that is 90 seconds behind; one step more or less where the minute turns meanwhile.
  await field.fill(oathtool(secret, '--totp', '--now', '90 seconds ago'));
  await expect(field).toHaveAccessibleDescription(/right, but for (1 min|1 min 30 sec|2 min) ago: the clock of your phone is behind/);
  await field.fill(oathtool(secret, '--totp'));
  await expect(page.getByText('This code is right.')).toBeVisible();
  await page.getByRole('button', { name: 'Register' }).click();
  return keepCodes(page);
}

test('W10 E4 E5 X1 scanned, turned on, asked for at sign-in, where a recovery code works', async ({ desk }) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openSecurity(page);
  const codes = await turnOn(page, join(desk.folder, 'qr.png'));
  expect(new Set(codes).size).toBe(10);
  await expect(page.getByText('10 codes left of 10')).toBeVisible();
  await chooseInMenu(page, 'Sign out');
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
  await givePassword(page, server.demo.identifier, server.demo.password);
  await page.getByLabel('Code').fill(codes[4] ?? '');
  await page.keyboard.press('Enter');
  await expectProfile(page);
  await openSecurity(page);
  await expect(page.getByText('9 codes left of 10')).toBeVisible();
});

test('E6 E12 once the window was ended, turning off asks who is there, and then goes on', async ({ desk }) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openSecurity(page);
  await turnOn(page, join(desk.folder, 'qr.png'));
  await page.getByRole('button', { name: 'End now' }).click();
  await expect(page.getByText(/Confirmed for/)).toBeHidden();
  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click();
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' }).getByLabel('Password', { exact: true });
  await proof.fill('not it');
  await page.keyboard.press('Enter');
  await expect(proof).toHaveAccessibleDescription('This password is not right.');
  await proof.fill(server.demo.password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Off', { exact: true })).toBeVisible();
  await expect(page.getByText(/Confirmed for 1[45] min/)).toBeVisible();
});

test('W9 E3 a new password holds, the old one does not', async ({ desk }) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openSecurity(page);
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill('not it');
  for (const field of ['New password', 'New password again']) await dialog.getByLabel(field, { exact: true }).fill('quiet lantern under birches');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Current password')).toHaveAccessibleDescription('This is not your current password.');
  await dialog.getByLabel('Current password').fill(server.demo.password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your password is changed')).toBeVisible();
  await chooseInMenu(page, 'Sign out');
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
  await givePassword(page, server.demo.identifier, server.demo.password);
  await expect(page.getByRole('alert')).toContainText('do not match');
  await givePassword(page, server.demo.identifier, 'quiet lantern under birches');
  await expectProfile(page);
});

test('C5 a secret made here, counter-based, at a provider that draws no QR code', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'contact-center' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openSecurity(page);
  await page.getByRole('button', { name: 'Turn On' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Secret', { exact: true }).fill('JBSW Y3DP EHPK 3PX8');
  await expect(dialog.getByLabel('Secret', { exact: true })).toHaveAccessibleDescription(/no 0, 1, 8 or 9/);
  await dialog.getByLabel('Length').selectOption('26');
  await dialog.getByRole('button', { name: 'Generate' }).click();
  await dialog.getByLabel('Type').selectOption('hotp');
  await expect(dialog.getByLabel('Counter')).toHaveValue('0');
  await dialog.getByRole('img', { name: /QR code/ }).scrollIntoViewIfNeeded();
  const link = await scan(page, join(desk.folder, 'qr.png'));
  expect(link.get('counter')).toBe('0');
  await dialog.getByLabel('Confirmation Code').fill(oathtool(link.get('secret') ?? '', '--hotp', '--counter', '0'));
  await expect(dialog.getByText('This code is right.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Register' }).click();
  // Here signing in is not proof enough.
  await page.getByRole('dialog', { name: 'Confirm that it is you' }).getByLabel('Password', { exact: true }).fill(server.demo.password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('On', { exact: true })).toBeVisible();
  await expect(page.getByText('counter-based')).toBeVisible();
});
