import { AppError } from '../../shared/contract/errors.ts';
import { sampleLinkedAccount } from '../../renderer/testing/fake-linked-accounts.ts';
import { sampleAgent } from '../../renderer/testing/sample-profile.ts';
import { expect, test } from './fixtures.ts';
import { openScreen } from './open-screen.ts';

const second = { ...sampleLinkedAccount, id: 'i2', provider: 'Hafenwerk', label: 'm.lindqvist', lastUsedAt: null };

test('C3 nothing is shown of it where the provider knows no identity providers', async ({ stage }) => {
  const page = await openScreen(stage, 'Security');
  await expect(page.getByRole('heading', { name: 'Two-step verification' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Linked accounts' })).toHaveCount(0);
});

test('C3 D5 offline it says when linked accounts can be seen; E11 no way to identity keys where there are none', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount({
    state: { kind: 'offline', since: '2026-03-01T10:00:00.000Z', cause: { code: 'offline', reason: 'no-network' } },
  });
  services.profiles.set('c1', sampleAgent('c1'));
  services.faults.set('linkedAccounts.get', new AppError('offline', { reason: 'no-network' }));
  const page = await openScreen(stage, 'Security');
  const section = page.getByRole('region', { name: 'Linked accounts' });
  await expect(section.getByText(/can be seen and changed again once/)).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText([
    'Profile',
    'Security',
    'Sessions',
    'Activity',
  ]);
  await stage.judge('linkedAccounts-offline');
});

test('C3 link: choice of the provider, waiting, linked', async ({ stage }) => {
  stage.services.linkedAccounts.offer();
  const page = await openScreen(stage, 'Security');
  const section = page.getByRole('region', { name: 'Linked accounts' });
  await section.scrollIntoViewIfNeeded();
  await expect(section.getByText('No identity is linked')).toBeVisible();
  await stage.judge('linkedAccounts-none');
  await page.getByRole('button', { name: 'Link Account' }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Brightline Sign-in' })).toBeFocused();
  await stage.judge('linkedAccounts-menu');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Link Account' });
  await expect(dialog.getByText(/Sign in at .*Brightline Sign-in.* in the browser/)).toBeVisible();
  await stage.judge('linkedAccounts-waiting');
  await dialog.getByRole('button', { name: 'Open again' }).click();
  await expect.poll(() => stage.services.asked.at(-1)?.channel).toBe('linkedAccounts.openAgain');
  stage.services.linkedAccounts.comeBack();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('“mara@brightline.example” is linked')).toBeVisible();
  await expect(section.getByRole('listitem')).toHaveCount(1);
  await stage.judge('linkedAccounts-linked');
});

test('C3 where no browser can be opened the page is a link; Escape calls it off without an error', async ({
  stage,
}) => {
  stage.services.linkedAccounts.offer();
  stage.services.linkedAccounts.address = 'https://id.brightline.example/authorize?client_id=profile-desk&state=x';
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Link Account' }).click();
  await page.getByRole('menuitem', { name: 'Brightline Sign-in' }).click();
  const link = page.getByRole('link', { name: 'Open the sign-in page' });
  await expect(link).toHaveAttribute('href', stage.services.linkedAccounts.address);
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await stage.judge('linkedAccounts-by-hand');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => stage.services.asked.map(({ channel }) => channel)).toContain('linkedAccounts.cancel');
});

test('C3 in Electron, which follows no link, the page is asked for by a button, and its address is copied', async ({
  stage,
}) => {
  stage.services.app = { ...stage.services.app, shell: 'electron' };
  stage.services.linkedAccounts.offer();
  const text = 'https://id.brightline.example/authorize?client_id=profile-desk&state=x';
  stage.services.linkedAccounts.address = text;
  const page = await openScreen(stage, 'Security');
  await page.getByRole('button', { name: 'Link Account' }).click();
  await page.getByRole('menuitem', { name: 'Brightline Sign-in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy its address' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  await expect.poll(() => stage.services.asked.at(-1)).toEqual({ channel: 'clipboard.copyText', input: { text } });
  await expect(dialog.getByRole('link')).toHaveCount(0);
  await stage.judge('linkedAccounts-by-hand-electron');
  stage.services.linkedAccounts.address = null;
  await dialog.getByRole('button', { name: 'Open the sign-in page' }).click();
  await expect(dialog.getByText('No browser could be opened')).toHaveCount(0);
  await expect.poll(() => stage.services.asked.at(-1)?.channel).toBe('linkedAccounts.openAgain');
});

const refusals = [
  [new AppError('cancelled', { reason: 'declined-at-provider' }), 'it was declined there'],
  [new AppError('cancelled', { reason: 'sign-in-took-too-long' }), 'longer than five minutes'],
  [new AppError('untrusted-answer', { reason: 'wrong-state' }), 'belongs to another attempt'],
  [new AppError('untrusted-answer', { reason: 'wrong-nonce' }), 'made for another attempt'],
  [new AppError('untrusted-answer', { reason: 'id-token-other-client' }), 'meant for another program'],
  [new AppError('conflict', { reason: 'identity-taken' }), 'linked with another account'],
  [new AppError('server-fault', { reason: 'identity-provider-down' }), 'cannot be reached'],
] as const;

test('C3 every refusal is told, and the next try is one press away', async ({ stage }) => {
  stage.services.linkedAccounts.offer();
  const page = await openScreen(stage, 'Security');
  for (const [error, words] of refusals) {
    await test.step(words, async () => {
      await page.getByRole('button', { name: 'Link Account' }).click();
      await page.getByRole('menuitem', { name: 'Hafenwerk' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      stage.services.linkedAccounts.comeBack(error);
      await expect(page.getByRole('alert')).toContainText(words);
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });
  }
  await stage.judge('linkedAccounts-refused');
});

test('C3 unlink asks first, and says so where it is the last way in', async ({ stage }) => {
  stage.services.linkedAccounts.offer();
  stage.services.linkedAccounts.linked = [sampleLinkedAccount, second];
  const page = await openScreen(stage, 'Security');
  const section = page.getByRole('region', { name: 'Linked accounts' });
  await section.getByRole('button', { name: /^Unlink .*mara@brightline.example/ }).click();
  await stage.judge('linkedAccounts-unlink');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  await expect(page.getByText('“mara@brightline.example” is unlinked')).toBeVisible();
  await expect(section.getByRole('listitem')).toHaveCount(1);
  stage.services.faults.set('linkedAccounts.unlink', new AppError('forbidden', { reason: 'last-way-in' }));
  await section.getByRole('button', { name: /^Unlink / }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('nobody could sign in to your account');
  await stage.judge('linkedAccounts-last');
});

test('X6 without the permission everything is locked, with the reason, also for screen readers', async ({ stage }) => {
  stage.services.linkedAccounts.offer();
  stage.services.linkedAccounts.access = { kind: 'needs-permission', permission: 'Users Edit' };
  stage.services.linkedAccounts.linked = [sampleLinkedAccount];
  const page = await openScreen(stage, 'Security');
  const button = page.getByRole('button', { name: 'Link Account' });
  for (const locked of [button, page.getByRole('button', { name: /^Unlink/ })]) {
    await expect(locked).toHaveAttribute('aria-disabled', 'true');
    await expect(locked).toHaveAccessibleDescription(/needs the permission .*Users Edit/);
  }
  await button.click({ force: true });
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await button.scrollIntoViewIfNeeded();
  await stage.judge('linkedAccounts-locked');
});

test('C3 sign in with a linked identity, called off, not linked, and at last in', async ({ stage }) => {
  stage.services.linkedAccounts.offer();
  const page = await stage.open();
  await page.getByRole('button', { name: /Connect to a service/ }).click();
  await page.getByLabel('Address of the service').fill('https://profile.example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  const button = page.getByRole('button', { name: /Sign in with .*Brightline Sign-in/ });
  await expect(button).toBeVisible();
  await stage.judge('sign-in-identity');
  await button.click();
  await expect(page.getByRole('heading', { name: 'Continue in your browser' })).toBeVisible();
  await stage.judge('sign-in-identity-waiting');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(button).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await button.click();
  await expect(page.getByRole('heading', { name: 'Continue in your browser' })).toBeVisible();
  stage.services.linkedAccounts.comeBack(new AppError('unauthenticated', { reason: 'identity-not-linked' }));
  await expect(page.getByRole('alert')).toContainText('No account here is linked with this identity');
  await stage.judge('sign-in-identity-not-linked');
  await button.click();
  await expect(page.getByRole('heading', { name: 'Continue in your browser' })).toBeVisible();
  stage.services.linkedAccounts.comeBack();
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
});

test('X13 400 pixels wide', async ({ stage }) => {
  stage.services.linkedAccounts.offer();
  stage.services.linkedAccounts.linked = [
    sampleLinkedAccount,
    { ...second, label: 'a.very.long.name.that.does.not.fit@subsidiary.brightline.example' },
  ];
  const page = await openScreen(stage, 'Security');
  await page.setViewportSize({ width: 400, height: 860 });
  await page.getByRole('button', { name: 'Link Account' }).scrollIntoViewIfNeeded();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await stage.judge('linkedAccounts-narrow');
});
