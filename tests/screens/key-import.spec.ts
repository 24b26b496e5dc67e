import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportRow } from '../../shared/contract/identity-keys.ts';
import { sampleImportRow } from '../../renderer/testing/sample-identity-keys.ts';
import { expect, test, type Stage } from './fixtures.ts';

test.use({ viewport: { width: 1_280, height: 900 } });

const nothing = { kind: null, format: null, type: null, bits: null, comment: null, sha256: null, md5: null } as const;
const locked = {
  verdict: 'needs-passphrase',
  reason: 'The key is encrypted: its passphrase is needed.',
  isEncrypted: true,
} as const;
const row = (at: number, changes: Partial<ImportRow>): ImportRow =>
  sampleImportRow({ rowId: `r${String(at)}`, sha256: `SHA256:${String(at).padStart(43, 'k')}`, ...changes });

/** One of each verdict, and what can stand beside one. */
function allKinds(): ImportRow[] {
  return [
    row(1, { fileName: 'config', ...nothing, verdict: 'not-a-key', reason: 'There is no SSH key in this file.' }),
    row(2, {}),
    row(3, { fileName: 'id_ed25519.pub', kind: 'public', format: 'openssh-public', sameAs: 'r2' }),
    row(4, {
      fileName: 'old/id_rsa',
      type: 'ssh-rsa',
      bits: 2_048,
      verdict: 'advised-against',
      reason: 'RSA with 2,048 bits: 3,072 or more are advised.',
      weaknesses: ['rsa-short'],
      title: 'mara@old',
    }),
    row(5, {
      fileName: 'id_dsa',
      type: 'ssh-dss',
      bits: 1_024,
      verdict: 'refused',
      reason: 'DSA keys are too weak, and OpenSSH no longer takes them.',
      weaknesses: ['dsa'],
    }),
    row(6, { fileName: 'deploy.ppk', ...locked, title: 'deploy' }),
    row(7, {
      fileName: 'backup',
      ...locked,
      verdict: 'wrong-passphrase',
      reason: 'The passphrase is wrong.',
      title: 'backup',
    }),
    row(8, {
      fileName: 'id_mldsa',
      type: 'mldsa44-ed25519',
      bits: null,
      sha256: null,
      md5: null,
      verdict: 'unsupported',
      reason: 'Keys of the type "mldsa44-ed25519" are not supported here.',
    }),
    row(9, {
      fileName: 'half',
      ...nothing,
      verdict: 'damaged',
      reason: 'The file is damaged: a length leads beyond its end (the private section, byte 12).',
    }),
    row(10, {
      fileName: 'work',
      title: 'mara@work',
      duplicateOf: { connectionId: 'c1', providerName: 'Control account', title: 'Laptop' },
    }),
    row(11, {
      fileName: 'shared',
      realPath: '/home/mara/vault/shared',
      title: 'shared',
      duplicateOf: { connectionId: 'c9', providerName: 'Brightline', title: 'Laptop' },
    }),
    row(12, {
      fileName: 'agent.sock',
      ...nothing,
      verdict: 'unreadable',
      reason: 'This is a socket or a device, not a file.',
    }),
  ];
}

async function openKeys({ services, open }: Stage): Promise<Page> {
  if (services.connections.connections.length === 0) services.addConnection();
  const page = await open();
  await page.getByRole('link', { name: 'Identity keys' }).click();
  await expect(page.getByRole('button', { name: 'Add keys' })).toBeVisible();
  return page;
}

async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

async function openImport(stage: Stage, rows: ImportRow[], entry = 'Choose a folder'): Promise<Page> {
  stage.services.identityKeys.found = rows;
  const page = await openKeys(stage);
  await choose(page, entry);
  return page;
}

const rowOf = (page: Page, name: string) =>
  page
    .getByRole('table', { name: 'Files and what is in them' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });

function asked({ services }: Stage, channel: string): unknown[] {
  return services.asked.filter((each) => each.channel === channel).map(({ input }) => input);
}

test('K7 nothing is read before a place is chosen; ~/.ssh is only suggested', async ({ stage }) => {
  const page = await openKeys(stage);
  await page.getByRole('button', { name: 'Add keys' }).click();
  await expect(page.getByRole('menuitem')).toHaveText([
    'Choose files',
    'Choose a folder',
    'Look in /home/mara/.ssh',
    'Paste or type a key',
  ]);
  await stage.judge('key-import-menu');
  expect(asked(stage, 'identityKeys.readSshFolder')).toEqual([]);
  await page.getByRole('menuitem', { name: 'Look in' }).click();
  await expect(page.getByRole('heading', { name: 'Keys in /home/mara/.ssh' })).toBeFocused();
});

