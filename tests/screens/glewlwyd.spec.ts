import type { Page } from '@playwright/test';
import { sampleProfile } from '../../renderer/testing/sample-profile.ts';
import type { FieldAccess } from '../../shared/contract/account/profile.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

const proven = { kind: 'editable', needsReauth: true } satisfies FieldAccess;

/** An account at a service that wants a fresh proof for nearly everything, and never says how many codes are left. */
function play({ services }: Stage): void {
  services.addAccount({ kind: 'glewlwyd', address: 'https://sso.example.org', providerName: 'glewlwyd' });
  services.profiles.set('c1', {
    ...sampleProfile('c1'),
    offers: [],
    operations: {
      'profile.update': { ...proven, alsoVoids: 'recovery-codes' },
      'password.change': { kind: 'editable' },
      'mfa.enrol': proven,
      'mfa.useSecret': proven,
      'mfa.turnOff': proven,
      'recoveryCodes.renew': { kind: 'editable' },
      'sessions.close': proven,
      'sessions.closeOthers': proven,
    },
  });
}

const absent: FieldAccess = { kind: 'not-offered' };

/** As the adapter has it: one name, and no more of a person than an e-mail address. */
function keepLittle({ services }: Stage): void {
  const profile = services.profileOf('c1');
  const { user, contact, notifications } = profile.sections;
  const none = <T extends object>(access: T) =>
    Object.fromEntries(Object.keys(access).map((field) => [field, absent])) as { [F in keyof T]: FieldAccess };
  const shown: FieldAccess = { kind: 'set-by-provider' };
  services.profiles.set('c1', {
    ...profile,
    sections: {
      ...profile.sections,
      user: { ...user, access: { ...none(user.access), firstName: proven, username: shown } },
      contact: { ...contact, access: { ...none(contact.access), email: shown } },
      notifications: { ...notifications, access: none(notifications.access) },
      avatar: { values: { image: null }, access: { image: absent }, revision: '' },
    },
  });
}

async function goTo(page: Page, name: 'Sessions' | 'Security'): Promise<void> {
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeFocused();
}

async function judgeNarrow(stage: Stage, page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 480, height: 1_400 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge(`${name}-narrow`);
}

test('R9 E5 an update that makes recovery codes void says so before', async ({ stage }) => {
  play(stage);
  const page = await stage.open();
  const warning = page.getByText('makes your recovery codes stop working');
  await page.getByLabel('E-mail', { exact: true }).fill('maria@nordlicht.example');
  await expect(page.getByRole('button', { name: /^Update/ })).toBeEnabled();
  await expect(warning).toBeHidden();
  await page.getByLabel('First name').fill('Maria');
  await expect(warning).toBeVisible();
  await stage.judge('glewlwyd-voids-codes');
  await judgeNarrow(stage, page, 'glewlwyd-voids-codes');
  await page.getByLabel('First name').fill(stage.services.profileOf('c1').sections.user.values.firstName);
  await expect(warning).toBeHidden();
});

test('R9 W1 the profile of a service that knows one name and an e-mail address', async ({ stage }) => {
  play(stage);
  keepLittle(stage);
  const page = await stage.open();
  await expect(page.getByLabel('Name', { exact: true })).toBeEditable();
  await expect(page.getByText('First name')).toBeHidden();
  await expect(page.getByText('Role and Company')).toBeVisible();
  await expect(page.getByText('Last name')).toBeHidden();
  await stage.judge('glewlwyd-profile');
  await judgeNarrow(stage, page, 'glewlwyd-profile');
});

test('R9 E5 recovery codes of which nobody knows how many are left can be made anew', async ({ stage }) => {
  play(stage);
  stage.services.security.asksForProof = false;
  const page = await stage.open();
  await goTo(page, 'Security');
  const section = page.getByRole('region', { name: 'Recovery codes' });
  await expect(section).toContainText('glewlwyd does not say how many you have left');
  await expect(section.getByRole('button')).toHaveText(['Make a new set']);
  await stage.judge('glewlwyd-security');
  await section.getByRole('button', { name: 'Make a new set' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Codes that you have from before stop working at once.');
  await stage.judge('glewlwyd-renew');
});

test('R9 E8 E12 sessions that are shown after a proof: the list from before stays, then the new one comes', async ({
  stage,
}) => {
  play(stage);
  const { services } = stage;
  services.faults.set('sessions.list provider', new AppError('reauth-required'));
  const page = await stage.open();
  await goTo(page, 'Sessions');
  await expect(page.getByText('Confirm it’s you to see your sessions')).toBeVisible();
  await expect(page.getByRole('region', { name: 'This session' })).toBeVisible();
  await expect(page.getByText('You are seeing the list as it was')).toBeVisible();
  await stage.judge('glewlwyd-sessions');
  await judgeNarrow(stage, page, 'glewlwyd-sessions');
  await page.getByRole('button', { name: 'Confirm it’s you' }).click();
  const question = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await question.getByLabel('Password', { exact: true }).fill('right');
  services.faults.delete('sessions.list provider');
  await question.getByRole('button', { name: 'Confirm' }).click();
  await expect(question).toBeHidden();
  await expect(page.getByText('Confirm it’s you to see your sessions')).toBeHidden();
  await expect(page.getByRole('region', { name: 'This session' })).toBeVisible();
});

test('R9 E9 closing sessions asks for the proof that is missing, and goes on', async ({ stage }) => {
  play(stage);
  const { services } = stage;
  const page = await stage.open();
  await goTo(page, 'Sessions');
  services.faults.set('sessions.closeOthers', new AppError('reauth-required'));
  await page.getByRole('button', { name: 'Close all others' }).click();
  await page.getByRole('button', { name: 'Close 6 sessions' }).click();
  const question = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await expect(question).toContainText('Enter your password to close sessions.');
  services.faults.delete('sessions.closeOthers');
  await question.getByLabel('Password', { exact: true }).fill('right');
  await question.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('No other sessions')).toBeVisible();
});
