import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../support/ssh-tools.ts';
import { keepPicture, signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { openScreen } from './security-acts.ts';

test('K10 a key is made into ~/.ssh, opens by its passphrase and is in the list of the account', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'platform' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Identity keys');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Comment').fill('made here');
  await page.getByLabel('Passphrase', { exact: true }).fill('otters in the reeds');
  await page.getByLabel('Passphrase, once more').fill('otters in the reeds');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('dialog', { name: 'The key is made' })).toContainText('Added');
  await keepPicture(page, 'key-made');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('grid', { name: 'Identity keys' })).toContainText('made here');
  const path = join(desk.folder, 'home', '.ssh', 'id_ed25519');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const line = await run('ssh-keygen', ['-y', '-P', 'otters in the reeds', '-f', path]);
  expect(line).toBe(readFileSync(`${path}.pub`, 'utf8'));
  expect(line).toContain(' made here\n');
});