test('K7 a choice that was cancelled changes nothing', async ({ stage }) => {
  stage.services.identityKeys.found = null;
  const page = await openKeys(stage);
  await choose(page, 'Choose files');
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
});

test('K1 K4 K7 one row for each file: verdict, reason, and what to do', async ({ stage }) => {
  const page = await openImport(stage, allKinds());
  // High enough for every row to be drawn.
  await page.setViewportSize({ width: 1_280, height: 1_900 });
  await expect(rowOf(page, 'old/id_rsa')).toContainText(/Advised against.*3,072 or more are advised.*You can add it/s);
  await expect(rowOf(page, 'id_dsa')).toContainText(
    /Refused.*DSA keys are too weak.*Make a new one with “ssh-keygen -t ed25519”/s,
  );
  await expect(rowOf(page, 'id_mldsa')).toContainText('Not supported');
  await expect(rowOf(page, 'half')).toContainText(/Damaged.*byte 12.*Take the file from a backup/s);
  await expect(rowOf(page, 'id_ed25519.pub')).toContainText('The same key as id_ed25519, which stands for it.');
  await expect(rowOf(page, 'work')).toContainText('You have this key here already, as “Laptop”.');
  await expect(rowOf(page, 'shared')).toContainText(
    /A link to \/home\/mara\/vault\/shared.*You have this key at Brightline too/s,
  );
  await stage.judge('key-import-all');
  await expect(page.getByRole('row').last()).toContainText('Not readable');
  await page.getByRole('button', { name: 'Not usable 5' }).click();
  await expect(page.getByRole('row')).toHaveCount(5);
});

test('K1 K7 a file with several keys has a row for each, with its place', async ({ stage }) => {
  const file = (at: number, changes: Partial<ImportRow>) =>
    row(at, {
      fileName: 'authorized_keys',
      kind: 'public',
      format: 'openssh-public',
      place: { index: at, line: 2 * at },
      ...changes,
    });
  const page = await openImport(stage, [
    file(1, { title: 'mara@work' }),
    file(2, {
      ...nothing,
      kind: 'public',
      verdict: 'damaged',
      reason: 'The file is damaged: a length leads beyond its end (the public part, byte 0).',
    }),
    file(3, { title: 'mara@home', sha256: `SHA256:${'1'.padStart(43, 'k')}`, sameAs: 'r1' }),
    file(4, { ...locked, kind: 'private', title: 'authorized_keys 4' }),
  ]);
  const places = ['key 1, line 2', 'key 2, line 4', 'key 3, line 6', 'key 4, line 8'];
  for (const [at, place] of places.entries())
    await expect(page.getByRole('row').nth(at)).toContainText(`authorized_keys${place}`);
  await expect(page.getByRole('row').nth(2)).toContainText(
    /The same key as .?authorized_keys.? · .?key 1, line 2.?, which stands for it/,
  );
  await expect(page.getByLabel(/^Title of .?authorized_keys.? · .?key 1, line 2.?$/)).toHaveValue('mara@work');
  await expect(page.getByLabel(/^Passphrase of .?authorized_keys.? · .?key 4, line 8.?$/)).toBeVisible();
  await stage.judge('key-import-several');
});

test('K7 all good ones are added, with the titles given and their private halves kept', async ({ stage }) => {
  const page = await openImport(stage, allKinds());
  await page.getByRole('button', { name: 'Can be added 3' }).click();
  await page.getByLabel('Title of id_ed25519', { exact: true }).fill('Work laptop');
  await page.getByLabel('Keep their private halves here').check();
  await page.getByLabel('Keep the private half of shared here').uncheck();
  await page.getByRole('button', { name: 'Add all good ones (2)' }).click();
  await page.getByRole('button', { name: 'Added 2' }).click();
  await expect(rowOf(page, 'shared')).toContainText('Added');
  await expect(rowOf(page, 'id_ed25519')).toContainText('Added, and its private half is in the vault');
  expect(asked(stage, 'identityKeys.add')).toEqual([
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
  await page.getByRole('button', { name: 'Added 3' }).click();
  await expect(rowOf(page, 'old/id_rsa')).toContainText('Added');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('row', { name: 'Work laptop' })).toContainText('In the vault');
  expect(asked(stage, 'identityKeys.discardImport')).toEqual([{ batchId: 'b1' }]);
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
  stage.services.identityKeys.addKey({ title: 'Laptop' });
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
  await expect(page.getByText('It opens 2 keys.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add all good ones (2)' })).toBeVisible();
  await expect(page.getByLabel('Passphrase')).toHaveCount(0);
});

