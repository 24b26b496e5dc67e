import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import type { FakeServices } from '../../renderer/testing/fake-services.ts';
import { expect, test } from './fixtures.ts';

const narrow = { width: 480, height: 800 };
const wide = { width: 1_280, height: 720 };
const passphrase = 'seven tulips behind the mill';

async function openPanel(page: Page, act: 'Export to a file…' | 'Import from a file…'): Promise<void> {
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Saved data on this computer' }).click();
  await page.getByRole('button', { name: act }).click();
}

/** As the person does; the content is nothing that this fake looks at. */
async function chooseFile(page: Page, bytes = 10): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Choose (a|another) file/ })
    .click();
  const chooser = await choosing;
  await chooser.setFiles({
    name: 'desk.pdexport',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(bytes, 7),
  });
}

const sentTo = (services: FakeServices, channel: string) =>
  services.asked.filter((each) => each.channel === channel).map(({ input }) => input);

test('X14 an export: what goes into it is chosen, its passphrase is weighed, and the place is told', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  services.transfer.overview = { ...services.transfer.overview, demoAccounts: 1 };
  services.transfer.current = 'correct horse';
  services.app.storage = { protection: 'passphrase', keyStore: null, unlock: { hint: null, waitUntil: null } };
  const page = await stage.open();
  await openPanel(page, 'Export to a file…');
  const dialog = page.getByRole('dialog', { name: 'Export to a file' });
  await expect(dialog.getByLabel('Names that you gave to sessions (3)')).toBeChecked();
  await expect(dialog.getByLabel('Private SSH keys that are saved here (1)')).not.toBeChecked();
  await expect(dialog).toContainText('The demo account stays on this computer');
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog.getByLabel('Passphrase for the file')).toHaveAccessibleDescription(/fill this in/);
  await stage.judge('export-empty');

  await dialog.getByLabel('Private SSH keys that are saved here (1)').check();
  await dialog.getByLabel('Passphrase for the file').fill(passphrase);
  await dialog.getByLabel('Passphrase again').fill(passphrase);
  await dialog.getByLabel('Your passphrase on this computer').fill('wrong');
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog.getByLabel('Your passphrase on this computer')).toHaveAccessibleDescription(/not the passphrase/);
  await stage.judge('export-keys');
  await page.setViewportSize(narrow);
  await stage.judge('export-narrow');
  await page.setViewportSize(wide);

  services.faults.set('transfer.exportFile', new AppError('storage-fault', { reason: 'data-folder' }));
  await dialog.getByLabel('Your passphrase on this computer').fill('correct horse');
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog).toContainText('Choose another folder');
  services.faults.clear();

  let letGo = (): void => undefined;
  services.gates.set('transfer.exportFile', new Promise((resolve) => (letGo = resolve)));
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog).toContainText('takes a moment');
  services.transfer.exported(400, 1_200);
  await expect(dialog).toContainText('Writing: 400 of 1,200');
  await stage.judge('export-writing');
  letGo();
  await expect(page.getByText('The file was saved')).toBeVisible();
  await expect(page.getByText('profile-desk-2026-03-01.pdexport')).toBeVisible();
  await expect
    .poll(() => sentTo(services, 'transfer.exportFile').at(-1))
    .toEqual({
      ...{ parts: ['settings', 'sessionNames', 'privateKeys'], passphrase, current: 'correct horse' },
    });
});

test('X14 an export that is given up is called off, and one without a place leaves the dialog as it was', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  services.transfer.savedTo = null;
  const page = await stage.open();
  await openPanel(page, 'Export to a file…');
  const dialog = page.getByRole('dialog', { name: 'Export to a file' });
  await dialog.getByLabel('Passphrase for the file').fill(passphrase);
  await dialog.getByLabel('Passphrase again').fill(passphrase);
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect.poll(() => sentTo(services, 'transfer.exportFile')).toHaveLength(1);
  await expect(dialog.getByLabel('Passphrase again')).toHaveValue(passphrase);
  services.gates.set('transfer.exportFile', new Promise(() => undefined));
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => sentTo(services, 'transfer.cancelExport')).toHaveLength(1);
});

