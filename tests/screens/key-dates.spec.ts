import type { Page } from '@playwright/test';
import { openApiKeySection } from './api-key-section.ts';
import { expect, test, type Stage } from './fixtures.ts';

const made = ({ services }: Stage) =>
  services.asked
    .filter(({ channel }) => channel === 'apiKey.generate')
    .map(({ input }) => input as { expiresAt: string | null });

/** Two of the three parts of a date: the field counts as empty then. */
async function typeHalfADate(page: Page, label: string): Promise<void> {
  await page.getByLabel(label).focus();
  await page.keyboard.type('1231');
}

test('X3 half a date is not taken for none: no key without an end is made of it', async ({ stage }) => {
  const { page, section } = await openApiKeySection(stage);
  await section.getByRole('button', { name: 'Generate API key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Generate an API key' });
  await dialog.getByLabel('Name').fill('Backup script');
  await typeHalfADate(page, 'Expires on');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Expires on')).toBeFocused();
  await expect(dialog.getByLabel('Expires on')).toHaveAccessibleDescription(/Give day, month and year/);
  await expect.poll(() => made(stage)).toEqual([]);
  await stage.judge('key-half-date');
  // An empty field to the page, as before: what stands in it goes all the same.
  await dialog.getByRole('button', { name: 'Never' }).click();
  await dialog.getByRole('button', { name: 'Generate API key' }).click();
  await expect.poll(() => made(stage)).toEqual([{ accountId: 'c1', name: 'Backup script', expiresAt: null }]);
});

test('X3 X9 a day that is too far off is refused, and the look at the request survives it', async ({ stage }) => {
  const { page, section } = await openApiKeySection(stage);
  await section.getByRole('button', { name: 'Generate API key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Generate an API key' });
  await dialog.getByLabel('Name').fill('Backup script');
  await dialog.getByRole('button', { name: 'Show what will be sent' }).click();
  await dialog.getByLabel('Expires on').fill('12345-06-07');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Expires on')).toHaveAccessibleDescription(/nearer day/);
  await dialog.getByLabel('Expires on').fill('9999-12-30');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Your new API key' })).toBeVisible();
  await expect.poll(() => made(stage).map(({ expiresAt }) => expiresAt?.slice(0, 7))).toEqual(['9999-12']);
});

test('X3 a reminder on half a date is not kept', async ({ stage }) => {
  stage.services.keys.addApiKey();
  const { page, section } = await openApiKeySection(stage);
  await section.getByRole('button', { name: 'Set a reminder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remind me to replace this key' });
  await typeHalfADate(page, 'Replace it by');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Replace it by')).toHaveAccessibleDescription(/Give day, month and year/);
});
