import type { DemoMail } from '../../shared/contract/demo.ts';
import { expect, test } from './fixtures.ts';

const reset: DemoMail = {
  id: '2.eml',
  sentAt: '2026-03-01T09:30:00.000Z',
  to: 'demo@profile-desk.example',
  subject: 'Set a new password',
  text: 'Open this link to set a new password:\n\n[link]\n\nIt is good for 30 minutes.',
  canOpen: true,
};
const notice: DemoMail = { ...reset, id: '1.eml', subject: 'You have a new API key', text: 'Made.', canOpen: false };

test('D7 the mails of the demo service are read in the app, and their link opens in the browser', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.demo.mails = [reset, notice];
  const page = await stage.open();
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Mail from the demo service' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mail from the demo service' });
  await expect(dialog.getByText('It is good for 30 minutes.')).toBeVisible();
  await expect(dialog.getByText('Made.')).toBeHidden();
  await stage.judge('demo-mails');
  services.demo.hasBrowser = false;
  await dialog.getByRole('button', { name: 'Open the link in your browser' }).click();
  await expect(dialog.getByText('There is no browser to open it in.')).toBeVisible();
  services.demo.hasBrowser = true;
  await dialog.getByRole('button', { name: 'Open the link in your browser' }).click();
  await expect(dialog.getByText('There is no browser to open it in.')).toBeHidden();
  await dialog.getByText('You have a new API key').click();
  await expect(dialog.getByText('Made.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('D7 without a mail it says how to get one; an account elsewhere has no such entry', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Mail from the demo service' }).click();
  await expect(page.getByText('No mail yet')).toBeVisible();
  await stage.judge('demo-mails-none');
  await page.keyboard.press('Escape');
  services.addAccount({ address: 'https://profile.example' });
  services.emit('accounts.changed', services.accounts);
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Your profile' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Mail from the demo service' })).toHaveCount(0);
});
