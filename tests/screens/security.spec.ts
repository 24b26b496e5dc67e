import { sampleSecret } from '../../renderer/testing/fake-security.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { hasZbarimg, readQrCode } from '../support/read-qr-code.ts';
import { keepPicture } from '../support/pictures.ts';
import { expect, test, type Stage } from './fixtures.ts';
import { openScreen } from './open-screen.ts';

const channels = ({ services }: Stage) => services.asked.map(({ channel }) => channel);

test('W3 the profile ends with password and MFA', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByRole('button', { name: 'Turn On' }).scrollIntoViewIfNeeded();
  await stage.judge('profile-security');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('dialog', { name: 'Change password' })).toBeVisible();
});

test('W10 E6 the security page, off', async ({ stage }) => {
  stage.services.security.offers = ['enrolment', 'typed-secret'];
  const page = await openScreen(stage, 'Security');
  await expect(page.getByText('Off', { exact: true })).toBeVisible();
  await stage.judge('security-off');
});

test('E5 E6 the security page, on, few codes left', async ({ stage }) => {
  stage.services.security.turnOn(8);
  const page = await openScreen(stage, 'Security');
  await expect(page.getByText('2 codes left of 10')).toBeVisible();
  await expect(page.getByText(/Few codes are left/)).toBeVisible();
  await stage.judge('security-on');
});

test('W10 E4 X1 E5 turn on: QR, diagnosis, recovery codes, one of them back', async ({ stage }) => {
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Turn On' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('JBSW Y3DP')).toHaveCount(0);
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
  const register = dialog.getByRole('button', { name: 'Register' });
  await expect(register).toHaveAttribute('aria-disabled', 'true');
  await stage.judge('mfa-scan');
  await dialog.getByRole('button', { name: 'Copy the secret' }).click();
  await expect(dialog.getByText('Copied. Clears in 30 sec.')).toBeVisible();
  stage.services.keys.hasClipboard = false;
  await dialog.getByRole('button', { name: 'Copy the setup link' }).click();
  await expect(dialog.getByText('Copied. It stays on the clipboard until you copy something else')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Copied', exact: true })).toHaveText('Copied');
  await stage.judge('mfa-copied');
  stage.services.keys.hasClipboard = true;
  await dialog.getByLabel('Confirmation Code').fill('111 111');
  await expect(dialog.getByLabel('Confirmation Code')).toHaveAccessibleDescription(/right, but for 1 min 30 sec ago/);
  await stage.judge('mfa-behind');
  await register.click();
  await dialog.getByLabel('Confirmation Code').fill('123 456');
  await expect(dialog.getByText('This code is right.')).toBeVisible();
  // What that press would have sent is sent by now.
  await expect.poll(() => channels(stage)).not.toContain('mfa.confirmEnrolment');
  await stage.judge('mfa-right');
  await register.click();
  const codes = page.getByRole('dialog', { name: 'Save your recovery codes' });
  await expect(codes.getByRole('listitem')).toHaveCount(10);
  await codes.getByRole('button', { name: 'Save to file' }).click();
  await expect(codes.getByText('Saved to /home/mara/recovery-codes.txt')).toBeVisible();
  await codes.getByRole('button', { name: 'Copy all' }).click();
  await expect(codes.getByText('Copied. Clears in 30 sec.')).toBeVisible();
  stage.services.keys.hasClipboard = false;
  await codes.getByRole('button', { name: 'Copied' }).click();
  await expect(codes.getByText('Copied. They stay on the clipboard until you copy something else')).toBeVisible();
  await stage.judge('recovery-codes');
  await page.keyboard.press('Escape');
  const proof = page.getByRole('dialog', { name: 'Check your copy' });
  await expect(proof.getByRole('textbox')).toBeFocused();
  await proof.getByRole('textbox').fill('0000-0000');
  await page.keyboard.press('Enter');
  await expect(proof.getByText(/This is not code number/)).toBeVisible();
  await stage.judge('recovery-codes-proof');
  const number = Number(
    /number (\d+)/.exec(
      (await proof.getByRole('textbox').getAttribute('aria-label')) ?? (await proof.locator('label').innerText()),
    )?.[1],
  );
  const code = stage.services.security.issued?.codes[number - 1]?.code ?? '';
  await proof.getByRole('textbox').fill(code.replace('-', '').toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('On', { exact: true })).toBeVisible();
  await stage.judge('mfa-done');
});

for (const scale of [1, 2]) {
  test.describe(`${String(scale)}×`, () => {
    test.use({ deviceScaleFactor: scale });

    test('W10 the QR code is read from the screen in both themes', async ({ stage }) => {
      test.skip(!hasZbarimg, 'no reader of QR codes: zbarimg is missing');
      const page = await openScreen(stage, 'Security');
      await page.getByRole('button', { name: 'Turn On' }).click();
      await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const path = `test-results/screens/qr-${String(scale)}x-${colorScheme}.png`;
        // The dialog comes in gradually, and so does a theme.
        await expect(async () => {
          await page.screenshot({ path });
          expect(Object.fromEntries(new URL(readQrCode(path)).searchParams)).toMatchObject({
            secret: sampleSecret,
            period: '30',
            digits: '6',
          });
        }).toPass();
      }
    });
  });
}

