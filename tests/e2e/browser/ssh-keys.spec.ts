import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { makeSshKey, run, tryToRun, writeKeyFile } from '../../support/ssh-tools.ts';
import { keepPicture, signIn } from './acts.ts';
import { expect, test, type App, type Desk } from './fixtures.ts';
import { openScreen } from './security-acts.ts';

/** The sign-in is a fresh proof of who is there (E12), so nothing asks for one. */
async function openKeys(desk: Desk): Promise<App> {
  const server = await desk.startServer({ preset: 'platform' });
  const app = await desk.startApp();
  await signIn(app.page, server);
  await openScreen(app.page, 'Identity keys');
  return app;
}

/** A folder of this computer, as made by the person. */
function makeFolder(desk: Desk, name: string): string {
  const folder = join(desk.folder, 'home', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function look(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByRole('menuitem', { name: `Look in ${folder}` }).click();
}

async function chooseFiles(page: Page, paths: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add keys' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Choose files' }).click();
  await (await chooser).setFiles(paths);
}

const fileRow = (page: Page, name: string): Locator =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
const keyRow = (page: Page, title: string): Locator =>
  page.getByRole('grid', { name: 'Identity keys' }).getByRole('row').filter({ hasText: title });

test('D4 E11 K3 K5 K7 K9: ~/.ssh is imported, the key shown as ssh-keygen shows it, verified, exported and deleted', async ({
  desk,
}) => {
  const folder = makeFolder(desk, '.ssh');
  const { path } = await makeSshKey(folder, 'ed25519', 256, 'mara@work');
  writeFileSync(join(folder, 'config'), 'Host *\n  ForwardAgent no\n');
  const { publicLine } = await makeSshKey(makeFolder(desk, 'elsewhere'), 'ed25519', 256, 'colleague');
  writeFileSync(join(folder, 'authorized_keys'), `${publicLine}\n`);
  writeFileSync(
    join(folder, 'known_hosts'),
    `example.org ${(await makeSshKey(makeFolder(desk, 'server'), 'ed25519', 256, '')).publicLine}\n`,
  );
  const { page } = await openKeys(desk);
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
  await look(page, folder);
  // A colleague may log in here, and a server is known: neither is the person's key (K6).
  await expect(page.getByRole('button', { name: 'May log in here 1' })).toBeVisible();
  await page.getByRole('button', { name: 'Show 2 that cannot be added' }).click();
  await expect(fileRow(page, 'config')).toContainText('Not a key');
  await expect(fileRow(page, 'known_hosts')).toContainText('it is never added');
  await expect(fileRow(page, 'id_ed25519_256')).toContainText('Also in id_ed25519_256.pub');
  await keepPicture(page, 'ssh-keys-import');
  await page.getByLabel('Keep their private halves here').check();
  await page.getByRole('button', { name: 'Add all good ones (1)' }).click();
  await expect(fileRow(page, 'id_ed25519_256')).toContainText('its private half is here until you close');
  await page.getByRole('button', { name: 'Back to the list' }).click();

  await keyRow(page, 'mara@work').click();
  const details = page.getByRole('dialog', { name: 'mara@work' });
  const [, sha256] = (await run('ssh-keygen', ['-l', '-f', path])).split(' ');
  const [, md5] = (await run('ssh-keygen', ['-l', '-E', 'md5', '-f', path])).split(' ');
  const [, ...picture] = (await run('ssh-keygen', ['-lv', '-f', path])).trimEnd().split('\n');
  await expect(details).toContainText(sha256 ?? '');
  await expect(details).toContainText(md5 ?? '');
  await expect.poll(() => details.locator('pre').innerText()).toBe(picture.join('\n'));
  await details.getByRole('button', { name: 'Verify ownership' }).click();
  await expect(details.getByText(/has checked your signature/)).toBeVisible();
  await keepPicture(page, 'ssh-keys-verified');

  await details.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the private half' });
  await dialog.getByLabel('New passphrase', { exact: true }).fill('correct horse');
  await dialog.getByLabel('New passphrase, once more').fill('correct horse');
  await dialog.getByRole('button', { name: 'Save as …' }).click();
  const [, file = ''] = /Saved to (\S+)/.exec(await details.getByText(/Saved to/).innerText()) ?? [];
  expect((await run('ssh-keygen', ['-y', '-P', 'correct horse', '-f', file])).split(' ')[1]).toBe(
    readFileSync(`${path}.pub`, 'utf8').split(' ')[1],
  );
  expect((await tryToRun('ssh-keygen', ['-y', '-P', '', '-f', file])).code).not.toBe(0);

  await details.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: 'Delete key' }).click();
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
});

