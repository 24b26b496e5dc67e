import { AppError } from '../../shared/contract/errors.ts';
import { sampleApiKey } from '../../renderer/testing/sample-keys.ts';
import { generate, inDays, openProfile } from './api-key-acts.ts';
import { expect, test } from './fixtures.ts';

test('X3 the end: near at the provider, one of your own set and taken away', async ({ stage }) => {
  const { services } = stage;
  services.keys.addApiKey();
  services.keys.apiKey = { ...services.keys.apiKey!, expiresAt: inDays(7), lastUsedAt: '2026-02-27T08:00:00.000Z' };
  const { page, section } = await openProfile(stage);
  await expect(section.getByText('Expires in 7 days')).toBeVisible();
  await section.getByRole('button', { name: 'Set a reminder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remind me to replace this key' });
  await dialog.getByRole('button', { name: 'Remind me' }).click();
  await expect(dialog.getByLabel('Replace it by')).toHaveAccessibleDescription(/fill this in/);
  await dialog.getByLabel('Replace it by').fill('2020-01-01');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Replace it by')).toHaveAccessibleDescription(/still to come/);
  await stage.judge('api-key-own-end');
  await dialog.getByLabel('Replace it by').fill(inDays(1).slice(0, 10));
  await page.keyboard.press('Enter');
  await expect(section.getByText(/Replace (within 1 day|today)/)).toBeVisible();
  await stage.judge('api-key-ends');
  await section.getByRole('button', { name: 'Change the reminder' }).click();
  await dialog.getByRole('button', { name: 'Remove the reminder' }).click();
  await expect(section.getByText('Expires in 7 days')).toBeVisible();
  await expect(page.getByText('Reminder removed')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(section.getByText(/Replace (within 1 day|today)/)).toBeVisible();
});

test('E7 deleted, after a question', async ({ stage }) => {
  stage.services.keys.addApiKey();
  const { page, section } = await openProfile(stage);
  await section.getByRole('button', { name: 'Delete' }).click();
  await stage.judge('api-key-delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete API key' }).click();
  await expect(section.getByText('You have no API key yet')).toBeVisible();
});

test('W7 the answer with the key got lost: said, and made again', async ({ stage }) => {
  stage.services.keys.losesReply = true;
  const { page, section } = await openProfile(stage);
  await generate(page, 'Backup');
  await expect(section.getByText('Nobody has this key')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await stage.judge('api-key-lost');
});

test('X6 without the permission every control says why; taken away while open', async ({ stage }) => {
  const { services } = stage;
  services.keys.addApiKey();
  const { page, section } = await openProfile(stage);
  await section.getByRole('button', { name: 'Delete' }).click();
  services.keys.head = { ...services.keys.head, access: { kind: 'needs-permission', permission: 'API Key Edit' } };
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete API key' }).click();
  await expect(page.getByRole('alertdialog').getByText(/needs the permission “API Key Edit”/)).toBeVisible();
  services.emit('apiKey.changed', services.keys.apiKeyOf('c1'));
  await page.keyboard.press('Escape');
  for (const name of ['Generate new API key', 'Replace step by step', 'Delete']) {
    await expect(section.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true');
    await expect(section.getByRole('button', { name })).toHaveAccessibleDescription(
      /needs the permission “API Key Edit”/,
    );
  }
  await section.getByRole('button', { name: 'Delete' }).focus();
  await stage.judge('api-key-locked');
  services.keys.head = { ...services.keys.head, access: { kind: 'not-offered' } };
  services.emit('apiKey.changed', services.keys.apiKeyOf('c1'));
  await expect(section.getByText('Control account offers no API key')).toBeVisible();
});

test('D5 offline: as last seen, locked; never seen: said; and a failure to read', async ({ stage }) => {
  const { services } = stage;
  services.keys.addApiKey();
  services.keys.head = { ...services.keys.head, access: { kind: 'offline' } };
  services.addAccount({
    state: {
      kind: 'offline',
      since: '2026-03-01T10:00:00.000Z',
      cause: { code: 'offline', reason: 'connection-refused' },
    },
  });
  for (const channel of ['profile.get provider', 'apiKey.get provider'])
    services.faults.set(channel, new AppError('offline'));
  const { page, section } = await openProfile(stage);
  await expect(section.getByText(/Last seen/)).toBeVisible();
  await expect(section.getByRole('button', { name: 'Generate new API key' })).toHaveAccessibleDescription(
    /once you are online/,
  );
  await stage.judge('api-key-offline');
  services.faults.set('apiKey.get cache', new AppError('not-found'));
  await page.reload();
  await expect(section.getByText(/once Control account can be reached again/)).toBeVisible();
  services.setState('c1', { kind: 'online', since: '2026-03-01T10:00:00.000Z' });
  services.faults.set('apiKey.get provider', new AppError('server-fault'));
  await page.reload();
  await expect(section.getByRole('alert')).toBeVisible();
  services.faults.clear();
  await section.getByRole('button', { name: 'Try again' }).click();
  await expect(section.getByText('Backup script')).toBeVisible();
});

test('X13 400 pixels wide, with a long name', async ({ stage }) => {
  const { services } = stage;
  services.keys.addApiKey(
    'Nightly backup of the customer archive on the second office server, in the basement of the old building',
  );
  const { page, section } = await openProfile(stage, { width: 400 });
  await expect(section.getByRole('tablist')).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await section.getByRole('button', { name: 'Generate new API key' }).scrollIntoViewIfNeeded();
  await stage.judge('api-key-narrow');
  services.keys.pendingApiKey = sampleApiKey;
  services.emit('apiKey.changed', services.keys.apiKeyOf('c1'));
  await section.getByRole('button', { name: 'Show it again' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await stage.judge('api-key-made-narrow');
});
