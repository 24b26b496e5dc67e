import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';
import { openScreen } from './open-screen.ts';

test.use({ viewport: { width: 1_280, height: 900 } });

function asked({ services }: Stage, channel: string): unknown[] {
  return services.asked.filter((each) => each.channel === channel).map(({ input }) => input);
}

/** Three keys, the newest with all that a key can have. */
function addSome({ services: { sshKeys } }: Stage): void {
  sshKeys.addKey({
    title: 'Old laptop',
    type: 'ssh-rsa',
    bits: 3_072,
    sha256: 'SHA256:oldlaptop',
    lastUsedAt: null,
    addedAt: '2025-01-01T08:00:00.000Z',
  });
  sshKeys.addKey({
    title: 'Yubikey',
    type: 'sk-ssh-ed25519@openssh.com',
    sha256: 'SHA256:yubikey',
    addedAt: '2025-06-01T08:00:00.000Z',
    isInAgent: true,
  });
  sshKeys.addKey({ verifiedAt: '2026-02-20T08:00:00.000Z', hasPrivateHalf: true, isInAgent: true });
}

async function openDetails(stage: Stage, title = 'mara@work'): Promise<Page> {
  const page = await openScreen(stage, 'Identity keys');
  await page.getByRole('row', { name: title }).click();
  await expect(page.getByRole('dialog', { name: title })).toBeVisible();
  return page;
}

test('E11 K3 the list: type, fingerprint, times, verified, where the private half is', async ({ stage }) => {
  addSome(stage);
  const page = await openScreen(stage, 'Identity keys');
  const row = page.getByRole('row', { name: 'mara@work' });
  await expect(row).toContainText('SHA256:V7aI4RdcGIQX8z1XnQ0gVtl8tAZkMNBSuMPuw4TYpTU');
  for (const text of ['ssh-ed25519', '256 bits', 'Verified', 'In the vault', 'In the agent', 'February 1, 2026'])
    await expect(row).toContainText(text);
  await expect(page.getByRole('row', { name: 'Old laptop' })).toContainText('Not used yet');
  await stage.judge('identity-keys');
});

test('E11 found by title, type and fingerprint; sorted; reached by keyboard', async ({ stage }) => {
  addSome(stage);
  const page = await openScreen(stage, 'Identity keys');
  const titles = page.getByRole('grid').locator('bdi');
  await expect(titles).toHaveText(['mara@work', 'Yubikey', 'Old laptop']);
  await page.getByLabel('Sort by').selectOption('Title');
  await page.getByRole('button', { name: 'Reverse order' }).click();
  await expect(titles).toHaveText(['Yubikey', 'Old laptop', 'mara@work']);
  const find = page.getByLabel('Find keys');
  await find.fill('RSA old');
  await expect(page.getByText('1 of 3 keys')).toBeVisible();
  await expect(titles).toHaveText(['Old laptop']);
  await find.fill('<b>x</b>');
  await expect(page.getByText('No key matches “<b>x</b>”.')).toBeVisible();
  await stage.judge('ssh-keys-no-match');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('row', { name: 'Yubikey' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('row', { name: 'mara@work' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'mara@work' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: 'mara@work' })).toBeFocused();
});

test('E11 without keys it says what they are and how to make one', async ({ stage }) => {
  const page = await openScreen(stage, 'Identity keys');
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make a key' })).toBeVisible();
  await stage.judge('ssh-keys-empty');
  await page.getByRole('button', { name: 'Add your first key' }).click();
  await expect(page.getByRole('menuitem', { name: 'Choose files' })).toBeFocused();
});

test('D5 E11 loading, failed and tried again', async ({ stage }) => {
  const { services } = stage;
  const forever = new Promise<void>(() => undefined);
  services.gates.set('sshKeys.list provider', forever).set('sshKeys.list cache', forever);
  const page = await openScreen(stage, 'Identity keys');
  await expect(page.getByText('Loading')).toBeAttached();
  await stage.judge('ssh-keys-loading');
  services.gates.clear();
  services.faults
    .set('sshKeys.list provider', new AppError('server-fault'))
    .set('sshKeys.list cache', new AppError('not-found'));
  await openScreen(stage, 'Identity keys');
  await expect(page.getByRole('alert')).toContainText('Your identity keys cannot be shown');
  await stage.judge('ssh-keys-error');
  services.faults.clear();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('You have no identity keys yet')).toBeVisible();
});

test('D5 X6 offline why nothing can be added; not offered', async ({ stage }) => {
  const { services } = stage;
  addSome(stage);
  const page = await openScreen(stage, 'Identity keys');
  services.setState('c1', {
    kind: 'offline',
    since: '2026-03-01T10:00:00.000Z',
    cause: { code: 'offline', reason: 'no-network' },
  });
  await page.reload();
  await expect(page.getByText(/You are seeing your identity keys as they were/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add keys' })).toHaveAccessibleDescription(
    'This can be changed again once you are online.',
  );
  await stage.judge('ssh-keys-offline');
  services.sshKeys.head = { ...services.sshKeys.head, access: { kind: 'not-offered' } };
  services.setState('c1', { kind: 'online', since: '2026-03-01T10:00:00.000Z' });
  await expect(page.getByText('Control account offers no identity keys.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add keys' })).toBeHidden();
});

