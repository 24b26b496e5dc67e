import { AppError } from '../../shared/contract/errors.ts';
import { expect, test } from './fixtures.ts';

test('H2 a new e-mail address waits for its link: shown with Resend and Cancel change, and looked at again on coming back', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  const email = 'maria@nordlicht.example';
  services.emailChange.pending = { email, expiresAt: '2026-03-02T09:00:00.000Z', canCancel: true };
  const page = await stage.open();
  const waiting = page.getByRole('status').filter({ hasText: `Confirm ${email}` });
  await waiting.scrollIntoViewIfNeeded();
  await expect(waiting).toContainText('Until then, mara@nordlicht.example stays.');
  await stage.judge('profile-email-waits');
  await waiting.getByRole('button', { name: 'Resend' }).click();
  await expect(page.getByText(`Link sent to ${email}`)).toBeVisible();
  services.faults.set('emailChange.resend', new AppError('offline'));
  await waiting.getByRole('button', { name: 'Resend' }).click();
  await expect(waiting.getByRole('alert')).toBeVisible();
  await waiting.getByRole('button', { name: 'Cancel change' }).click();
  await expect(waiting).toBeHidden();
  await expect(page.getByText('Your address stays mara@nordlicht.example')).toBeVisible();

  services.emailChange.pending = { email, expiresAt: '2026-03-02T09:00:00.000Z', canCancel: true };
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(waiting).toBeVisible();
  services.emailChange.pending = null;
  services.changeElsewhere('c1', 'contact', { email });
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(email);
  await expect(waiting).toBeHidden();
});

test('H2 where only e-mail and username take a proof, the note names them', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const { user, contact } = services.profileOf('c1').sections;
  user.access.username = { kind: 'editable', needsReauth: true };
  contact.access.email = { kind: 'editable', needsReauth: true };
  const page = await stage.open();
  const note = 'Control account asks you to confirm that it is you before it changes: Username and E-mail.';
  await expect(page.getByText(note).first()).toBeVisible();
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveAccessibleDescription(note);
  await expect(page.getByLabel('City')).not.toHaveAccessibleDescription(note);
});
