import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

async function openForm({ services, open }: Stage): Promise<Page> {
  services.addAccount();
  services.addAccount({ id: 'c2', providerName: 'Gitea', address: 'https://git.nordlicht.example' });
  services.accounts = { ...services.accounts, currentId: 'c1' };
  services.security.validUntil = '2099-01-01T00:00:00.000Z';
  const page = await open();
  await page.getByRole('link', { name: 'Identity keys' }).click();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await expect(page.getByLabel('Comment')).toHaveValue('mara@desk');
  return page;
}

test('K10 a type that a chosen account does not take is said before anything is made', async ({ stage }) => {
  const { services } = stage;
  services.sshKeys.head = { ...services.sshKeys.head, families: ['ed25519', 'rsa'] };
  const page = await openForm(stage);
  await page.getByLabel('Type').selectOption('ECDSA P-256');
  await expect(page.getByLabel('Type')).toHaveAccessibleDescription(/takes only Ed25519 and RSA keys/);
  await stage.judge('key-make-type');
  await page.setViewportSize({ width: 480, height: 800 });
  await stage.judge('key-make-type-480');
  await page.getByLabel('Type').selectOption('RSA, 3,072 bits');
  await expect(page.getByLabel('Type')).not.toHaveAccessibleDescription(/takes only/);
});

test('K10 a proof that another account wants is asked for where the key is made', async ({ stage }) => {
  const { services } = stage;
  const page = await openForm(stage);
  await page.getByLabel('In the vault alone').check();
  await page.getByLabel('Gitea').check();
  await page.getByLabel('Control account').uncheck();
  services.faults.set('madeKeys.add', new AppError('reauth-required'));
  await page.getByRole('button', { name: 'Make the key' }).click();
  const question = page.getByRole('dialog').last();
  await expect(question).toContainText('not for the account on screen');
  await stage.judge('key-make-proof');
  services.faults.clear();
  await question.getByLabel('Password', { exact: true }).fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'The key is made' })).toContainText('Added');
});

test('K10 a key is made, and what became of each place is told', async ({ stage }) => {
  const { services } = stage;
  const page = await openForm(stage);
  await expect(page.getByText('Gitea')).toBeVisible();
  await stage.judge('key-make-form');
  await page.getByLabel('Passphrase', { exact: true }).fill('abc');
  await page.getByLabel('File name').fill('config');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByLabel('File name')).toBeFocused();
  await stage.judge('key-make-mistakes');

  await page.getByLabel('File name').fill('id_work');
  await page.getByLabel('Passphrase', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Make it without a passphrase?' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel' }).last()).toBeFocused();
  await stage.judge('key-make-question');
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 480, height: 800 });
  await page.getByLabel('In the vault alone').check();
  await page.getByLabel('Gitea').check();
  await page.getByLabel('Add it to the SSH agent').selectOption('8 hours');
  await stage.judge('key-make-vault-480');
  services.faults.set('madeKeys.add', new AppError('offline', { reason: 'connection-refused' }));
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('dialog', { name: 'The key is made' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(2);
  await stage.judge('key-make-failed-480');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Throw the key away?' })).toBeVisible();
  await stage.judge('key-make-leave-480');
  await page.getByRole('button', { name: 'Cancel' }).click();
  services.faults.clear();
  await page.getByRole('button', { name: 'Try all again' }).click();
  await expect(page.getByText('In the vault of this computer')).toBeVisible();
  await page.setViewportSize({ width: 1_280, height: 900 });
  await stage.judge('key-make-done');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: 'mara@desk' }).first()).toBeVisible();
});
