import type { Locator, Page } from '@playwright/test';
import { hasOathtool } from '../../support/oathtool.ts';
import { hasZbarimg } from '../../support/read-qr-code.ts';
import { chooseInMenu, expectProfile, keepPicture, resume, signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { expectQrCode, giveCode, hotp, openScreen, prove, register, shownSecret, totp } from './security-acts.ts';

test.skip(!hasOathtool || !hasZbarimg, 'oathtool or zbarimg is missing');

/** The secret of RFC 4226, Appendix D, in Base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

async function openSecret(page: Page): Promise<Locator> {
  await openScreen(page, 'Security');
  await page.getByRole('button', { name: 'Turn On' }).click();
  await page.getByRole('button', { name: 'I already have a secret' }).click();
  return page.getByRole('dialog', { name: 'Use a secret of your own' });
}

/** Here a sign-in is no proof of who is there, so registering asks. */
async function registerAndProve(page: Page, dialog: Locator, code: string, password: string): Promise<void> {
  await register(dialog, code);
  await prove(page, password);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('On', { exact: true })).toBeVisible();
}

test('C5: a secret typed as people type, with an interval of 60 s', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'contact-center' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  const dialog = await openSecret(page);
  const field = dialog.getByLabel('Secret', { exact: true });
  for (const [lookAlike] of '0189') {
    await field.fill(`gezd ${lookAlike}nbv`);
    await expect(field).toHaveAccessibleDescription(
      /A secret has no 0, 1, 8 or 9\. It may be the letter O, I, B or G\./,
    );
  }
  await keepPicture(page, 'typed-secret-look-alike');
  await field.fill('gezd gnbv gy3t');
  await dialog.getByLabel('Interval in seconds').fill('60');
  await expect(field).toHaveAccessibleDescription(/exactly 16, 26 or 32 characters/);
  await field.fill(secret.toLowerCase().replace(/.{4}/g, '$& '));
  await expectQrCode(dialog, 'qr-typed-totp', ({ protocol, host, searchParams }) =>
    expect([protocol, host, searchParams.get('secret'), searchParams.get('period')]).toEqual([
      'otpauth:',
      'totp',
      secret,
      '60',
    ]),
  );
  await expect.poll(() => shownSecret(dialog)).toBe(secret);
  await keepPicture(page, 'typed-secret');
  await registerAndProve(page, dialog, totp(secret, 0, 60), server.demo.password);
  await keepPicture(page, 'typed-secret-on');

  await chooseInMenu(page, 'Sign out');
  await resume(page, server);
  await giveCode(page, totp(secret, 60, 60));
  await expectProfile(page);
});

test('C5: counter-based, from a counter of its own; each code once', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'contact-center' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  const dialog = await openSecret(page);
  await dialog.getByLabel('Secret', { exact: true }).fill(secret);
  await dialog.getByLabel('Type').selectOption({ label: 'Counter-based (HOTP)' });
  await dialog.getByLabel('Counter').fill('7');
  await expectQrCode(dialog, 'qr-typed-hotp', ({ host, searchParams }) =>
    expect([host, searchParams.get('counter'), searchParams.get('secret')]).toEqual(['hotp', '7', secret]),
  );
  await dialog.getByLabel('Confirmation Code').fill(totp(secret));
  await expect(dialog.getByLabel('Confirmation Code')).toHaveAccessibleDescription(
    /does not belong to this secret and counter/,
  );
  await registerAndProve(page, dialog, hotp(secret, 7), server.demo.password);
  await expect(page.getByText('counter-based')).toBeVisible();

  await chooseInMenu(page, 'Sign out');
  await resume(page, server);
  await giveCode(page, hotp(secret, 7));
  await expect(page.getByLabel('Code', { exact: true })).toHaveAccessibleDescription(
    /is not right, or was used before/,
  );
  await giveCode(page, hotp(secret, 8));
  await expectProfile(page);
});

test('C5: secrets of 16, 26 and 32 characters made here', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'contact-center' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  for (const length of [16, 26, 32]) {
    const dialog = await openSecret(page);
    await dialog.getByLabel('Length').selectOption({ label: `${String(length)} characters` });
    await dialog.getByRole('button', { name: 'Generate' }).click();
    const field = dialog.getByLabel('Secret', { exact: true });
    await expect(field).toHaveValue(new RegExp(`^[A-Z2-7]{${String(length)}}$`));
    const made = await field.inputValue();
    await expectQrCode(dialog, `qr-generated-${String(length)}`, ({ searchParams }) =>
      expect(searchParams.get('secret')).toBe(made),
    );
    await registerAndProve(page, dialog, totp(made), server.demo.password);
    await turnOff(page);
  }
});

/** As it was before, with no proof that is still good. */
async function turnOff(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByText('Off', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await expect(page.getByRole('timer')).toBeHidden();
}
