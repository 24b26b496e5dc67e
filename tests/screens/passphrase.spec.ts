import { AppError } from '../../shared/contract/errors.ts';
import { keepPicture } from '../support/pictures.ts';
import { expect, test } from './fixtures.ts';

const narrow = { width: 480, height: 800 };
const wide = { width: 1_280, height: 720 };

test('D3 where there is no key store the person chooses what opens the data, and later what else', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  services.app.storage = { protection: 'this-run-only', keyStore: null, isUndecided: true };
  const page = await stage.open();
  const choice = page.getByRole('dialog', { name: 'How should this computer keep your data?' });
  await expect(choice.getByLabel('A passphrase')).toBeChecked();
  await choice.getByLabel('Passphrase', { exact: true }).fill('correct horse ');
  await choice.getByLabel('Hint (optional)').fill('correct horse');
  await choice.getByRole('button', { name: 'Save' }).click();
  await expect(choice.getByLabel('Hint (optional)')).toHaveAccessibleDescription(/tells too much/);
  await expect(choice.getByRole('meter')).not.toHaveAttribute('aria-valuetext', '');
  await stage.judge('passphrase-choice-mistakes');
  await choice.getByRole('button', { name: 'No, take it off' }).click();
  await choice.getByLabel('Passphrase again').fill('correct horse');
  await choice.getByLabel('Hint (optional)').fill('an animal');
  await page.setViewportSize(narrow);
  await stage.judge('passphrase-choice-narrow');
  await page.setViewportSize(wide);
  await choice.getByLabel('Passphrase again').press('Enter');
  await expect(page.getByText('This is what opens your data from now on.')).toBeVisible();
  await expect(choice).toBeHidden();

  await test.step('changed', async () => {
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Saved data on this computer' }).click();
    await expect(page.getByRole('dialog')).toContainText('Your hint: an animal');
    await stage.judge('passphrase-panel');
    const takesBack = page.getByLabel('Take lent SSH keys back with each lock');
    await expect(takesBack).toBeChecked();
    await takesBack.uncheck();
    await expect.poll(() => services.settings.takeKeysBackOnLock).toBe(false);
    await page.getByRole('button', { name: 'Change passphrase' }).click();
    const change = page.getByRole('dialog', { name: 'Change passphrase' });
    services.vault.wait = 40;
    await change.getByLabel('Your passphrase so far').fill('wrong horse');
    await change.getByLabel('New passphrase').fill('battery staple');
    await change.getByLabel('Passphrase again').fill('battery staple');
    await change.getByRole('button', { name: 'Change passphrase' }).click();
    await expect(change.getByLabel('Your passphrase so far')).toHaveAccessibleDescription(/make you wait/);
    await stage.judge('passphrase-change-wait');
    await change.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('the key store beside it, and without it', async () => {
    services.vault.wait = 0;
    await page.getByRole('button', { name: 'Choose what opens it' }).click();
    await choice.getByLabel('The key store of this computer').check();
    await expect(choice.getByLabel(/Have a passphrase too/)).toBeChecked();
    await choice.getByLabel('Your passphrase so far').fill('correct horse');
    await stage.judge('passphrase-spare');
    await choice.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Remove passphrase' }).click();
    const question = page.getByRole('dialog', { name: 'Remove your passphrase?' });
    await question.getByLabel('Your passphrase so far').fill('correct horse');
    await stage.judge('passphrase-remove');
    await question.getByRole('button', { name: 'Remove passphrase' }).click();
    await expect(page.getByText('Your passphrase was removed')).toBeVisible();
  });
});

test('D3 a start asks for the passphrase, and no way on is missing where it is wrong or forgotten', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  services.faults.set('accounts.list', new AppError('key-store-unavailable', { reason: 'passphrase-needed' }));
  services.vault.lock('correct horse', {
    ...{ keyStore: 'Secret Service', keyStoreProblem: 'changed', unlock: { hint: 'an animal', waitUntil: null } },
  });
  const page = await stage.open();
  const field = page.getByLabel('Passphrase', { exact: true });
  await expect(field).toBeFocused();
  await expect(page.getByText('Hint: an animal')).toBeVisible();
  await stage.judge('unlock');
  await field.fill('wrong horse');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(/not the passphrase/);
  await expect(field).toBeFocused();
  services.vault.wait = 40;
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(/make you wait/);
  await page.setViewportSize(narrow);
  await stage.judge('unlock-wait-narrow');
  await page.setViewportSize(wide);
  await page.getByRole('button', { name: 'Go on without what is saved' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('private SSH keys that are saved only here are lost');
  await stage.judge('unlock-give-up');
  await page.keyboard.press('Escape');
  await page.reload();
  await field.fill('correct horse');
  await field.press('Enter');
  await expect(page.getByText('Another key store is in use, or it was emptied')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
});

test('D3 a key store that does not open what is kept leaves ways on, and stays told of', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.faults.set('accounts.list', new AppError('key-store-unavailable', { reason: 'key-store-changed' }));
  services.app.storage = { protection: 'locked', keyStore: 'Secret Service', keyStoreProblem: 'changed' };
  const page = await stage.open();
  await expect(page.getByRole('heading', { name: 'This is another key store' })).toBeVisible();
  await stage.judge('key-store-changed');
  services.faults.delete('accounts.list');
  services.app.storage = {
    ...{ protection: 'key-store', keyStore: 'Secret Service', keyStoreProblem: 'changed' },
    unlock: { hint: null, waitUntil: null },
  };
  await page.reload();
  const banner = page.getByRole('status').filter({ hasText: 'Another key store is in use, or it was emptied' });
  await expect(banner).toBeVisible();
  await keepPicture(page, 'screens/key-store-changed-banner');
  await banner.getByRole('button', { name: 'Choose what opens it' }).click();
  await expect(page.getByRole('dialog', { name: 'How should this computer keep your data?' })).toBeVisible();

  await test.step('also while it keeps silent', async () => {
    let answer = (): void => undefined;
    services.gates.set('accounts.list', new Promise((resolve) => (answer = resolve)));
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Waiting for the key store' })).toBeVisible();
    await stage.judge('key-store-waiting');
    answer();
    await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
  });
});
