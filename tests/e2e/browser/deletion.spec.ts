import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { openExport } from '../../../electron/services/features/deletion/export-file.ts';
import { findSecrets, listFiles } from '../../support/find-secrets.ts';
import { givePassword, signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { prove } from './security-acts.ts';

const passphrase = 'correct horse battery';

test('E10: an account is exported, then deleted for good, with all that was kept of it here', async ({ desk }) => {
  const server = await desk.startServer();
  const app = await desk.startApp({ keep: true });
  const { page } = app;
  await signIn(page, server);
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'Delete account …' }).click();

  await test.step('a copy first, that only the passphrase opens', async () => {
    await page.getByLabel('Passphrase for the file').fill(passphrase);
    await page.getByLabel('Passphrase again').fill(passphrase);
    await page.getByRole('button', { name: 'Save an encrypted copy' }).click();
    await expect(page.getByText(/^Saved to /)).toBeVisible();
    const [file = ''] = listFiles(desk.downloads);
    expect(findSecrets(desk.downloads, ['Lindqvist'])).toEqual([]);
    expect((await openExport(readFileSync(file), passphrase))?.toString()).toContain('Lindqvist');
  });

  await page.getByLabel('Your e-mail address').fill(server.demo.identifier);
  await page.getByRole('button', { name: 'Delete account', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await prove(page, server.demo.password);
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(page.getByText('Your account at Control account is deleted')).toBeVisible();

  await page.getByRole('button', { name: 'Connect to a service' }).click();
  await page.getByLabel('Address of the service').fill(server.address);
  await page.getByRole('button', { name: 'Continue' }).click();
  await givePassword(page, server.demo.identifier, server.demo.password);
  await expect(page.getByText('Wrong e-mail or password.')).toBeVisible();
  await app.stop();
  expect(findSecrets(app.dataFolder, ['Lindqvist', 'Skeppsbron'])).toEqual([]);
  // An empty list of accounts, and what proves that no older one was put back.
  const sealed = listFiles(app.dataFolder).filter((each) => each.endsWith('.sealed'));
  expect(sealed.map((each) => basename(each)).sort()).toEqual(['connections.sealed', 'ledger.sealed']);
});
