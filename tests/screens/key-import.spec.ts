import { sampleImportRow } from '../../renderer/testing/sample-ssh-keys.ts';
import type { ImportRow } from '../../shared/contract/keys/ssh-keys.ts';
import { expect, test } from './fixtures.ts';
import { allKinds, asked, locked, nothing, openImport, row, rowOf } from './key-import-stage.ts';

test.use({ viewport: { width: 1_280, height: 900 } });

test('K1 K4 K7 one row for each file: verdict, reason, and what to do', async ({ stage }) => {
  const page = await openImport(stage, allKinds());
  // High enough for every row to be drawn.
  await page.setViewportSize({ width: 1_280, height: 1_900 });
  await expect(rowOf(page, 'id_dsa')).toBeHidden();
  await page.getByRole('button', { name: 'Show 5 that cannot be added' }).click();
  await expect(rowOf(page, 'old/id_rsa')).toContainText(/Weak, not recommended.*3,072 are advised.*You can add it/s);
  await expect(rowOf(page, 'id_dsa')).toContainText(
    /Refused.*DSA keys are too weak.*Make a new one with “ssh-keygen -t ed25519”/s,
  );
  await expect(rowOf(page, 'id_mldsa')).toContainText('Not supported');
  await expect(rowOf(page, 'half')).toContainText(/Damaged.*byte 12.*Take the file from a backup/s);
  await expect(rowOf(page, 'id_ed25519')).toContainText('Also in id_ed25519.pub');
  await expect(rowOf(page, 'id_ed25519.pub'), 'the pair has one row').toBeHidden();
  await expect(rowOf(page, 'work')).toContainText('You have this key here already, as “Laptop”.');
  await expect(rowOf(page, 'shared')).toContainText(
    /A link to \/home\/mara\/vault\/shared.*You have this key at Brightline too/s,
  );
  await stage.judge('key-import-all');
  await expect(page.getByRole('row').last()).toContainText('Not readable');
  await page.getByRole('button', { name: 'Not usable 5' }).click();
  await expect(page.getByRole('row')).toHaveCount(5);
  await page.getByRole('button', { name: 'Duplicates 1' }).click();
  await expect(rowOf(page, 'id_ed25519.pub')).toContainText('Duplicate of id_ed25519.');
});

test('K1 K7 a file with several keys has a row for each, with its place', async ({ stage }) => {
  const file = (at: number, changes: Partial<ImportRow>) =>
    row(at, {
      fileName: 'backup',
      kind: 'public',
      format: 'openssh-public',
      place: { index: at, line: 2 * at },
      ...changes,
    });
  const page = await openImport(stage, [
    file(1, { title: 'mara@work' }),
    file(2, { title: 'mara@old' }),
    file(3, { title: 'mara@home', sha256: `SHA256:${'1'.padStart(43, 'k')}`, sameAs: 'r1' }),
    file(4, { ...locked, kind: 'private', title: 'backup 4' }),
    file(5, {
      ...nothing,
      kind: 'public',
      verdict: 'damaged',
      problems: [{ code: 'damaged', what: 'length-beyond-end', part: 'public-part', unit: 'byte', at: 0, name: null }],
    }),
  ]);
  await page.getByRole('button', { name: 'Show 1 that cannot be added' }).click();
  const places = ['key 1, line 2', 'key 2, line 4', 'key 4, line 8', 'key 5, line 10'];
  for (const [at, place] of places.entries())
    await expect(page.getByRole('row').nth(at)).toContainText(`backup${place}`);
  await expect(page.getByRole('row').nth(0)).toContainText(/Also in .?backup.? · .?key 3, line 6/);
  await expect(page.getByLabel(/^Title of .?backup.? · .?key 1, line 2.?$/)).toHaveValue('mara@work');
  await expect(page.getByLabel(/^Passphrase of .?backup.? · .?key 4, line 8.?$/)).toBeVisible();
  await stage.judge('key-import-several');
});

test('K7 all good ones are added, with the titles given and their private halves kept', async ({ stage }) => {
  const page = await openImport(stage, allKinds());
  await page.getByRole('button', { name: 'Can be added 3' }).click();
  await page.getByLabel('Title of id_ed25519', { exact: true }).fill('Work laptop');
  await page.getByLabel('Keep their private halves here').check();
  await page.getByLabel('Keep the private half of shared here').uncheck();
  await page.getByRole('button', { name: 'Add all good ones (2)' }).click();
  await page.getByRole('button', { name: 'Added 2', exact: true }).click();
  await expect(rowOf(page, 'shared')).toContainText('Added');
  await expect(rowOf(page, 'id_ed25519')).toContainText('Added, and its private half is in the vault');
  await expect
    .poll(() => asked(stage, 'sshKeys.add'))
    .toEqual([
      {
        batchId: 'b1',
        rows: [
          { rowId: 'r2', title: 'Work laptop', keepPrivate: true },
          { rowId: 'r11', title: 'shared', keepPrivate: false },
        ],
      },
    ]);
  await page.evaluate(() => scrollTo(0, 0));
  await stage.judge('key-import-added');
  await page.getByRole('button', { name: 'Can be added 1' }).click();
  await page.getByRole('button', { name: 'Add old/id_rsa' }).click();
  await page.getByRole('button', { name: 'Added 3', exact: true }).click();
  await expect(rowOf(page, 'old/id_rsa')).toContainText('Added');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('row', { name: 'Work laptop' })).toContainText('In the vault');
  await expect.poll(() => asked(stage, 'sshKeys.discardImport')).toEqual([{ batchId: 'b1' }]);
});

