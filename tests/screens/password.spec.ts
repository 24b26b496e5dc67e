import { createGate } from '../../renderer/testing/waiting.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test } from './fixtures.ts';
import { openScreen } from './open-screen.ts';

test('W9 E3 password: the rules while typing, its strength by the worker under the real policy', async ({ stage }) => {
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('At least 8 characters')).toBeVisible();
  await stage.judge('password-empty');
  await dialog.getByLabel('New password', { exact: true }).fill('mara1');
  await expect(dialog.getByRole('meter')).toHaveAttribute('aria-valuetext', 'Weak');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await expect(dialog.getByLabel('Current password')).toBeFocused();
  await stage.judge('password-weak');
  await dialog.getByLabel('Current password').fill('wrong');
  await dialog.getByLabel('New password', { exact: true }).fill('Birch-lantern 42 under the quiet sea');
  await expect(dialog.getByRole('meter')).toHaveAttribute('aria-valuetext', 'Strong');
  await dialog.getByLabel('New password again').fill('Birch-lantern 42 under the quiet sea');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Current password')).toHaveAccessibleDescription('This is not your current password.');
  await dialog.getByLabel('Current password').fill('right');
  await dialog.getByRole('button', { name: 'Send me a reset mail' }).click();
  await expect(dialog.getByText(/We sent a reset link to mara@nordlicht.example/)).toBeVisible();
  await stage.judge('password-strong');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('2 other sessions were signed out.')).toBeVisible();
  await stage.judge('password-changed');
});

test('W9 a password that is refused is the one that was sent, not the one typed meanwhile', async ({ stage }) => {
  const { services } = stage;
  const gate = createGate();
  services.gates.set('password.change', gate.opened);
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  const current = dialog.getByLabel('Current password');
  const change = dialog.getByRole('button', { name: 'Change password' });
  await expect(dialog.getByText('At least 8 characters')).toBeVisible();
  await current.fill('wrong');
  await dialog.getByLabel('New password', { exact: true }).fill('Birch-lantern 42 under the quiet sea');
  await dialog.getByLabel('New password again').fill('Birch-lantern 42 under the quiet sea');
  await change.click();
  await expect(change).toHaveAttribute('aria-busy', 'true');
  await current.fill('right');
  // A second press while the first is at work is the same one.
  await current.press('Enter');
  gate.open();
  await expect(change).not.toHaveAttribute('aria-busy', 'true');
  await expect(current).not.toHaveAttribute('aria-invalid', 'true');
  await current.fill('wrong');
  await expect(current).toHaveAccessibleDescription('This is not your current password.');
});

test('W9 password: where other sessions always end, and a lock-out', async ({ stage }) => {
  stage.services.security.policy = {
    minLength: 12,
    maxLength: 64,
    characterGroups: 0,
    forbidsPersonalInformation: false,
    otherSessions: 'always-end',
  };
  stage.services.faults.set('password.change', new AppError('rate-limited', { reason: 'locked-out', retryAfter: 300 }));
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill('right');
  await dialog.getByLabel('New password', { exact: true }).fill('quiet sea lantern');
  await dialog.getByLabel('New password again').fill('quiet sea lantern');
  // It can be sent once its rules are known.
  await expect(dialog.getByText('All your other sessions are signed out')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/Try again in (4 min 5\d sec|5 min)/).last()).toBeVisible();
  await stage.judge('password-locked');
});
