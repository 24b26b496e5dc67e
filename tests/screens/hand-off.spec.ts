import type { Page } from '@playwright/test';
import { sampleStaff } from '../../renderer/testing/sample-profile.ts';
import type { Operation } from '../../shared/contract/account/operations.ts';
import type { FieldAccess } from '../../shared/contract/account/profile.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

const everything: readonly Operation[] = [
  'password.change',
  'email.change',
  'mfa.enrol',
  'mfa.removeDevice',
  'recoveryCodes.renew',
  'passkeys.add',
  'passkeys.remove',
  'linkedAccounts.link',
  'deletion.remove',
];

/** An account at a service whose own pages do what is named. */
function playPages({ services }: Stage, handedOff: readonly Operation[] = everything): void {
  services.addAccount({
    kind: 'keycloak',
    address: 'https://id.example.org/realms/staff',
    providerName: 'staff',
    describesApi: false,
  });
  services.profiles.set('c1', sampleStaff('c1', handedOff));
  services.security.offers = [];
}

function lock({ services }: Stage, operation: Operation, access: FieldAccess): void {
  const profile = services.profileOf('c1');
  services.profiles.set('c1', { ...profile, operations: { ...profile.operations, [operation]: access } });
}

async function openSecurity(stage: Stage): Promise<Page> {
  const page = await stage.open();
  await page.getByRole('link', { name: 'Security' }).click();
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeFocused();
  return page;
}

const changePassword = (page: Page) => page.getByRole('button', { name: /Change password at .*id\.example\.org/ });

test('R1 the profile of a service whose own pages do nearly everything is calm', async ({ stage }) => {
  playPages(stage);
  const page = await stage.open();
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
  await expect(changePassword(page)).toBeVisible();
  await expect(page.getByRole('button', { name: /Change e-mail at/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /Delete account at/ })).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['Profile', 'Security', 'Activity']);
  // It does not tell of its own calls (E13).
  await expect(page.getByRole('button', { name: 'API' })).toHaveCount(0);
  await stage.judge('hand-off-profile');
  await page.setViewportSize({ width: 480, height: 2_600 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('hand-off-profile-narrow');
});

test('R1 a section of which the service knows no operation is not there', async ({ stage }) => {
  playPages(stage, []);
  const page = await openSecurity(stage);
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveCount(0);
  await stage.judge('hand-off-nothing');
});

test('R1 password: opened, nothing changed yet, opened again, done', async ({ stage }) => {
  playPages(stage);
  const page = await openSecurity(stage);
  await changePassword(page).press('Enter');
  const dialog = page.getByRole('dialog', { name: /Change password at .*id\.example\.org/ });
  await expect(dialog.getByText(/This window notices by itself/)).toBeVisible();
  await dialog.getByRole('button', { name: 'I am done' }).press('Enter');
  await expect(dialog.getByRole('status').filter({ hasText: 'Nothing has changed there yet.' })).toBeVisible();
  await stage.judge('hand-off-waiting');
  await dialog.getByRole('button', { name: 'Open again' }).click();
  await expect.poll(() => stage.services.asked.map(({ channel }) => channel)).toContain('handOff.openAgain');
  stage.services.handOff.end('done');
  await expect(dialog.getByText('The service confirms it')).toBeVisible();
  await stage.judge('hand-off-done');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(changePassword(page)).toBeFocused();
});

test('R1 each end has its own words, and the next try is one press away', async ({ stage }) => {
  playPages(stage);
  const page = await openSecurity(stage);
  await changePassword(page).click();
  const dialog = page.getByRole('dialog');
  for (const [end, words] of [
    ['cancelled', 'You cancelled it'],
    ['not-shown', 'The page was not shown'],
    ['unknown', 'Nothing has changed, as far as can be seen'],
    [new AppError('conflict', { reason: 'another-person' }), 'Somebody else is signed in'],
  ] as const) {
    await test.step(words, async () => {
      await expect(dialog.getByRole('button', { name: 'I am done' })).toBeVisible();
      stage.services.handOff.end(end);
      await expect(dialog.getByText(words)).toBeVisible();
      await stage.judge(`hand-off-${typeof end === 'string' ? end : 'another-person'}`);
      await dialog.getByRole('button', { name: 'Try again' }).click();
    });
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => stage.services.asked.map(({ channel }) => channel)).toContain('handOff.cancel');
});

test('R1 R5 of what the service tells nobody nothing is claimed', async ({ stage }) => {
  playPages(stage);
  Object.assign(stage.services.handOff, { isUntold: true, comesBack: false });
  const page = await openSecurity(stage);
  await changePassword(page).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/tells Profile Desk nothing of it/)).toBeVisible();
  await stage.judge('hand-off-untold');
  await dialog.getByRole('button', { name: 'I am done' }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => stage.services.asked.map(({ channel }) => channel)).toContain('handOff.cancel');
});