test('K7 X13 by keyboard: the focus stays at a row that was added, and goes to the heading after all of them', async ({
  stage,
}) => {
  const page = await openImport(stage, [
    row(1, { fileName: 'one', title: 'one' }),
    row(2, { fileName: 'two', title: 'two' }),
  ]);
  await page.getByLabel('Title of one').focus();
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'one').getByRole('cell')).toBeFocused();
  await page.getByRole('button', { name: 'Add all good ones (1)' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Keys in /home/mara/keys' })).toBeFocused();
});

test('K7 one that the provider does not take says why at its row', async ({ stage }) => {
  stage.services.sshKeys.addKey({ title: 'Laptop' });
  const page = await openImport(stage, [sampleImportRow(), row(2, { fileName: 'other', title: 'other' })]);
  await page.getByRole('button', { name: 'Add all good ones (2)' }).click();
  await expect(rowOf(page, 'other')).toContainText('Added');
  await expect(rowOf(page, 'id_ed25519')).toContainText('Not added. This account has this key already.');
  await stage.judge('key-import-partly');
});

test('K1 K7 locked keys: one passphrase for one, or tried on all', async ({ stage }) => {
  const page = await openImport(stage, [
    row(1, { ...locked, fileName: 'one', title: 'one' }),
    row(2, { ...locked, fileName: 'two', title: 'two' }),
  ]);
  await page.getByLabel('Passphrase of one').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'one')).toContainText('Wrong passphrase');
  await stage.judge('key-import-locked');
  await page.getByLabel('Passphrase for all 2 locked keys').fill('right');
  await page.getByRole('button', { name: 'Try on all locked' }).click();
  await expect(page.getByText('Unlocked 2 keys.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add all good ones (2)' })).toBeVisible();
  await expect(page.getByLabel('Passphrase')).toHaveCount(0);
});

test('K7 reading goes on: how far it is, and it can be stopped', async ({ stage }) => {
  const { sshKeys } = stage.services;
  sshKeys.isSlow = true;
  const page = await openImport(stage, []);
  await expect(page.getByText('Looking for files')).toBeVisible();
  sshKeys.progress({ total: 400, done: 1 }, [row(1, {})]);
  await expect(page.getByText('Reading: 1 of 400 files')).toBeVisible();
  await stage.judge('key-import-reading');
  await page.getByRole('button', { name: 'Stop reading' }).click();
  await expect(page.getByText('Stopped. What was read until then is here.')).toBeVisible();
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
  await page.reload();
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
});

test('K7 leaving keys that were read and not added asks; the harmless answer comes first', async ({ stage }) => {
  const page = await openImport(stage, [
    row(1, { fileName: 'one', title: 'one' }),
    row(2, { fileName: 'two', ...locked }),
  ]);
  const back = page.getByRole('button', { name: 'Back to the list' });
  const question = page.getByRole('alertdialog', { name: 'Leave without adding them?' });
  await back.click();
  await expect(question).toContainText('2 keys that were read are not added yet');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await stage.judge('key-import-leave');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(rowOf(page, 'one')).toBeVisible();
  await expect.poll(() => asked(stage, 'sshKeys.discardImport')).toEqual([]);
  await back.click();
  await question.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
  await expect.poll(() => asked(stage, 'sshKeys.discardImport')).toEqual([{ batchId: 'b1' }]);
});

test('K7 leaving while files are read asks; with nothing to lose it does not', async ({ stage }) => {
  stage.services.sshKeys.isSlow = true;
  const page = await openImport(stage, [sampleImportRow()]);
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('The files are still being read');
  stage.services.sshKeys.progress({ state: 'done' }, [
    row(1, { ...nothing, verdict: 'not-a-key', problems: [{ code: 'no-key' }] }),
  ]);
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(page.getByText('There is no SSH key in this file.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
});

test('X13 360 pixels wide', async ({ stage }) => {
  const page = await openImport(stage, allKinds());
  await page.setViewportSize({ width: 360, height: 900 });
  await expect(rowOf(page, 'old/id_rsa')).toBeAttached();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await stage.judge('key-import-narrow');
});