test('X14 an import from the sign-in of an empty app: opened, looked at, taken over, begun anew', async ({ stage }) => {
  const { services } = stage;
  const page = await stage.open();
  await page.getByRole('button', { name: 'Bring your accounts from another computer' }).click();
  await expect(page.getByRole('dialog', { name: 'Import from a file' })).toBeVisible();
  await stage.judge('import-choose');
  await chooseFile(page, 2_500_000);
  const opening = page.getByRole('dialog', { name: 'Open the file' });
  await expect(opening).toContainText('desk.pdexport opens with the passphrase');
  await expect(opening.getByLabel('Passphrase for the file')).toBeFocused();
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await expect(opening.getByLabel('Passphrase for the file')).toHaveAccessibleDescription(/not the passphrase/);
  await stage.judge('import-passphrase');
  await opening.getByLabel('Passphrase for the file').fill(passphrase);
  await opening.getByRole('button', { name: 'Open' }).click();
  const question = page.getByRole('dialog', { name: 'Import this?' });
  await expect(question).toContainText('on “desk” with Profile Desk 0.1.0');
  await expect(question).toContainText('2 new');
  await stage.judge('import-preview');
  services.addAccount({ state: { kind: 'signed-out', sessionEnded: false } });
  await question.getByRole('button', { name: 'Import' }).click();
  const done = page.getByRole('dialog', { name: 'The import is done' });
  await expect(done).toBeVisible();
  await expect.poll(() => sentTo(services, 'transfer.feed')).toHaveLength(6);
  await stage.judge('import-done');
  await done.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose an account');
});

test('X14 an import where both computers differ: each is chosen, mine stays otherwise', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const account = {
    ...{ providerName: 'Ein Dienst mit einem sehr langen Namen der nirgends umgebrochen werden kann' },
    ...{ address: 'https://profile.a-rather-long-name-of-a-host.example.com', email: 'ada@example.com' },
    name: 'Ada Lovelace-Byron of Ockham Park and East Horsley Towers',
  };
  const conflict = (n: number) => ({
    ...{ conflictId: `sessionNames 1 s${String(n)}`, part: 'sessionNames' as const, what: '', account },
    ...{ mine: `Kitchen ${String(n)}`, theirs: `Attic ${String(n)} ${'very '.repeat(n * 6)}long`, isWeaker: false },
  });
  services.transfer.preview = {
    ...services.transfer.preview,
    accounts: [{ ...account, isHere: true }, ...services.transfer.preview.accounts],
    conflicts: [
      {
        ...conflict(0),
        conflictId: 'settings 0 theme',
        part: 'settings',
        what: 'theme',
        mine: 'light',
        theirs: 'dark',
        account: null,
      },
      {
        ...conflict(0),
        conflictId: 'drafts 1 contact.city',
        part: 'drafts',
        what: 'contact.city',
        mine: 'Ulm',
        theirs: '',
      },
      conflict(1),
      conflict(2),
    ],
    moreConflicts: 12,
  };
  const page = await stage.open();
  await openPanel(page, 'Import from a file…');
  await chooseFile(page);
  await page.getByLabel('Passphrase for the file').fill(passphrase);
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Import this?' });
  await expect(question.getByRole('group', { name: 'Theme' }).getByLabel('Keep mine: Light')).toBeChecked();
  await question.getByRole('group', { name: 'Theme' }).getByLabel('Take the file’s: Dark').check();
  await question.getByRole('group', { name: /^City/ }).getByLabel('Take the file’s: nothing').check();
  await stage.judge('import-conflicts');
  await page.setViewportSize(narrow);
  await stage.judge('import-conflicts-narrow');
  await page.setViewportSize(wide);
  services.faults.set('transfer.finishImport', new AppError('storage-fault', { reason: 'disk-full' }));
  await question.getByRole('button', { name: 'Import' }).click();
  await expect(question).toContainText('Nothing was imported');
  await stage.judge('import-disk-full');
  services.faults.clear();
  await question.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('dialog', { name: 'The import is done' })).toBeVisible();
  await expect
    .poll(() => sentTo(services, 'transfer.beginImport').at(-1))
    .toEqual({
      ...{ importId: 'i1', theirs: ['settings 0 theme', 'drafts 1 contact.city'] },
    });
});

