import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expectProfile, keepPicture, signIn } from './acts.ts';
import { exchangeByCurl, statusByCurl } from '../../support/curl.ts';
import { findSecrets } from '../../support/find-secrets.ts';
import { expect, test } from './fixtures.ts';
import { prove } from './security-acts.ts';

test('W7 E7: a key made here works with curl; a new one takes its place at once; deleted, it is void', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const { page, dataFolder } = await desk.startApp({ keep: true });
  const works = async (key: string) => (await statusByCurl(server.address, { accessToken: key })) === 200;
  await signIn(page, server);
  const section = page.getByRole('region', { name: 'Connect API Key' });
  const dialog = page.getByRole('dialog', { name: 'Generate an API key' });
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  const shown = made.getByLabel('API key', { exact: true });
  const readKey = async () => {
    await expect(shown).not.toHaveValue('');
    return shown.inputValue();
  };

  await section.getByRole('button', { name: 'Generate API key' }).click();
  for (const [name, refusal] of [
    ['x'.repeat(300), /too long/],
    ['Backup\u{7}script', /cannot be shown/],
  ] as const) {
    await dialog.getByLabel('Name').fill(name);
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(refusal);
  }
  await dialog.getByLabel('Name').fill('Backup script');
  await dialog.getByRole('button', { name: 'Generate API key' }).dblclick();
  const first = await readKey();
  expect(await works(first)).toBe(true);
  await made.getByRole('button', { name: 'Test it' }).click();
  await expect(made.getByText(/accepts this key/)).toBeVisible();
  await keepPicture(page, 'api-key-made');

  await test.step('a page loaded anew can still show it', async () => {
    page.once('dialog', (asked) => void asked.accept());
    await page.reload();
    await section.getByRole('button', { name: 'Show it again' }).click();
    await expect(shown).toHaveValue(first);
  });

  await test.step('in a file, then Done: nowhere else', async () => {
    await made.getByRole('button', { name: 'Save to file' }).click();
    await expect(made.getByText(/^Saved to/)).toBeVisible();
    const [file = ''] = await readdir(desk.downloads);
    expect(await readFile(join(desk.downloads, file), 'utf8')).toContain(first);
    await made.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect.poll(() => page.content()).not.toContain(first);
    expect(findSecrets(dataFolder, [first])).toEqual([]);
    await keepPicture(page, 'api-key-after');
  });

  await test.step('the new one replaces it', async () => {
    await section.getByRole('button', { name: 'Generate new API key' }).click();
    await page.getByRole('dialog', { name: 'Generate a new API key' }).getByLabel('Name').fill('Reports');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alertdialog', { name: 'Are you sure?' })
      .getByRole('button', { name: 'Generate new API key' })
      .click();
    const second = await readKey();
    expect([await works(first), await works(second)]).toEqual([false, true]);
    await made.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();
    await section.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete API key' }).click();
    await expect(section.getByText('You have no API key yet')).toBeVisible();
    expect(await works(second)).toBe(false);
  });
});

async function readAccessKey(panel: Locator): Promise<{ id: string; secret: string }> {
  await panel.getByRole('button', { name: 'Show Secret Key' }).click();
  const secret = panel.getByLabel('Secret key');
  await expect(secret).toHaveValue(/^[^•]+$/);
  return { id: await panel.locator('code').innerText(), secret: await secret.inputValue() };
}

test('D7 C7: the demo inside the app, played as a contact center, has an access key about to end', async ({ desk }) => {
  const { page } = await desk.startApp({ args: ['--embedded-preset', 'contact-center'] });
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await page.getByRole('button', { name: 'Use and sign in' }).click();
  await page.getByRole('tab', { name: 'Access keys' }).click();
  const keys = page.getByRole('tabpanel');
  await expect(keys.getByRole('row').filter({ hasText: 'Dialer' })).toContainText('Expires');
  await expect(keys.getByRole('row').filter({ hasText: 'Reporting' })).not.toContainText('Expires');
  await keepPicture(page, 'demo-access-keys');
});

