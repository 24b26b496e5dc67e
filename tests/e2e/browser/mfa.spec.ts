import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasOathtool } from '../../support/oathtool.ts';
import { serveLossyProxy } from '../../faults/lossy-proxy.ts';
import { trySignInByCurl } from '../../support/curl.ts';
import { hasZbarimg } from '../../support/read-qr-code.ts';
import { chooseInMenu, expectProfile, keepPicture, resume, signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';
import {
  expectQrCode,
  giveCode,
  keepCodes,
  openScreen,
  prove,
  register,
  shownCodes,
  shownSecret,
  totp,
  turnOn,
} from './security-acts.ts';

test.skip(!hasOathtool, 'oathtool is missing');

for (const scale of [1, 2]) {
  test(`W10 E4: at ${String(scale)}×, a phone reads from the screen what stands beside the QR code, in both themes`, async ({
    desk,
  }) => {
    test.skip(!hasZbarimg, 'zbarimg is missing');
    const server = await desk.startServer();
    const { page } = await desk.startApp({ screen: { deviceScaleFactor: scale } });
    await signIn(page, server);
    await openScreen(page, 'Security');
    await keepPicture(page, `mfa-off-${String(scale)}x`);
    const dialog = await turnOn(page);
    await dialog.getByRole('button', { name: 'Copy the setup link' }).click();
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    await expect.poll(() => shownSecret(dialog)).toBe(link.searchParams.get('secret'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectQrCode(dialog, `qr-${colorScheme}-${String(scale)}x`, ({ href }) => expect(href).toBe(link.href));
      await keepPicture(page, `mfa-enrol-${colorScheme}-${String(scale)}x`);
    }
    await register(dialog, totp(link.searchParams.get('secret') ?? ''));
    await expect(page.getByRole('dialog', { name: 'Save your recovery codes' })).toBeVisible();
  });
}

test('W10 E5 E6: on, with codes that were kept; then each sign-in asks for one; and off again', async ({ desk }) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Security');
  const dialog = await turnOn(page);
  await expect(dialog.getByRole('button', { name: 'Register' })).toHaveAttribute('aria-disabled', 'true');
  const secret = await shownSecret(dialog);
  await register(dialog, totp(secret).replace(/^(...)/, '$1 '));

  const issued = page.getByRole('dialog', { name: 'Save your recovery codes' });
  const codes = await shownCodes(issued);
  await test.step('the file numbers them as the screen does', async () => {
    await issued.getByRole('button', { name: 'Save to file' }).click();
    await expect(issued.getByText(/^Saved to/)).toBeVisible();
    await keepPicture(page, 'recovery-codes');
    const [file = ''] = await readdir(desk.downloads);
    const text = await readFile(join(desk.downloads, file), 'utf8');
    const numbered = [...text.matchAll(/^\s*(\d+)\.\s+(\S+)\s*$/gm)].map(([, number, code]) => [Number(number), code]);
    expect(numbered).toEqual(codes.map((code, index) => [index + 1, code]));
  });
  await keepCodes(page, codes);
  await expect(page.getByText('On', { exact: true })).toBeVisible();
  await expect(page.getByText('10 codes left of 10')).toBeVisible();
  await keepPicture(page, 'mfa-on');

  await test.step('password and a code of the app', async () => {
    await chooseInMenu(page, 'Sign out');
    await resume(page, server);
    await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
    await keepPicture(page, 'sign-in-code');
    const code = totp(secret, 30);
    await giveCode(page, code);
    await expectProfile(page);
    await chooseInMenu(page, 'Sign out');
    await resume(page, server);
    await giveCode(page, code);
    await expect(page.getByLabel('Code', { exact: true }), 'good for one sign-in').toHaveAccessibleDescription(
      /is not right, or was used before/,
    );
    await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
  });

  await test.step('a recovery code opens once', async () => {
    await giveCode(page, codes[3]!);
    await expectProfile(page);
    await chooseInMenu(page, 'Sign out');
    await resume(page, server);
    await giveCode(page, codes[3]!);
    await expect(page.getByLabel('Code', { exact: true })).toHaveAccessibleDescription(
      /is not right, or was used before/,
    );
    await keepPicture(page, 'sign-in-code-refused');
    await giveCode(page, codes[4]!);
    await expectProfile(page);
    await openScreen(page, 'Security');
    await expect(page.getByText('8 codes left of 10')).toBeVisible();
  });

  await test.step('off, after a new proof', async () => {
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('button', { name: 'Turn off' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click();
    await prove(page, server.demo.password);
    await expect(page.getByText('Off', { exact: true })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await trySignInByCurl(server.address, server.demo)).toMatchObject({ status: 'signed-in' });
  });
});

test('W10 X1 E5: begun anew, from a phone whose clock is wrong, to the codes that one does not leave without a copy', async ({
  desk,
}) => {
  const server = await desk.startServer();
  await using network = await serveLossyProxy(server.address);
  const { page } = await desk.startApp();
  await signIn(page, { ...server, address: network.address });
  await openScreen(page, 'Security');
  const confirmations = () => network.requests().filter((line) => line.includes('/me/mfa/totp/confirm'));

  const abandoned = await test.step('left half-way, nothing is on', async () => {
    const dialog = await turnOn(page);
    const secret = await shownSecret(dialog);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Off', { exact: true })).toBeVisible();
    await expect(page.locator('body')).not.toContainText(secret.slice(0, 4));
    expect(await trySignInByCurl(server.address, server.demo)).toMatchObject({ status: 'signed-in' });
    return secret;
  });

  const dialog = await turnOn(page);
  const secret = await shownSecret(dialog);
  const field = dialog.getByLabel('Confirmation Code');
  await test.step('begun again, there is another secret', async () => {
    expect(secret).not.toBe(abandoned);
    await field.fill(totp(abandoned));
    await expect(field).toHaveAccessibleDescription(/does not belong to this secret/);
  });

  await test.step('a code of a phone that is 90 s behind is explained, and not sent', async () => {
    // Five seconds more, since the app knows the service's clock to some seconds only: on a busy computer 1 min was said.
    await field.fill(totp(secret, -95));
    await expect(field).toHaveAccessibleDescription(/right, but for (1 min 30 sec|2 min) ago.*is behind/);
    await keepPicture(page, 'mfa-phone-behind');
    await field.press('Enter');
    await field.fill(totp(secret, 120));
    await expect(field).toHaveAccessibleDescription(/from now.*is ahead/);
    await dialog.getByRole('button', { name: 'Register' }).click();
    expect(network.requests()).toContain('POST /me/mfa/totp');
    expect(confirmations()).toEqual([]);
  });

  await register(dialog, totp(secret));
  const issued = page.getByRole('dialog', { name: 'Save your recovery codes' });
  await expect(issued).toBeVisible();
  expect(confirmations()).toHaveLength(1);

  await test.step('leaving the codes asks for one back, and a wrong one does not do', async () => {
    const codes = await shownCodes(issued);
    await page.keyboard.press('Escape');
    const proof = page.getByRole('dialog', { name: 'Check your copy' });
    await proof.getByRole('textbox').fill('00000-00000');
    await proof.getByRole('button', { name: 'Finish' }).click();
    await expect(proof.getByRole('textbox')).toHaveAccessibleDescription(/This is not code number/);
    await keepPicture(page, 'recovery-codes-proof');
    await proof.getByRole('button', { name: 'Show the codes again' }).click();
    await expect.poll(() => shownCodes(issued)).toEqual(codes);
    await keepCodes(page, codes);
  });
});

test('W10: of two windows that enrol, only the one that began last can finish', async ({ desk }) => {
  const server = await desk.startServer();
  const older = (await desk.startApp({ data: 'older' })).page;
  const newer = (await desk.startApp({ data: 'newer' })).page;
  for (const page of [older, newer]) {
    await signIn(page, server);
    await openScreen(page, 'Security');
  }
  const lapsed = await turnOn(older);
  const valid = await turnOn(newer);
  await register(lapsed, totp(await shownSecret(lapsed)));
  await expect(lapsed.getByText(/started again in another window.*Nothing was turned on/)).toBeVisible();
  await keepPicture(older, 'mfa-enrolment-void');
  expect(await trySignInByCurl(server.address, server.demo)).toMatchObject({ status: 'signed-in' });
  await register(valid, totp(await shownSecret(valid)));
  await expect(newer.getByRole('dialog', { name: 'Save your recovery codes' })).toBeVisible();
});

test('W10: the network gone between secret and code leaves nothing half on, and the same code does when it is back', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const port = Number(new URL(server.address).port);
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Security');
  const dialog = await turnOn(page);
  const secret = await shownSecret(dialog);
  await server.kill();
  await register(dialog, totp(secret));
  await expect(dialog.getByRole('alert')).toBeVisible();
  await keepPicture(page, 'mfa-network-gone');
  const back = await desk.startServer({ port });
  expect(await trySignInByCurl(back.address, back.demo)).toMatchObject({ status: 'signed-in' });
  await register(dialog, totp(secret));
  await expect(page.getByRole('dialog', { name: 'Save your recovery codes' })).toBeVisible();
});
