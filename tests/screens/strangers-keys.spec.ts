import type { ImportRow } from '../../shared/contract/keys/ssh-keys.ts';
import { expect, test } from './fixtures.ts';
import { asked, choose, locked, openImport, openKeys, row, rowOf } from './key-import-stage.ts';

test.use({ viewport: { width: 1_280, height: 900 } });

const publicKey = { kind: 'public', format: 'openssh-public' } as const;
const strangers = (): ImportRow[] => [
  row(1, { fileName: 'authorized_keys', ...publicKey, origin: 'authorized-keys', title: 'colleague@work' }),
  row(2, { fileName: 'known_hosts', ...publicKey, origin: 'known-hosts', title: 'ssh-ed25519' }),
  row(3, { fileName: 'allowed_signers', ...publicKey, origin: 'signers', title: 'sam@example.org' }),
  row(4, { fileName: 'friend.pub', ...publicKey, origin: 'public-only', title: 'friend' }),
  row(5, { title: 'mara@work' }),
];

test('K6 a stranger’s key is never among the good ones: groups of their own, each with its reason', async ({
  stage,
}) => {
  const page = await openImport(stage, strangers(), 'Look in');
  await expect(page.getByRole('button', { name: 'Add all good ones (1)' })).toBeVisible();
  await expect(page.getByRole('row').first()).toContainText('id_ed25519');
  await expect(rowOf(page, 'authorized_keys')).toContainText('may log in to a computer');
  await expect(rowOf(page, 'friend.pub')).toContainText(/Not known to be yours.*may be somebody else’s/s);
  await expect(rowOf(page, 'authorized_keys')).not.toContainText('Good');
  await expect(rowOf(page, 'allowed_signers')).toContainText('signatures are believed');
  await expect(rowOf(page, 'known_hosts'), 'nothing can be done with it').toBeHidden();
  await page.getByRole('button', { name: 'Show 1 that cannot be added' }).click();
  await expect(rowOf(page, 'known_hosts')).toContainText('it is never added');
  await expect(rowOf(page, 'known_hosts').getByRole('button')).toHaveCount(0);
  await stage.judge('key-import-strangers');
  for (const [group, file] of [
    ['May log in here 1', 'authorized_keys'],
    ['May sign 1', 'allowed_signers'],
    ['Public half only 1', 'friend.pub'],
    ['Servers’ keys 1', 'known_hosts'],
  ] as const) {
    await page.getByRole('button', { name: group }).click();
    await expect(page.getByRole('row')).toHaveCount(1);
    await expect(rowOf(page, file)).toBeVisible();
  }
  await page.getByRole('button', { name: 'Add all good ones (1)' }).click();
  // Not “Can be added 1”, which stands there until it is done.
  await page.getByRole('button', { name: 'Added 1', exact: true }).click();
  await expect(rowOf(page, 'id_ed25519')).toBeVisible();
  await expect.poll(() => asked(stage, 'sshKeys.add')).toHaveLength(1);
  await expect.poll(() => asked(stage, 'sshKeys.add')).toMatchObject([{ rows: [{ rowId: 'r5' }] }]);
});

test('K6 each is added by itself, after a question that says what that allows', async ({ stage }) => {
  const page = await openImport(stage, strangers());
  const question = page.getByRole('alertdialog', { name: 'Is this your own key?' });
  await page.getByRole('button', { name: 'Add authorized_keys' }).click();
  await expect(question).toContainText('Whoever has its private half could act as you at Control account');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await stage.judge('key-import-question');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  // Enter in the field of the title adds as well, and asks as well.
  await page.getByLabel('Title of authorized_keys').press('Enter');
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect.poll(() => asked(stage, 'sshKeys.add')).toEqual([]);
  await page.getByRole('button', { name: 'Add authorized_keys' }).click();
  await question.getByRole('button', { name: 'It is mine, add it' }).click();
  await expect(rowOf(page, 'authorized_keys')).toContainText('Added');
  await expect
    .poll(() => asked(stage, 'sshKeys.add'))
    .toEqual([
      {
        batchId: 'b1',
        rows: [{ rowId: 'r1', title: 'colleague@work', keepPrivate: false, saidYesTo: 'authorized-keys' }],
      },
    ]);
});

test('K6 a public key as text that may be somebody else’s is shown first, with the title that was typed', async ({
  stage,
}) => {
  stage.services.sshKeys.found = [row(1, { ...publicKey, fileName: '', origin: 'public-only', title: 'friend' })];
  const page = await openKeys(stage);
  await choose(page, 'Paste or type a key');
  await page.getByLabel('Key', { exact: true }).fill('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJc3 friend');
  await page.getByLabel('Title').fill('Laptop');
  await page.getByRole('button', { name: 'Add key', exact: true }).click();
  await expect(rowOf(page, 'Pasted key')).toContainText('may be somebody else’s');
  await expect(page.getByText('That was a private key')).toBeHidden();
  await expect(page.getByLabel('Title of Pasted key')).toHaveValue('Laptop');
});

test('K5 a locked key and its public half have one row; the half alone is added when asked for', async ({ stage }) => {
  const page = await openImport(stage, [
    row(1, { ...locked, fileName: 'one', title: 'one' }),
    row(2, { ...publicKey, fileName: 'one.pub', title: 'one', sameAs: 'r1' }),
    row(3, { fileName: 'two', title: 'two' }),
  ]);
  await page.getByLabel('Keep their private halves here').check();
  await page.getByRole('button', { name: 'Add all good ones (1)' }).click();
  await expect(rowOf(page, 'two')).toContainText('Added');
  await expect(rowOf(page, 'one')).toContainText('Passphrase needed');
  await page.getByRole('button', { name: 'Add the public half only' }).click();
  await expect(rowOf(page, 'one.pub')).toContainText('Added');
  await expect(page.getByLabel('Passphrase of one')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add the public half only' })).toBeHidden();
});

test('K7 after all good ones were added, leaving asks about nothing that the app advises against', async ({
  stage,
}) => {
  const page = await openImport(stage, [
    row(1, { fileName: 'one', title: 'one' }),
    row(2, {
      fileName: 'old',
      title: 'old',
      verdict: 'advised-against',
      problems: [{ code: 'rsa-short', bits: 2_048, advised: 3_072 }],
    }),
  ]);
  await page.getByRole('button', { name: 'Add all good ones (1)' }).click();
  await expect(rowOf(page, 'one')).toContainText('Added');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('grid', { name: 'Identity keys' })).toBeVisible();
});
