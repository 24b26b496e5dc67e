import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import { sampleApiKey } from '../../renderer/testing/fake-keys.ts';
import { expect, test, type Stage } from './fixtures.ts';

const lastFour = sampleApiKey.slice(-4);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const count = ({ services }: Stage, channel: string) =>
  services.asked.filter((each) => each.channel === channel).length;

async function openProfile(stage: Stage, { width = 1_200 } = {}) {
  const { services } = stage;
  const { id } = services.connections.connections[0] ?? services.addConnection();
  services.profileOf(id).offers = ['api-key'];
  const page = await stage.open();
  await page.setViewportSize({ width, height: 860 });
  const section = page.getByRole('region', { name: 'Connect API Key' });
  await section.scrollIntoViewIfNeeded();
  return { page, section };
}

/** From the page to the key, through the question where one is asked. */
async function generate(page: Page, name: string) {
  await page.getByRole('button', { name: /^Generate (new )?API key$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Generate an API key' });
  await dialog.getByLabel('Name').fill(name);
  await page.keyboard.press('Enter');
  return dialog;
}

test('W3 W7 E7 none yet: what it is for, in its place; a name and its mistakes', async ({ stage }) => {
  const { services } = stage;
  const { page, section } = await openProfile(stage);
  await expect(section.getByText('You have no API key yet')).toBeVisible();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    'User Information',
    'Notifications and Daily Report',
    'Connect API Key',
    'Contact Information',
    'Security (password)',
    'MFA',
  ]);
  await stage.judge('api-key-none');
  const dialog = await generate(page, '');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/Please fill this in/);
  for (const [code, limit, words] of [
    ['too-long', 100, /100 characters at most/],
    ['control-characters', undefined, /cannot be shown/],
  ] as const) {
    services.faults.set(
      'apiKey.generate',
      new AppError('invalid-request', { fields: { name: { code, ...(limit && { limit }) } } }),
    );
    await dialog.getByLabel('Name').fill('x'.repeat(300));
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(words);
  }
  await stage.judge('api-key-name-refused');
});

test('W7 E7 shown once: tested, copied, saved, Done; anything else asks first', async ({ stage }) => {
  const { services } = stage;
  const { page, section } = await openProfile(stage);
  await generate(page, 'Backup script');
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  await expect(made.getByLabel('API key', { exact: true })).toHaveValue(sampleApiKey);
  await made.getByRole('button', { name: 'Test it' }).click();
  await expect(made.getByText('Control account accepts this key.')).toBeVisible();
  await stage.judge('api-key-made');
  await page.keyboard.press('Escape');
  const question = page.getByRole('alertdialog', { name: 'Have you kept it?' });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await made.getByRole('button', { name: 'Done' }).click();
  await question.getByRole('button', { name: 'Show it again' }).click();
  await made.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(made.getByText(/Copied. It is taken off the clipboard again in 30 sec/)).toBeVisible();
  services.emit('clipboard.changed', { clearsAt: null });
  await expect(made.getByText(/Copied/)).toBeHidden();
  await made.getByRole('button', { name: 'Save to file' }).click();
  await expect(made.getByText('Saved to /home/mara/key.txt')).toBeVisible();
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(section.locator(':focus')).toHaveCount(1);
  expect(count(stage, 'apiKey.finish')).toBe(1);
  expect(await page.content()).not.toContain(sampleApiKey);
  await expect(section.getByText(`API key, ending in ${lastFour}`)).toBeAttached();
  await expect(section.getByText(/It was shown once/)).toBeVisible();
});

test('E7 a new key replaces the old one: said, and asked; two presses make one', async ({ stage }) => {
  stage.services.keys.addApiKey();
  const { page } = await openProfile(stage);
  const dialog = await (async () => {
    await page.getByRole('button', { name: 'Generate new API key' }).click();
    return page.getByRole('dialog', { name: 'Generate a new API key' });
  })();
  await expect(dialog.getByText(new RegExp(`old key, which ends in ${lastFour}, fail`))).toBeVisible();
  await stage.judge('api-key-replace');
  await dialog.getByLabel('Name').fill('Reports');
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Are you sure?' });
  await stage.judge('api-key-sure');
  await page.keyboard.press('Escape');
  await expect(dialog.getByLabel('Name')).toHaveValue('Reports');
  expect(count(stage, 'apiKey.generate')).toBe(0);
  await dialog.getByLabel('Name').press('Enter');
  await question.getByRole('button', { name: 'Generate new API key' }).dblclick();
  await expect(page.getByRole('dialog', { name: 'Your new API key' })).toBeVisible();
  expect(count(stage, 'apiKey.generate')).toBe(1);
});

