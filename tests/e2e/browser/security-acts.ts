import type { Locator, Page } from '@playwright/test';
import { oathtool } from '../../support/oathtool.ts';
import { readQrCode } from '../../support/read-qr-code.ts';
import { expect } from './fixtures.ts';

// What a person does to protect the account, in the words on the screen, and what their phone does.

export async function openScreen(
  page: Page,
  name: 'Profile' | 'Security' | 'Sessions' | 'Identity keys' | 'Activity',
): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
  // The screen left behind may offer the same acts until this one is there.
  await expect(
    page.getByRole('heading', name === 'Profile' ? { name: 'User Information' } : { name, level: 1, exact: true }),
  ).toBeVisible();
}

/** The code of an authenticator whose clock is `seconds` from this computer's; `period` in seconds. */
export function totp(secret: string, seconds = 0, period = 30): string {
  const now = Math.floor(Date.now() / 1_000) + seconds;
  return oathtool(secret, '--totp', `--now=@${String(now)}`, `--time-step-size=${String(period)}s`);
}

export function hotp(secret: string, counter: number): string {
  return oathtool(secret, '--hotp', `--counter=${String(counter)}`);
}

/** From the security screen to the secret and its QR code. */
export async function turnOn(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Turn On' }).click();
  const dialog = page.getByRole('dialog', { name: 'Turn on two-step verification' });
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
  return dialog;
}

/** The secret as it stands in the dialog, without its grouping. */
export async function shownSecret(dialog: Locator): Promise<string> {
  return (await dialog.locator('code').innerText()).replace(/\s/g, '');
}

/** What a phone reads from the picture of the QR code alone, as soon as it is what `check` demands. */
export async function expectQrCode(dialog: Locator, picture: string, check: (link: URL) => void): Promise<void> {
  const path = `test-results/states/${picture}.png`;
  await expect(async () => {
    await dialog.getByRole('img', { name: /QR code/ }).screenshot({ path });
    check(new URL(readQrCode(path)));
  }).toPass();
}

export async function register(dialog: Locator, code: string): Promise<void> {
  await dialog.getByLabel('Confirmation Code').fill(code);
  await expect(dialog.getByText('This code is right.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Register' }).click();
}

/** The recovery codes in the dialog, in their order. */
export async function shownCodes(dialog: Locator): Promise<string[]> {
  const items = dialog.getByRole('listitem');
  await expect(items).toHaveCount(10);
  return Promise.all((await items.all()).map((item) => item.locator('span').nth(1).innerText()));
}

/** Leaves the new recovery codes by giving one of them back. */
export async function keepCodes(page: Page, codes: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'I’ve saved them' }).click();
  const proof = page.getByRole('dialog', { name: 'Check your copy' });
  await expect(proof).toContainText(/code number \d+/);
  const [, number] = /code number (\d+)/.exec(await proof.innerText()) ?? [];
  await proof.getByRole('textbox').fill(codes[Number(number) - 1] ?? '');
  await proof.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** MFA from off to on; gives the secret and the recovery codes. */
export async function enrol(page: Page): Promise<{ secret: string; codes: string[] }> {
  const dialog = await turnOn(page);
  const secret = await shownSecret(dialog);
  await register(dialog, totp(secret));
  const codes = await shownCodes(page.getByRole('dialog', { name: 'Save your recovery codes' }));
  await keepCodes(page, codes);
  return { secret, codes };
}

/** The second step of a sign-in. */
export async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Verify' }).click();
}

/** Answers the question who is there. */
export async function prove(page: Page, password: string): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await question.getByLabel('Password', { exact: true }).fill(password);
  await question.getByRole('button', { name: 'Confirm', exact: true }).click();
}

/** Adds the keys of a folder on the screen of identity keys, which then lists `titles`. */
export async function addKeysOf(page: Page, folder: string, titles: readonly string[]): Promise<void> {
  const count = String(titles.length);
  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByRole('menuitem', { name: `Look in ${folder}` }).click();
  await page.getByRole('button', { name: `Add all good ones (${count})` }).click();
  await expect(page.getByRole('button', { name: `Added ${count}`, exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  const list = page.getByRole('grid', { name: 'Identity keys' });
  for (const title of titles) await expect(list.getByText(title)).toBeVisible();
}
