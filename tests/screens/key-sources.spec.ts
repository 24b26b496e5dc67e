import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import { sampleImportRow } from '../../renderer/testing/sample-ssh-keys.ts';
import { expect, test } from './fixtures.ts';
import { asked, choose, openKeys, rowOf } from './key-import-stage.ts';

test.use({ viewport: { width: 1_280, height: 900 } });

test('K7 nothing is read before a place is chosen; ~/.ssh is only suggested', async ({ stage }) => {
  const page = await openKeys(stage);
  await page.getByRole('button', { name: 'Add keys' }).click();
  await expect(page.getByRole('menuitem')).toHaveText([
    'Choose files',
    'Choose a folder',
    'Look in /home/mara/.ssh',
    'Paste or type a key',
    'Make a new key',
  ]);
  await stage.judge('key-import-menu');
  await expect.poll(() => asked(stage, 'sshKeys.readSshFolder')).toEqual([]);
  await page.getByRole('menuitem', { name: 'Look in' }).click();
  await expect(page.getByRole('heading', { name: 'Keys in /home/mara/.ssh' })).toBeFocused();
});

test('K7 a choice that was cancelled changes nothing', async ({ stage }) => {
  stage.services.sshKeys.found = null;
  const page = await openKeys(stage);
  await choose(page, 'Choose files');
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
});

test('K6 a private key in the field for a public one is caught, and its public half offered', async ({ stage }) => {
  const page = await openKeys(stage);
  await choose(page, 'Paste or type a key');
  const dialog = page.getByRole('dialog', { name: 'Paste a key' });
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(dialog.getByLabel('Key', { exact: true })).toHaveAccessibleDescription(/Please fill this in/);
  stage.services.sshKeys.found = [sampleImportRow({ fileName: '' })];
  await dialog
    .getByLabel('Key', { exact: true })
    .fill('-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----');
  await stage.judge('key-import-paste');
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(page.getByText('That was a private key, so nothing was sent')).toBeVisible();
  await expect(rowOf(page, 'Pasted key')).toContainText('ssh-ed25519');
  await stage.judge('key-import-caught');
  await page.getByRole('button', { name: 'Add Pasted key' }).click();
  await expect(rowOf(page, 'Pasted key')).toContainText('Added');
});

test('K6 a private key that cannot be read is caught as well, and nothing is offered', async ({ stage }) => {
  const page = await openKeys(stage);
  await choose(page, 'Paste or type a key');
  stage.services.sshKeys.found = [
    sampleImportRow({ fileName: '', verdict: 'not-a-key', kind: null, type: null, sha256: null }),
  ];
  await page.getByLabel('Key', { exact: true }).fill('—--BEGIN OPENSSH PRIVATE KEY—--');
  await page.getByRole('button', { name: 'Add key', exact: true }).click();
  await expect(page.getByText('That was a private key, so nothing was sent')).toBeVisible();
  await expect(page.getByText('There is no key in it that can be added')).toBeVisible();
});

test('E11 E12 a public key as text is added at once, after a proof', async ({ stage }) => {
  stage.services.security.asksForProof = true;
  const page = await openKeys(stage);
  await choose(page, 'Paste or type a key');
  await page.getByLabel('Key', { exact: true }).fill('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJc3 mara@work');
  await page.getByLabel('Title').fill('Laptop');
  await page.getByRole('button', { name: 'Add key', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /Confirm|prove|you/i }).last()).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: 'Laptop' })).toBeVisible();
});

/** What a browser makes of a drop or a paste of files. */
function sendFiles(
  page: Page,
  type: 'dragover' | 'drop',
  files: readonly { name: string; text: string }[],
): Promise<void> {
  return page.evaluate(
    ([type, files]) => {
      const dataTransfer = new DataTransfer();
      for (const { name, text } of files) dataTransfer.items.add(new File([text], name));
      dispatchEvent(new DragEvent(type, { dataTransfer, cancelable: true, bubbles: true }));
    },
    [type, files] as const,
  );
}

test('K7 files are dropped anywhere on the screen', async ({ stage }) => {
  const page = await openKeys(stage);
  const files = [
    { name: 'id_ed25519', text: 'a key' },
    { name: 'huge', text: 'x'.repeat(1_048_577) },
  ];
  await sendFiles(page, 'dragover', files);
  await expect(page.getByText('Drop key files here')).toBeVisible();
  await stage.judge('key-import-drop');
  await sendFiles(page, 'drop', files);
  await expect(page.getByText('Drop key files here')).toBeHidden();
  await expect(page.getByText('One file is larger than 1 MB and was left out')).toBeVisible();
  await expect
    .poll(() => asked(stage, 'sshKeys.importDropped'))
    .toEqual([{ accountId: 'c1', batchId: null, files: [{ name: 'id_ed25519', content: btoa('a key') }] }]);
});

test('K7 a choice made before it is known who asks for files waits for that', async ({ stage }) => {
  const page = await openKeys(stage);
  let release = (): void => undefined;
  stage.services.gates.set('sshKeys.sources', new Promise((resolve) => (release = resolve)));
  await page.reload();
  let choosers = 0;
  page.on('filechooser', () => (choosers += 1));
  await choose(page, 'Choose files');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await expect.poll(() => asked(stage, 'sshKeys.chooseFiles')).toEqual([]);
  release();
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
  expect(choosers).toBe(0);
});

test('K7 text is pasted wherever nothing is typed', async ({ stage }) => {
  const page = await openKeys(stage);
  const paste = (text: string) =>
    page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    }, text);
  await paste('ssh-ed25519 AAAA');
  await expect(page.getByRole('heading', { name: 'Keys to add' })).toBeVisible();
  await paste('ssh-ed25519 BBBB second');
  await expect(page.getByRole('table').getByRole('row'), 'joins what is there').toHaveCount(2);
  await expect
    .poll(() => asked(stage, 'sshKeys.importPasted'))
    .toEqual([
      { accountId: 'c1', batchId: null, text: 'ssh-ed25519 AAAA' },
      { accountId: 'c1', batchId: 'b1', text: 'ssh-ed25519 BBBB second' },
    ]);
});

test('K7 files are chosen by the page where the shell cannot ask', async ({ stage }) => {
  stage.services.sshKeys.canChoose = false;
  const page = await openKeys(stage);
  await page.getByRole('button', { name: 'Add keys' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Choose files' }).click();
  await (await chooser).setFiles([{ name: 'id_ed25519', mimeType: '', buffer: Buffer.from('a key') }]);
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
  await expect.poll(() => asked(stage, 'sshKeys.chooseFiles')).toEqual([]);
});

test('K7 what went wrong is said: no such folder, an import that is over', async ({ stage }) => {
  stage.services.faults.set('sshKeys.readSshFolder', new AppError('not-found'));
  const page = await openKeys(stage);
  await choose(page, 'Look in');
  await expect(page.getByRole('alert')).toContainText('There is no folder /home/mara/.ssh on this computer.');
  await stage.judge('key-import-no-folder');
  await choose(page, 'Choose files');
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
  stage.services.sshKeys.batch = null;
  await page.getByRole('button', { name: 'Add all good ones' }).click();
  await expect(page.getByRole('alert')).toContainText('Add the files once more');
});