test('E12 a proof is asked for in between, and calling it off makes no key', async ({ stage }) => {
  stage.services.security.asksForProof = true;
  const { page } = await openProfile(stage);
  const dialog = await generate(page, 'Backup');
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expect(proof).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.getByLabel('Name')).toHaveValue('Backup');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByLabel('Name').press('Enter');
  await proof.getByLabel('Password', { exact: true }).fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Your new API key' })).toBeVisible();
});

test('W7 whatever fails, the key stays on the screen', async ({ stage }) => {
  const { services } = stage;
  const { page } = await openProfile(stage);
  await generate(page, 'Backup');
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  const field = made.getByLabel('API key', { exact: true });
  services.keys.hasClipboard = false;
  await made.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(made.getByText(/Select the text and copy it by keyboard/)).toBeVisible();
  await expect(field).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(sampleApiKey);
  services.keys.file = null;
  await made.getByRole('button', { name: 'Save to file' }).click();
  await expect(made.getByText(/Saved to/)).toHaveCount(0);
  services.faults.set('apiKey.save', new AppError('storage-fault', { reason: 'folder-read-only' }));
  await made.getByRole('button', { name: 'Save to file' }).click();
  await expect(made.getByText(/No file can be written there/)).toBeVisible();
  services.keys.isAccepted = false;
  await made.getByRole('button', { name: 'Test it' }).click();
  await expect(made.getByText(/does not accept/)).toBeVisible();
  await expect(field).toHaveValue(sampleApiKey);
  await stage.judge('api-key-nothing-works');
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Have you kept it?' })).toBeVisible();
  services.faults.set('apiKey.finish', new AppError('internal', { reference: 'K7Q2-0001' }));
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByRole('alertdialog').getByRole('alert')).toBeVisible();
});

test('W7 a page loaded anew can still show it, and leaving asks', async ({ stage }) => {
  const { services } = stage;
  services.keys.addApiKey();
  services.keys.heldApiKey = sampleApiKey;
  const { page, section } = await openProfile(stage);
  await expect(section.getByText('Your new key can still be shown')).toBeVisible();
  await stage.judge('api-key-held');
  await section.getByRole('button', { name: 'Show it again' }).click();
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  await expect(made.getByLabel('API key', { exact: true })).toHaveValue(sampleApiKey);
  await page.evaluate(() => (location.hash = '#/sessions'));
  await expect(page.getByRole('alertdialog', { name: 'Have you kept it?' })).toBeVisible();
  await page.getByRole('button', { name: 'Show it again' }).last().click();
  await expect(page).toHaveURL(/#\/profile$/);
  services.keys.heldApiKey = null;
  services.emit('apiKey.changed', services.keys.apiKeyOf('c1'));
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('E7 shown again where the provider does: copied by a press, revealed, hidden', async ({ stage }) => {
  const { services } = stage;
  services.keys.head = { ...services.keys.head, offers: ['reveal'] };
  services.keys.addApiKey('');
  const { page, section } = await openProfile(stage);
  await section.getByRole('button', { name: 'Copy the API key' }).click();
  await expect(section.getByText(/Copied. It is taken off/)).toBeVisible();
  await section.getByRole('button', { name: 'Show the API key' }).click();
  await expect(section.getByText(sampleApiKey)).toBeVisible();
  await stage.judge('api-key-revealed');
  await section.getByRole('button', { name: 'Hide the API key' }).click();
  await expect(section.getByText(sampleApiKey)).toHaveCount(0);
  await page.getByRole('button', { name: 'Generate new API key' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveCount(0);
});

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
  services.addConnection({
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
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await section.getByRole('button', { name: 'Generate new API key' }).scrollIntoViewIfNeeded();
  await stage.judge('api-key-narrow');
  services.keys.heldApiKey = sampleApiKey;
  services.emit('apiKey.changed', services.keys.apiKeyOf('c1'));
  await section.getByRole('button', { name: 'Show it again' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await stage.judge('api-key-made-narrow');
});