test('E11 K3 details: fingerprints, public line and randomart; renamed', async ({ stage }) => {
  addSome(stage);
  const page = await openDetails(stage);
  const details = page.getByRole('dialog');
  for (const text of ['SHA256:V7aI4', 'MD5:2a:d1', 'ssh-ed25519 AAAA', '+--[ED25519 256]--+', '+----[SHA256]-----+'])
    await expect(details).toContainText(text);
  await stage.judge('ssh-keys-details');
  await details.getByRole('button', { name: 'Rename' }).click();
  await details.getByLabel('Title').fill(' ');
  await page.keyboard.press('Enter');
  await expect(details.getByLabel('Title')).toHaveAccessibleDescription('Please fill this in.');
  await stage.judge('ssh-keys-renaming');
  await details.getByLabel('Title').fill('حاسوب المكتب');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'حاسوب المكتب' })).toBeVisible();
  await expect
    .poll(() => asked(stage, 'sshKeys.rename'))
    .toEqual([{ accountId: 'c1', keyId: 'ik3', title: 'حاسوب المكتب' }]);
  // The panel keeps the focus inside, so the keyboard needs a way of its own.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('dialog', { name: 'mara@work' })).toBeVisible();
});

test('K9 ownership: verified by the vault or the agent, and what is needed where there is neither', async ({
  stage,
}) => {
  addSome(stage);
  const page = await openDetails(stage, 'Old laptop');
  await expect(page.getByRole('dialog')).toContainText('To verify, the private half must be in the vault');
  await stage.judge('ssh-keys-details-plain');
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: 'Yubikey' }).click();
  stage.services.faults.set('sshKeys.verify', new AppError('agent-unavailable', { reason: 'agent-refused' }));
  await page.getByRole('button', { name: 'Verify ownership' }).click();
  await expect(page.getByRole('alert')).toContainText('The SSH agent refused');
  stage.services.faults.clear();
  await page.getByRole('button', { name: 'Verify ownership' }).click();
  await expect(page.getByText('Verified: Control account has checked your signature.')).toBeVisible();
});

test('K5 the private half: exported under a new passphrase, forgotten', async ({ stage }) => {
  addSome(stage);
  const page = await openDetails(stage);
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the private half' });
  await dialog.getByRole('button', { name: 'Save as …' }).click();
  await expect(dialog.getByLabel('New passphrase', { exact: true })).toHaveAccessibleDescription(
    'Please fill this in.',
  );
  await dialog.getByLabel('New passphrase', { exact: true }).fill('correct horse');
  await dialog.getByLabel('New passphrase, once more').fill('correct');
  await expect(dialog.getByLabel('Encryption rounds')).toBeHidden();
  await dialog.getByText('Advanced').click();
  await expect(dialog.getByLabel('Encryption rounds')).toHaveValue('24');
  await dialog.getByLabel('Encryption rounds').fill('0');
  await expect(dialog.getByText('The two are not the same.')).toBeVisible();
  await stage.judge('ssh-keys-export');
  await dialog.getByLabel('New passphrase, once more').fill('correct horse');
  await dialog.getByLabel('Encryption rounds').fill('32');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved to /home/mara/id_ed25519')).toBeVisible();
  await expect
    .poll(() => asked(stage, 'sshKeys.exportPrivate'))
    .toEqual([{ accountId: 'c1', keyId: 'ik3', format: 'openssh', passphrase: 'correct horse', rounds: 32 }]);
  await page.getByRole('button', { name: 'Forget it here' }).click();
  await stage.judge('ssh-keys-forget');
  await page.getByRole('button', { name: 'Forget it', exact: true }).click();
  await expect(page.getByText('The private half is no longer saved here.')).toBeVisible();
});

test('K5 the agent: lent for a time, with a question each time, taken back', async ({ stage }) => {
  stage.services.sshKeys.addKey({ hasPrivateHalf: true });
  const page = await openDetails(stage);
  await page.getByRole('button', { name: 'Add to agent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add “mara@work” to the SSH agent' });
  await dialog.getByLabel('For how long').selectOption('1 hour');
  await dialog.getByLabel('Ask me each time it is used').check();
  await stage.judge('ssh-keys-agent');
  await dialog.getByRole('button', { name: 'Add to agent' }).click();
  await expect(page.getByText('It is in the agent now.')).toBeVisible();
  await expect
    .poll(() => asked(stage, 'sshKeys.addToAgent'))
    .toEqual([{ accountId: 'c1', keyId: 'ik1', lifetime: 3_600, confirm: true }]);
  await expect(page.getByText(/^In the agent until (\w+ \d+, \d{4}, )?\d+:\d\d [AP]M/)).toBeVisible();
  await stage.judge('ssh-keys-in-agent');
  await page.getByRole('button', { name: 'Remove from agent' }).click();
  await expect(page.getByText('It is no longer in the agent.')).toBeVisible();
  await expect(page.getByText('Not in the agent.')).toBeVisible();
});