test('K7 reading goes on: how far it is, and it can be stopped', async ({ stage }) => {
  const { identityKeys } = stage.services;
  identityKeys.isSlow = true;
  const page = await openImport(stage, []);
  await expect(page.getByText('Looking for files')).toBeVisible();
  identityKeys.progress({ total: 400, done: 1 }, [row(1, {})]);
  await expect(page.getByText('Reading: 1 of 400 files')).toBeVisible();
  await stage.judge('key-import-reading');
  await page.getByRole('button', { name: 'Stop reading' }).click();
  await expect(page.getByText('Stopped. What was read until then is here.')).toBeVisible();
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
  await page.reload();
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
});

test('K6 a private key in the field for a public one is caught, and its public half offered', async ({ stage }) => {
  const page = await openKeys(stage);
  await choose(page, 'Paste or type a key');
  const dialog = page.getByRole('dialog', { name: 'Paste a key' });
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(dialog.getByLabel('Key', { exact: true })).toHaveAccessibleDescription(/Please fill this in/);
  stage.services.identityKeys.found = [sampleImportRow({ fileName: '' })];
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

test('K6 a private key that can not be read is caught as well, and nothing is offered', async ({ stage }) => {
  const page = await openKeys(stage);
  await choose(page, 'Paste or type a key');
  stage.services.identityKeys.found = [
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
  expect(asked(stage, 'identityKeys.importDropped')).toEqual([
    { connectionId: 'c1', batchId: null, files: [{ name: 'id_ed25519', content: btoa('a key') }] },
  ]);
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
  expect(asked(stage, 'identityKeys.discardImport')).toEqual([]);
  await back.click();
  await question.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
  expect(asked(stage, 'identityKeys.discardImport')).toEqual([{ batchId: 'b1' }]);
});

test('K7 leaving while files are read asks; with nothing to lose it does not', async ({ stage }) => {
  stage.services.identityKeys.isSlow = true;
  const page = await openImport(stage, [sampleImportRow()]);
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('The files are still being read');
  await page.keyboard.press('Escape');
  stage.services.identityKeys.progress({ state: 'done' }, [
    row(1, { ...nothing, verdict: 'not-a-key', reason: 'There is no SSH key in this file.' }),
  ]);
  await expect(page.getByText('There is no SSH key in this file.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
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
  expect(asked(stage, 'identityKeys.importPasted')).toEqual([
    { connectionId: 'c1', batchId: null, text: 'ssh-ed25519 AAAA' },
    { connectionId: 'c1', batchId: 'b1', text: 'ssh-ed25519 BBBB second' },
  ]);
});

test('K7 files are chosen by the page where the shell can not ask', async ({ stage }) => {
  stage.services.identityKeys.canChoose = false;
  const page = await openKeys(stage);
  await page.getByRole('button', { name: 'Add keys' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Choose files' }).click();
  await (await chooser).setFiles([{ name: 'id_ed25519', mimeType: '', buffer: Buffer.from('a key') }]);
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
  expect(asked(stage, 'identityKeys.chooseFiles')).toEqual([]);
});

test('K7 what went wrong is said: no such folder, an import that is over', async ({ stage }) => {
  stage.services.faults.set('identityKeys.readSshFolder', new AppError('not-found'));
  const page = await openKeys(stage);
  await choose(page, 'Look in');
  await expect(page.getByRole('alert')).toContainText('There is no folder /home/mara/.ssh on this computer.');
  await stage.judge('key-import-no-folder');
  await choose(page, 'Choose files');
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
  stage.services.identityKeys.batch = null;
  await page.getByRole('button', { name: 'Add all good ones' }).click();
  await expect(page.getByRole('alert')).toContainText('Add the files once more');
});

test('X13 360 pixels wide', async ({ stage }) => {
  const page = await openImport(stage, allKinds());
  await page.setViewportSize({ width: 360, height: 900 });
  await expect(rowOf(page, 'old/id_rsa')).toBeAttached();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await stage.judge('key-import-narrow');
});