test('C7: Edit, generate, show, Done; afterwards the secret is nowhere; stopped, the key fails', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'contact-center' });
  const { page, dataFolder } = await desk.startApp({ keep: true });
  await signIn(page, server);
  await page.getByRole('tab', { name: 'Access keys' }).click();
  const panel = page.getByRole('tabpanel');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Generate New Access Key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Nightly reports');
  await page.keyboard.press('Enter');
  await prove(page, server.demo.password);
  const { id: keyId, secret } = await readAccessKey(panel);
  const token = await exchangeByCurl(server.address, keyId, secret);
  expect(await statusByCurl(server.address, { accessToken: token ?? '' })).toBe(200);
  await keepPicture(page, 'access-key-made');
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Show it again' }).click();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();

  await test.step('gone: from the page, the data folder with its log, and after a reload', async () => {
    await expect.poll(() => page.content()).not.toContain(secret);
    expect(findSecrets(dataFolder, [secret])).toEqual([]);
    await page.reload();
    await page.getByRole('tab', { name: 'Access keys' }).click();
    await expect(panel.getByText('Nightly reports')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
    await expect(panel.getByLabel('Secret key')).toHaveCount(0);
  });

  await test.step('stopped', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await panel.getByRole('switch').click();
    await expect(panel.getByRole('switch')).not.toBeChecked();
    expect(await exchangeByCurl(server.address, keyId, secret)).toBeUndefined();
    expect(await statusByCurl(server.address, { accessToken: token ?? '' })).toBe(401);
    await keepPicture(page, 'access-key-stopped');
  });
});

test('X2: an access key replaced step by step, in the app and at the server', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'contact-center' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await page.getByRole('tab', { name: 'Access keys' }).click();
  const panel = page.getByRole('tabpanel');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Generate New Access Key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Dialer');
  await page.keyboard.press('Enter');
  await prove(page, server.demo.password);
  const old = await readAccessKey(panel);
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await panel.getByRole('button', { name: 'Actions for Dialer' }).click();
  await page.getByRole('menuitem', { name: 'Replace step by step' }).click();
  const guide = page.getByRole('dialog', { name: /^Replace .*Dialer/ });
  await guide.getByRole('button', { name: 'Make the new key' }).click();
  await guide.getByRole('button', { name: 'Test the new key' }).click();
  await expect(guide.getByText(/accepted the new key/)).toBeVisible();
  expect(await exchangeByCurl(server.address, old.id, old.secret)).toBeDefined();
  await guide.getByLabel('Place', { exact: true }).fill('Office server');
  await page.keyboard.press('Enter');
  await guide.getByRole('checkbox').check();
  await guide.getByLabel('Delete the old key').selectOption({ label: 'Not by itself' });
  await keepPicture(page, 'rotation-switch');
  await guide.getByRole('button', { name: 'Stop the old key' }).click();
  await expect(guide.getByText('The old key does not work any more')).toBeVisible();
  expect(await exchangeByCurl(server.address, old.id, old.secret)).toBeUndefined();
  await guide.getByRole('button', { name: 'Finish' }).click();
  await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('X6: the permission is taken away while the screen is open', async ({ desk }) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  const section = page.getByRole('region', { name: 'Connect API Key' });
  const generate = section.getByRole('button', { name: 'Generate API key' });
  await generate.click();
  const dialog = page.getByRole('dialog', { name: 'Generate an API key' });
  await dialog.getByLabel('Name').fill('Backup script');
  await server.stop();
  await desk.startServer({ port: Number(new URL(server.address).port), args: ['--permissions', 'Notifications Edit'] });
  const ask = async () => {
    const answered = page.waitForResponse(
      (response) => response.request().postData()?.includes('apiKey.generate') === true,
    );
    await dialog.getByLabel('Name').press('Enter');
    return (await (await answered).json()) as unknown;
  };
  // The first may find the account to the server that is gone.
  await expect.poll(ask).toMatchObject({ error: { permission: 'API Key Manage' } });
  await expect(dialog.getByRole('alert')).toContainText('API Key Manage');
  await keepPicture(page, 'api-key-permission-gone');
  await page.keyboard.press('Escape');
  await expect(generate).toHaveAccessibleDescription(/needs the permission .*API Key Manage/);
  await expectProfile(page);
});