test('E6 a forced account is led here, and cannot turn it off', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.security.isForced = true;
  services.faults.set('profile.get provider', new AppError('mfa-required'));
  services.faults.set('profile.get cache', new AppError('not-found'));
  const page = await stage.open();
  await expect(page.getByText('Turn on two-step verification to go on')).toBeVisible();
  const profile = page.getByRole('link', { name: 'Profile' });
  await expect(profile).toBeDisabled();
  await profile.click({ force: true });
  await expect(page).toHaveURL(/#\/security$/);
  await stage.judge('mfa-forced');
  services.security.turnOn();
  services.faults.clear();
  services.emit('mfa.changed', services.security.statusOf('c1'));
  await expect(page.getByText(/cannot be turned off/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Turn off' })).toHaveCount(0);
  await profile.click();
  await expect(page.getByRole('heading', { name: 'User Information' })).toBeVisible();
});

test('E6 E12 turning off asks, then asks who is there, then does it; the window counts down and can be ended', async ({
  stage,
}) => {
  stage.services.security.turnOn();
  stage.services.security.asksForProof = true;
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Turn off' }).click();
  await stage.judge('mfa-turn-off');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click();
  const question = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await expect(question.getByLabel('Password', { exact: true })).toBeFocused();
  await expect(page.locator('[role=alertdialog]'), 'what is below is not seen').toHaveCSS('opacity', '0');
  await expect(question).toHaveCSS('opacity', '1');
  await question.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await expect(question.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    'Wrong password. Try again.',
  );
  await stage.judge('reauth');
  await question.getByRole('button', { name: 'Use a code instead' }).click();
  await question.getByLabel('Code', { exact: true }).fill('123 456');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Off', { exact: true })).toBeVisible();
  await expect.poll(() => channels(stage).filter((channel) => channel === 'mfa.turnOff')).toHaveLength(2);
  await expect(page.getByText(/Identity confirmed · (10 min|9 min) left/)).toBeVisible();
  await stage.judge('reauth-countdown');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await expect(page.getByText(/Identity confirmed/)).toBeHidden();
});

test('E12 not wanting to prove it ends the act, without an error', async ({ stage }) => {
  stage.services.security.asksForProof = true;
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Turn On' }).click();
  await expect(page.getByRole('dialog', { name: 'Confirm it’s you' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('button', { name: 'Turn On' }).click();
  await expect(page.getByRole('dialog', { name: 'Confirm it’s you' })).toBeVisible();
});

test('C5 a secret of your own: look-alikes, lengths, HOTP, registered', async ({ stage }) => {
  stage.services.security.offers = ['typed-secret'];
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Turn On' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
  await stage.judge('typed-secret-made');
  await dialog.getByRole('button', { name: 'I already have a secret' }).click();
  await stage.judge('typed-secret-empty');
  await dialog.getByLabel('Secret', { exact: true }).fill('JBSW Y3DP EHPK 3PX0');
  await expect(dialog.getByLabel('Secret', { exact: true })).toHaveAccessibleDescription(/no 0, 1, 8 or 9/);
  await stage.judge('typed-secret-look-alike');
  await dialog.getByLabel('Secret', { exact: true }).fill('jbsw y3dp ehpk 3pxp');
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
  await dialog.getByLabel('Length').selectOption('26');
  await dialog.getByRole('button', { name: 'Generate' }).click();
  await expect(dialog.getByLabel('Secret', { exact: true })).toHaveValue(sampleSecret.slice(0, 26));
  await dialog.getByLabel('Type').selectOption('hotp');
  await dialog.getByLabel('Counter').fill('7');
  await dialog.getByLabel('Confirmation Code').fill('123456');
  await expect(dialog.getByText('This code is right.')).toBeVisible();
  await stage.judge('typed-secret');
  await dialog.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('dialog', { name: 'Save your recovery codes' })).toBeVisible();
  await expect
    .poll(() => stage.services.asked.find(({ channel }) => channel === 'mfa.useSecret')?.input)
    .toMatchObject({ secret: sampleSecret.slice(0, 26), parameters: { type: 'hotp', counter: 7, period: null } });
});

test('E5 recovery codes again, printed; a new set asks first', async ({ stage }) => {
  stage.services.security.turnOn(3);
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Show codes' }).click();
  const codes = page.getByRole('dialog', { name: 'Your recovery codes' });
  await expect(codes.getByRole('listitem').nth(3)).toContainText('T2GJ-6KSA');
  await stage.judge('recovery-codes-again');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('.print-sheet')).toBeVisible();
  await expect(codes).toBeHidden();
  await keepPicture(page, 'screens/recovery-codes-paper');
  await page.emulateMedia({ media: 'screen' });
  await expect(codes).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(codes).toBeHidden();
  await page.getByRole('button', { name: 'Make a new set' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('The 7 codes of the old set');
  await stage.judge('recovery-codes-renew');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make a new set' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(10);
});

test('X13 400 pixels wide', async ({ stage }) => {
  stage.services.security.turnOn();
  stage.services.security.offers = ['enrolment', 'typed-secret'];
  stage.services.security.validUntil = new Date(Date.now() + 500_000).toISOString();
  const page = await openScreen(stage, 'Security');
  await page.setViewportSize({ width: 400, height: 860 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await stage.judge('security-narrow');
  await page.getByRole('button', { name: 'Add another device' }).click();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await stage.judge('mfa-narrow');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('At least 8 characters')).toBeVisible();
  await stage.judge('password-narrow');
});

test('D5 offline: nothing can be changed, and it says so', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({
    state: {
      kind: 'offline',
      since: '2026-03-01T10:00:00.000Z',
      cause: { code: 'offline', reason: 'connection-refused' },
    },
  });
  for (const channel of ['profile.get provider', 'mfa.status', 'reauth.status'])
    services.faults.set(channel, new AppError('offline'));
  const page = await openScreen(stage, 'Security');
  const change = page.getByRole('button', { name: 'Change password' });
  await expect(change).toHaveAttribute('aria-disabled', 'true');
  await expect(change).toHaveAccessibleDescription(/once you are online/);
  await stage.judge('security-offline');
});