test('X14 what would protect this computer less is a question of its own, answered with what is here', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  const setting = (what: string, mine: string, theirs: string, isWeaker: boolean) => ({
    ...{ conflictId: `settings 0 ${what} ${theirs}`, part: 'settings' as const, account: null },
    ...{ what, mine, theirs, isWeaker },
  });
  services.transfer.preview = {
    ...services.transfer.preview,
    conflicts: [
      setting('theme', 'light', 'dark', false),
      setting('lockAfterMinutes', '5', 'null', true),
      setting('takeKeysBackOnLock', 'true', 'false', true),
      setting('notifyOfNew', 'false', 'true', false),
    ],
  };
  const page = await stage.open();
  await openPanel(page, 'Import from a file…');
  await chooseFile(page);
  await page.getByLabel('Passphrase for the file').fill(passphrase);
  await page.keyboard.press('Enter');
  const weaker = page.getByRole('region', { name: 'These would protect this computer less' });
  const lock = weaker.getByRole('group', { name: 'Lock by itself' });
  const agent = weaker.getByRole('group', { name: 'Take SSH keys from the agent at a lock' });
  await expect(lock.getByLabel('Keep mine: After 5 minutes')).toBeChecked();
  await expect(agent.getByLabel('Keep mine: yes')).toBeChecked();
  await stage.judge('import-weaker');
  await page.setViewportSize(narrow);
  await stage.judge('import-weaker-narrow');
  await page.setViewportSize(wide);
  await page.getByRole('button', { name: 'Take all of the file’s' }).click();
  await expect(lock.getByLabel('Keep mine: After 5 minutes')).toBeChecked();
  await agent.getByLabel('Take the file’s: no').check();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'The import is done' })).toBeVisible();
  await expect
    .poll(() => sentTo(services, 'transfer.beginImport'))
    .toEqual([
      {
        importId: 'i1',
        theirs: ['settings 0 theme dark', 'settings 0 notifyOfNew true', 'settings 0 takeKeysBackOnLock false'],
      },
    ]);
});

test('X14 a file that cannot be imported says why, and leaves room for another', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  await openPanel(page, 'Import from a file…');
  const dialog = page.getByRole('dialog', { name: 'Import from a file' });
  for (const [kind, text] of [
    ['not-an-export', 'This is no export'],
    ['copy-of-account', 'before an account was deleted'],
    ['newer-version', 'format 7'],
    ['too-large', 'larger than 512 MB'],
    ['cut-short', 'The end of this file is missing'],
  ] as const) {
    services.transfer.problems.set('look', { kind, ...(kind === 'newer-version' && { version: 7 }) });
    await chooseFile(page);
    await expect(dialog).toContainText(text);
  }
  await stage.judge('import-problem');
  services.transfer.problems.clear();
  services.transfer.problems.set('feed', { kind: 'damaged' });
  await chooseFile(page);
  await page.getByLabel('Passphrase for the file').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('This file is damaged');
  services.transfer.problems.clear();
  services.transfer.preview = { ...services.transfer.preview, fresh: {}, same: { accounts: 1 } };
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const nothing = page.getByRole('dialog', { name: 'Import this?' });
  await expect(nothing).toContainText('Everything in this file is here already.');
  await stage.judge('import-nothing-new');
  await nothing.getByRole('button', { name: 'Close' }).click();
  await expect(nothing).toBeHidden();
  await expect.poll(() => sentTo(services, 'transfer.discard')).not.toHaveLength(0);
});
