import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

const question = (page: Page) => page.getByRole('alertdialog', { name: /^Delete your account at Control account/ });
const channels = ({ services }: Stage) =>
  services.asked
    .map(({ channel }) => channel)
    .filter((channel) => channel.startsWith('deletion.') && channel !== 'deletion.localData');

async function openDeletion(stage: Stage): Promise<Page> {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByRole('button', { name: 'Delete account …' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete account');
  return page;
}

test('E10 what goes, what stays, and the e-mail typed before the last question', async ({ stage }) => {
  const { services } = stage;
  services.security.asksForProof = true;
  services.addAccount({ providerName: 'Another' });
  const page = await openDeletion(stage);
  await expect(page.getByText('Your API key: programs that use it fail at once')).toBeVisible();
  await expect(page.getByText('Mails that were sent to you already')).toBeVisible();
  // Nothing is said of what this computer does not hold.
  await expect(page.getByText('saved on this computer only')).toHaveCount(0);
  await stage.judge('deletion');
  const email = page.getByLabel('Your e-mail address');
  await email.fill('somebody@else.example');
  await page.keyboard.press('Enter');
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription(/not the address of this account/);
  await email.fill(' MARA@nordlicht.example');
  await page.getByRole('button', { name: 'Delete account', exact: true }).click();
  await expect(question(page)).toBeVisible();
  await stage.judge('deletion-question');
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => channels(stage)).toEqual(['deletion.get']);

  await email.fill('mara@nordlicht.example');
  await page.getByRole('button', { name: 'Delete account', exact: true }).click();
  await question(page).getByRole('button', { name: 'Delete for good' }).dblclick();
  const proof = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await proof.getByLabel('Password', { exact: true }).fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your account at Control account is deleted')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Profile');
  // Refused once for want of a proof, then done: a double click is one press.
  await expect.poll(() => channels(stage)).toEqual(['deletion.get', 'deletion.remove', 'deletion.remove']);
  await expect.poll(() => services.accounts.accounts.map(({ providerName }) => providerName)).toEqual(['Another']);
  await stage.judge('deletion-done');
});

test('E10 the only account: afterwards the first screen says that it is gone', async ({ stage }) => {
  const page = await openDeletion(stage);
  await page.getByLabel('Your e-mail address').fill('mara@nordlicht.example');
  await page.getByRole('button', { name: 'Delete account', exact: true }).click();
  await question(page).getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(page.getByText('Your account at Control account is deleted')).toBeVisible();
});

test('E10 K5 X10 what only this computer holds is named', async ({ stage }) => {
  stage.services.deletion.localData = { sshKeys: 2, sessionNames: 1, draftFields: 0, activityEntries: 12 };
  const page = await openDeletion(stage);
  await expect(page.getByText('The private halves of 2 SSH keys, saved on this computer only')).toBeVisible();
  await expect(page.getByText('Your own name for 1 session')).toBeVisible();
  await expect(page.getByText('12 entries of activity')).toBeVisible();
  await stage.judge('deletion-held-here');
});

test('E10 a deletion whose answer was lost: the end of the session says that the account may be gone', async ({
  stage,
}) => {
  const { services } = stage;
  const { id } = services.addAccount({ mayBeDeleted: true });
  const page = await stage.open();
  services.setState(id, { kind: 'signed-out', sessionEnded: true });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Your account at Control account may be deleted')).toBeVisible();
  await stage.judge('deletion-unclear');
  await page.getByRole('button', { name: 'Remove from this computer …' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out and remove' }).click();
  await expect.poll(() => services.accounts.accounts).toEqual([]);
});

test('E10 a last owner is told why not', async ({ stage }) => {
  stage.services.deletion.refusal = 'last-owner';
  const page = await openDeletion(stage);
  await expect(page.getByText(/You are the last owner of your company/)).toBeVisible();
  await expect(page.getByLabel('Your e-mail address')).toHaveCount(0);
  await stage.judge('deletion-refused');
});

test('E10 an encrypted copy: passphrase twice, long enough, where it went', async ({ stage }) => {
  const { services } = stage;
  const page = await openDeletion(stage);
  const [first, second, save] = [
    page.getByLabel('Passphrase for the file'),
    page.getByLabel('Passphrase again'),
    page.getByRole('button', { name: 'Save an encrypted copy' }),
  ];
  await first.fill('correct horse battery');
  await second.fill('correct horse');
  await save.click();
  await expect(second).toBeFocused();
  await expect(second).toHaveAccessibleDescription(/not the same/);
  await second.fill('correct horse battery');
  services.faults.set(
    'deletion.exportData',
    new AppError('invalid-request', { fields: { passphrase: { code: 'too-short', limit: 12 } } }),
  );
  await save.click();
  await expect(first).toHaveAccessibleDescription(/12 characters at least/);
  services.faults.set('deletion.exportData', new AppError('storage-fault', { reason: 'disk-full' }));
  await save.click();
  await expect(page.getByRole('alert')).toContainText('The disk is full');
  await expect(first).toHaveValue('correct horse battery');
  services.faults.clear();
  await save.click();
  await expect(page.getByText('Saved to /home/mara/profile-export-control-account.json')).toBeVisible();
  await expect(first).toHaveValue('');
  await stage.judge('deletion-saved');
  services.deletion.missing = ['mfa', 'accessKeys'];
  await first.fill('correct horse battery');
  await second.fill('correct horse battery');
  await save.click();
  await expect(page.getByText('Not in the file: two-step verification and access keys.')).toBeVisible();
  await stage.judge('deletion-incomplete');
});

test('E10 offline the way there is closed and says why', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({
    state: {
      kind: 'offline',
      since: '2026-03-01T10:00:00.000Z',
      cause: { code: 'offline', reason: 'connection-refused' },
    },
  });
  services.faults.set('profile.get provider', new AppError('offline', { reason: 'connection-refused' }));
  const page = await stage.open();
  const open = page.getByRole('button', { name: 'Delete account …' });
  await expect(open).toHaveAttribute('aria-disabled', 'true');
  await open.click({ force: true });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Profile');
});