test('R1 where no browser can be opened there is a link; a mail may come first; 480 pixels', async ({ stage }) => {
  const address = 'https://id.example.org/realms/staff/protocol/openid-connect/auth?kc_action=UPDATE_EMAIL';
  playPages(stage);
  Object.assign(stage.services.handOff, { address, mayWaitForMail: true, comesBack: false });
  const page = await stage.open();
  await page.setViewportSize({ width: 480, height: 860 });
  await page.getByRole('button', { name: /Change e-mail at/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('link', { name: 'Open the page' })).toHaveAttribute('href', address);
  await expect(dialog.getByRole('button', { name: 'Copy its address' })).toBeVisible();
  await expect(dialog.getByText('The page is open')).toHaveCount(0);
  await expect(dialog.getByText(/You may be sent a mail/)).toBeVisible();
  await stage.judge('hand-off-by-hand-narrow');
  stage.services.handOff.end('unknown');
  await expect(dialog.getByText(/open its link: it counts from then on/)).toBeVisible();
});

test('R1 R4 devices, codes, passkeys and linked accounts: each on its page, and read again once done', async ({
  stage,
}) => {
  playPages(stage);
  const { security, linkedAccounts, handOff } = stage.services;
  security.turnOn(4);
  security.passkeys = [{ id: 'p1', name: 'My laptop', createdAt: '2026-02-01T08:00:00.000Z' }];
  linkedAccounts.offer();
  const page = await openSecurity(stage);
  await expect(page.getByRole('button', { name: /Link an account at/ })).toBeVisible();
  await page.setViewportSize({ width: 1_200, height: 1_500 });
  await stage.judge('hand-off-security');
  await page.setViewportSize({ width: 480, height: 2_000 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('hand-off-security-narrow');
  for (const [button, input] of [
    [/^Remove at .*Phone/, { operation: 'mfa.removeDevice', of: 'd1' }],
    [/^Remove at .*My laptop/, { operation: 'passkeys.remove', of: 'p1' }],
    [/^Make new codes at/, { operation: 'recoveryCodes.renew' }],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('button', { name: 'I am done' })).toBeVisible();
    await expect
      .poll(() => stage.services.asked.findLast(({ channel }) => channel === 'handOff.begin')?.input)
      .toEqual({ accountId: 'c1', ...input });
    const before = stage.services.asked.length;
    handOff.end('done');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => stage.services.asked.slice(before).map(({ channel }) => channel)).toContain('mfa.status');
  }
  await page.getByRole('button', { name: /Link an account at/ }).click();
  await page.getByRole('menuitem', { name: 'Hafenwerk' }).click();
  await expect(page.getByRole('button', { name: 'I am done' })).toBeVisible();
  handOff.end('done');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => stage.services.asked.at(-1)?.channel).toBe('linkedAccounts.get');
});

test('X6 what wants a permission is locked and names it, also for screen readers', async ({ stage }) => {
  playPages(stage);
  lock(stage, 'password.change', { kind: 'needs-permission', permission: 'manage-account' });
  lock(stage, 'deletion.remove', { kind: 'needs-permission', permission: 'delete-account' });
  const page = await stage.open();
  const button = page.getByRole('button', { name: 'Change password', exact: true });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription(/needs the permission .*manage-account/);
  await expect(page.getByRole('button', { name: /^Delete account/ })).toHaveAccessibleDescription(/delete-account/);
  await button.focus();
  await stage.judge('hand-off-locked');
});

test('D5 without a network a page of the service is locked, and begins again with it', async ({ stage }) => {
  playPages(stage);
  const page = await openSecurity(stage);
  await expect(changePassword(page)).toBeVisible();
  stage.services.setState('c1', {
    kind: 'offline',
    since: '2026-03-01T10:00:00.000Z',
    cause: { code: 'offline', reason: 'no-network' },
  });
  await expect(changePassword(page)).toHaveAttribute('aria-disabled', 'true');
});