test('S26 K5 an agent that takes no time limit: lent without one, to be taken back from here', async ({ stage }) => {
  stage.services.sshKeys.addKey({ hasPrivateHalf: true });
  stage.services.faults.set(
    'sshKeys.addToAgent',
    new AppError('agent-unavailable', { reason: 'agent-takes-no-limits' }),
  );
  const page = await openDetails(stage);
  await page.getByRole('button', { name: 'Add to agent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add “mara@work” to the SSH agent' });
  const takesBack = dialog.getByLabel('Lend it without a limit, and take it back when the time is over');
  await expect(takesBack).toBeHidden();
  await dialog.getByRole('button', { name: 'Add to agent' }).click();
  await expect(dialog.getByText('takes keys, but none for a time')).toBeVisible();
  stage.services.faults.delete('sshKeys.addToAgent');
  await takesBack.check();
  await expect(dialog.getByLabel('Ask me each time it is used')).toBeHidden();
  await dialog.getByLabel('For how long').selectOption('Until the agent ends');
  await dialog.getByRole('button', { name: 'Add to agent' }).click();
  await expect(dialog.getByLabel('For how long')).toHaveAccessibleDescription(/Choose a time/);
  await stage.judge('ssh-keys-agent-without-limits');
  await dialog.getByLabel('For how long').selectOption('8 hours');
  await dialog.getByRole('button', { name: 'Add to agent' }).click();
  await expect(page.getByText('It is in the agent now.')).toBeVisible();
  await expect
    .poll(() => asked(stage, 'sshKeys.addToAgent').slice(1))
    .toEqual([{ accountId: 'c1', keyId: 'ik1', lifetime: 28_800, confirm: false, takesBack: true }]);
});

test('D3 K5 without a key store a private half is here only until the app is closed, and nothing says otherwise', async ({
  stage,
}) => {
  stage.services.app = { ...stage.services.app, storage: { protection: 'this-run-only', keyStore: null } };
  stage.services.sshKeys.addKey({ hasPrivateHalf: true });
  const page = await openDetails(stage);
  await expect(page.getByRole('dialog')).toContainText('only until you close Profile Desk');
  await expect(page.getByText(/vault|encrypted/)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: 'mara@work' })).toContainText('Until you close');
  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByRole('menuitem', { name: 'Choose a folder' }).click();
  await expect(page.getByText('Only until you close Profile Desk: this computer has no key store')).toBeVisible();
  await expect(page.getByText(/vault|ncrypted/)).toHaveCount(0);
});

test('E11 E12 X9 deleted after a question, with a proof and a look at the request', async ({ stage }) => {
  addSome(stage);
  stage.services.security.asksForProof = true;
  const page = await openDetails(stage);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete “mara@work”?' });
  await expect(question).toContainText('SHA256:V7aI4');
  await expect(question).toContainText('Its private half here goes as well');
  await stage.judge('ssh-keys-delete');
  await question.getByRole('button', { name: 'Show what will be sent' }).click();
  await expect(question.locator('pre')).toBeVisible();
  await question.getByRole('button', { name: 'Delete key' }).click();
  const proof = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await proof.getByLabel('Password', { exact: true }).fill('right');
  await proof.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page.getByRole('row', { name: 'mara@work' })).toBeHidden();
  await expect(page.getByRole('row')).toHaveCount(3);
  // What opened the question is gone: the reader goes on at the heading of the list or of the page.
  await expect(page.getByRole('heading', { name: 'dentity keys' }).and(page.locator(':focus'))).toHaveCount(1);
});

test('X13 360 pixels wide, with long titles and text from right to left', async ({ stage }) => {
  addSome(stage);
  stage.services.sshKeys.addKey({
    title: `📱 ${'Wolfeschlegelsteinhausen'.repeat(4)}`,
    hasPrivateHalf: true,
    sha256: 'SHA256:long',
  });
  stage.services.sshKeys.addKey({
    title: 'مفتاح العمل',
    verifiedAt: '2026-02-20T08:00:00.000Z',
    sha256: 'SHA256:arabic',
  });
  const page = await openScreen(stage, 'Identity keys');
  await page.setViewportSize({ width: 360, height: 900 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await stage.judge('ssh-keys-narrow');
  await page.getByRole('row', { name: '📱' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await stage.judge('ssh-keys-narrow-details');
});