test('K1 K4 K6 K7 K8: a private key pasted as a public one is caught; encrypted, weak and broken files have their verdicts', async ({
  desk,
}) => {
  const folder = makeFolder(desk, 'keys');
  for (const name of ['one', 'two'])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '1', '-N', 'right', '-C', name, '-f', join(folder, name)]);
  await run('ssh-keygen', ['-q', '-t', 'rsa', '-b', '1024', '-N', '', '-C', 'short', '-f', join(folder, 'short')]);
  const { path } = await makeSshKey(folder, 'ed25519', 256);
  writeKeyFile(
    folder,
    'half',
    readFileSync(path, 'utf8').replace(/^(-----BEGIN[^\n]+\n[^\n]{40})[\s\S]*(\n-----END)/, '$1$2'),
  );
  writeKeyFile(folder, 'huge', 'x'.repeat(1_048_577));
  writeKeyFile(folder, 'markup', 'ssh-ed25519 <img src=x onerror=alert(1)>');
  const pasted = await makeSshKey(makeFolder(desk, 'elsewhere'), 'ecdsa', 256, 'typed by mistake');
  const { page } = await openKeys(desk);

  await test.step('only the public half of a pasted private key is added', async () => {
    await page.getByRole('button', { name: 'Add keys' }).click();
    await page.getByRole('menuitem', { name: 'Paste or type a key' }).click();
    await page.getByLabel('Key', { exact: true }).fill(readFileSync(pasted.path, 'utf8'));
    await page.getByRole('button', { name: 'Add key', exact: true }).click();
    await expect(page.getByText('That was a private key, so nothing was sent')).toBeVisible();
    await page.getByRole('button', { name: 'Add Pasted key' }).click();
    await expect(fileRow(page, 'Pasted key')).toContainText('Added');
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await expect(keyRow(page, 'typed by mistake')).toContainText('ecdsa-sha2-nistp256');
  });

  await chooseFiles(
    page,
    ['one', 'two', 'short', 'half', 'huge', 'markup'].map((name) => join(folder, name)),
  );
  await expect(page.getByText('One file is larger than 1 MB and was left out')).toBeVisible();
  await page.getByRole('button', { name: 'Show 3 that cannot be added' }).click();
  await expect(fileRow(page, 'short')).toContainText(/Refused.*Make a new one/s);
  await expect(fileRow(page, 'half')).toContainText('Damaged');
  await expect(fileRow(page, 'one')).toContainText('Passphrase needed');
  await expect(page.locator('img')).toHaveCount(0);
  await keepPicture(page, 'ssh-keys-hostile');
  await page.getByLabel('Passphrase of one').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(fileRow(page, 'one')).toContainText('Wrong passphrase');
  await page.getByLabel(/^Passphrase for all 2/).fill('right');
  await page.getByRole('button', { name: 'Try on all locked' }).click();
  await expect(page.getByText('Unlocked 2 keys.')).toBeVisible();
  await page.getByRole('button', { name: 'Add all good ones (2)' }).click();
  await expect(fileRow(page, 'two')).toContainText('Added');
  // The page is loaded anew: what was read is there still.
  await page.reload();
  await expect(fileRow(page, 'two')).toContainText('Added');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(keyRow(page, 'one')).toContainText('ssh-ed25519');
});

test('K5 K7: an encrypted key beside its public half is opened and kept, before that half is added and after it', async ({
  desk,
}) => {
  const folder = makeFolder(desk, '.ssh');
  for (const name of ['first', 'second'])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '1', '-N', 'right', '-C', name, '-f', join(folder, name)]);
  const { page } = await openKeys(desk);
  await look(page, folder);
  const open = async (name: string) => {
    await page.getByLabel(`Passphrase of ${name}`).fill('right');
    await page.keyboard.press('Enter');
  };
  await open('first');
  await page.getByLabel('Keep the private half of first here').check();
  await page.getByRole('button', { name: 'Add all good ones (1)' }).click();
  await expect(fileRow(page, 'first')).toContainText('its private half is here until you close');
  await fileRow(page, 'second').getByRole('button', { name: 'Add the public half only' }).click();
  await expect(fileRow(page, 'second.pub')).toContainText('Added');
  await open('second');
  await fileRow(page, 'second').getByRole('button', { name: 'Keep its private half here' }).click();
  await expect(fileRow(page, 'second')).toContainText('Its private half is here until you close');
});
