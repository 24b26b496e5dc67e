import { AppError } from '../../shared/contract/errors.ts';
import { expect, test } from './fixtures.ts';

const person = { name: 'Mara Lindqvist', email: 'mara@nordlicht.example', avatar: null };

test('W1 W3 W4 W8 E1 the profile', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    'User Information',
    'Notifications and Daily Report',
    'Contact Information',
    'Security (password)',
    'MFA',
    'Delete account',
  ]);
  await expect(page.getByLabel('Role')).toHaveAccessibleDescription(/“Role Change”/);
  await expect(page.getByText('Registered on January 22, 2023')).toBeVisible();
  await stage.judge('profile');
  await page.getByRole('main').getByLabel('Country').scrollIntoViewIfNeeded();
  await stage.judge('profile-end');
});

test('D5 offline: the kept profile, its age and the cause', async ({ stage }) => {
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
  await expect(page.getByText(/You are seeing your profile as it was/)).toBeVisible();
  await expect(page.getByText(/saved on this computer as a draft, and sent only when/)).toBeVisible();
  await expect(page.getByLabel('Company')).not.toBeEditable();
  await stage.judge('offline');
  await page.getByRole('button', { name: 'Try again' }).focus();
  await expect(page.getByRole('tooltip', { name: /Last seen Mar 1, 2026/ })).toBeVisible();
});

test('D5 nothing kept and nothing reachable', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const fault = new AppError('untrusted-answer', { reason: 'not-json' });
  services.faults.set('profile.get provider', fault).set('profile.get cache', new AppError('not-found'));
  const page = await stage.open();
  await expect(page.getByRole('alert')).toContainText('Your profile cannot be shown');
  await stage.judge('profile-error');
});

test('D5 while nothing is known yet', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const forever = new Promise<void>(() => undefined);
  services.gates.set('profile.get provider', forever).set('profile.get cache', forever);
  const page = await stage.open();
  await expect(page.getByText('Loading')).toBeAttached();
  await stage.judge('profile-loading');
});

test('W1 several accounts, and removing one', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({
    providerName: 'Contact center',
    address: 'https://profile.brightline.example',
    person: { ...person, name: 'Daniel Okafor', email: 'daniel@brightline.example' },
  });
  services.addAccount();
  const page = await stage.open();
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await expect(page.getByRole('menuitem', { name: /Daniel Okafor/ })).toBeVisible();
  await stage.judge('menu-accounts');
  await page.getByRole('menuitem', { name: 'Sign out and remove from this computer' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Remove Mara Lindqvist from this computer?');
  await stage.judge('forget');
  await page.getByRole('button', { name: 'Sign out and remove' }).click();
  await expect(page.getByRole('button', { name: 'Account menu of Daniel Okafor' })).toBeVisible();
});

test('W1 X13 400 pixels wide', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.setViewportSize({ width: 400, height: 860 });
  await expect(page.getByRole('heading', { name: 'User Information' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await stage.judge('narrow');
  await page.getByLabel('First name').fill('Maria');
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await stage.judge('narrow-changed');
});

test('W4 long names, right-to-left text and emoji', async ({ stage }) => {
  const { services } = stage;
  const name = 'عبد الرحمن';
  services.addAccount({ person: { ...person, name: `${name} ${'Wolfeschlegelsteinhausenbergerdorff'.repeat(3)}` } });
  const profile = services.profileOf('c1');
  Object.assign(profile.sections.user.values, {
    firstName: name,
    lastName: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(3),
    company: '🏔️ Nordlicht',
  });
  const page = await stage.open();
  await expect(page.getByLabel('First name')).toHaveValue(name);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  await stage.judge('long-names');
});

test('X6 a provider that keeps no address', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({ providerName: 'Integration platform' });
  const { access } = services.profileOf('c1').sections.contact;
  Object.assign(
    access,
    Object.fromEntries(
      ['addressLine1', 'addressLine2', 'city', 'state', 'postalCode'].map((field) => [field, { kind: 'not-offered' }]),
    ),
  );
  const page = await stage.open();
  await expect(page.getByText(/Integration platform tells Profile Desk nothing of/)).toBeVisible();
  await expect(page.getByLabel('City')).toHaveCount(0);
  await page.getByText(/tells Profile Desk nothing of/).scrollIntoViewIfNeeded();
  await stage.judge('not-offered');
});
