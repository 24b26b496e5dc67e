import { AppError } from '../../shared/contract/errors.ts';
import { sampleApiKey } from '../../renderer/testing/sample-keys.ts';
import { count, generate, openProfile } from './api-key-acts.ts';
import { expect, test } from './fixtures.ts';

const lastFour = sampleApiKey.slice(-4);

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
  const question = page.getByRole('alertdialog', { name: 'Have you saved the key?' });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await made.getByRole('button', { name: 'Done' }).click();
  await question.getByRole('button', { name: 'Show it again' }).click();
  await made.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(made.getByText(/Copied. Clears in 30 sec/)).toBeVisible();
  services.emit('clipboard.changed', { clearsAt: null });
  await expect(made.getByText(/Copied/)).toBeHidden();
  await made.getByRole('button', { name: 'Save to file' }).click();
  await expect(made.getByText('Saved to /home/mara/key.txt')).toBeVisible();
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(section.locator(':focus')).toHaveCount(1);
  await expect.poll(() => count(stage, 'apiKey.finish')).toBe(1);
  await expect.poll(() => page.content()).not.toContain(sampleApiKey);
  await expect(section.getByText(`API key, ending in ${lastFour}`)).toBeAttached();
  await expect(section.getByText(/You can’t view this key again/)).toBeVisible();
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
  await expect.poll(() => count(stage, 'apiKey.generate')).toBe(0);
  await dialog.getByLabel('Name').press('Enter');
  await question.getByRole('button', { name: 'Generate new API key' }).dblclick();
  await expect(page.getByRole('dialog', { name: 'Your new API key' })).toBeVisible();
  await expect.poll(() => count(stage, 'apiKey.generate')).toBe(1);
});

test('E12 a proof is asked for in between, and calling it off makes no key', async ({ stage }) => {
  stage.services.security.asksForProof = true;
  const { page } = await openProfile(stage);
  const dialog = await generate(page, 'Backup');
  const proof = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await expect(proof).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.getByLabel('Name')).toHaveValue('Backup');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByLabel('Name').press('Enter');
  await proof.getByLabel('Password', { exact: true }).fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Your new API key' })).toBeVisible();
});

test('W7 X12 without a clipboard program the page copies, says that it stays, and counts it as saved', async ({
  stage,
}) => {
  stage.services.keys.hasClipboard = false;
  const { page } = await openProfile(stage);
  await generate(page, 'Backup');
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  await made.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(made.getByText(/stays on the clipboard/)).toBeVisible();
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('W7 whatever fails, the key stays on the screen', async ({ stage }) => {
  const { services } = stage;
  const { page } = await openProfile(stage);
  await generate(page, 'Backup');
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  const field = made.getByLabel('API key', { exact: true });
  services.keys.hasClipboard = false;
  await page.evaluate(() => (document.execCommand = () => false));
  await made.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(made.getByText(/Select the text and copy it by keyboard/)).toBeVisible();
  await expect(field).toBeFocused();
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(sampleApiKey);
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
  await expect(page.getByRole('alertdialog', { name: 'Have you saved the key?' })).toBeVisible();
  services.faults.set('apiKey.finish', new AppError('internal', { reference: 'K7Q2-0001' }));
  await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();
  await expect(page.getByRole('alertdialog').getByRole('alert')).toBeVisible();
});

test('W7 a page loaded anew can still show it, and leaving asks', async ({ stage }) => {
  const { services } = stage;
  services.keys.addApiKey();
  services.keys.pendingApiKey = sampleApiKey;
  const { page, section } = await openProfile(stage);
  await expect(section.getByText('Your new key can still be shown')).toBeVisible();
  await stage.judge('api-key-held');
  await section.getByRole('button', { name: 'Show it again' }).click();
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  await expect(made.getByLabel('API key', { exact: true })).toHaveValue(sampleApiKey);
  await page.evaluate(() => (location.hash = '#/sessions'));
  await expect(page.getByRole('alertdialog', { name: 'Have you saved the key?' })).toBeVisible();
  await page.getByRole('button', { name: 'Show it again' }).last().click();
  await expect(page).toHaveURL(/#\/profile$/);
  services.keys.pendingApiKey = null;
  services.emit('apiKey.changed', services.keys.apiKeyOf('c1'));
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('E7 shown again where the provider does: copied by a press, revealed, hidden', async ({ stage }) => {
  const { services } = stage;
  services.keys.head = { ...services.keys.head, offers: ['reveal'] };
  services.keys.addApiKey('');
  const { page, section } = await openProfile(stage);
  await section.getByRole('button', { name: 'Copy the API key' }).click();
  await expect(section.getByText(/Copied. Clears in/)).toBeVisible();
  await section.getByRole('button', { name: 'Show the API key' }).click();
  await expect(section.getByText(sampleApiKey)).toBeVisible();
  await stage.judge('api-key-revealed');
  await section.getByRole('button', { name: 'Hide the API key' }).click();
  await expect(section.getByText(sampleApiKey)).toHaveCount(0);
  await page.getByRole('button', { name: 'Generate new API key' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveCount(0);
});
