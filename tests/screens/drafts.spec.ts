import type { DraftEdit } from '../../shared/contract/drafts.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { sampleMore } from '../../renderer/testing/sample-more.ts';
import { expect, test, type Stage } from './fixtures.ts';

const city: DraftEdit = { path: 'contact.city', base: 'Stockholm', mine: 'Malmö' };
const offline = {
  kind: 'offline',
  since: '2026-03-01T10:00:00.000Z',
  cause: { code: 'offline', reason: 'connection-refused' },
} as const;
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const keptOf = ({ services }: Stage, id = 'c1') => services.drafts.kept.get(id)?.edits;
const sentOf = ({ services }: Stage) => services.asked.filter(({ channel }) => channel === 'profile.update').length;

test('X5 offline one goes on typing: it is kept, marked, and sent by Update alone', async ({ stage }) => {
  const { services } = stage;
  const { id } = services.addAccount({ state: offline });
  const fault = new AppError('offline', { reason: 'connection-refused' });
  services.faults.set('profile.get provider', fault);
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  await expect.poll(() => keptOf(stage)).toEqual([city]);
  const here = page.getByRole('link', { name: 'Profile has a draft' });
  await expect(here).toBeVisible();
  await expect(page.getByRole('button', { name: 'Update 1 change' })).toHaveAccessibleDescription(/connection/);
  await stage.judge('draft-offline');
  await page.setViewportSize({ width: 480, height: 860 });
  await stage.judge('draft-offline-narrow');
  services.faults.clear();
  services.setState(id, { kind: 'online', since: '2026-03-01T10:05:00.000Z' });
  services.emit('profile.changed', services.changeElsewhere(id, 'contact', { city: 'Uppsala' }));
  const clash = page.getByRole('group', { name: /Changed elsewhere too/ });
  await expect(clash.getByRole('definition')).toHaveText(['Stockholm', 'Malmö', 'Uppsala']);
  await clash.scrollIntoViewIfNeeded();
  await stage.judge('draft-conflict-narrow');
  await expect.poll(() => sentOf(stage)).toBe(0);
  await page.getByRole('button', { name: /^Keep yours/ }).click();
  await page.getByRole('button', { name: 'Update 1 change' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect.poll(() => keptOf(stage)).toBeUndefined();
  await expect(here).toHaveCount(0);
});

test('X5 offline leaving asks nothing: the draft stays', async ({ stage }) => {
  stage.services.addAccount({ state: offline });
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  await page.getByRole('link', { name: 'Security' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Security' })).toBeVisible();
  await expect.poll(() => keptOf(stage)).toEqual([city]);
  await page.getByRole('link', { name: 'Profile has a draft' }).click();
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
});

test('X5 a draft of days ago is in the form again, and is discarded with Undo', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.drafts.keep('c1', [city, { path: 'user.firstName', base: 'Mara', mine: 'Maria' }], daysAgo(2));
  const page = await stage.open();
  await expect(page.getByText('Your draft of 2 days ago is back')).toBeVisible();
  await expect(page.getByText('In the form again, and not sent: First name and City.')).toBeVisible();
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
  await stage.judge('draft-back');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(page.getByLabel('City')).toHaveValue('Stockholm');
  await expect.poll(() => keptOf(stage)).toBeUndefined();
  await expect(page.getByText('Your draft of 2 days ago is back')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => keptOf(stage)).toHaveLength(2);
  await expect.poll(() => sentOf(stage)).toBe(0);
});

test('X5 W2 leaving with changes: they can be kept as a draft', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({ person: { name: 'Daniel Okafor', email: 'daniel@brightline.example', avatar: null } });
  services.addAccount();
  // Nothing but the answer keeps it.
  services.faults.set('drafts.save', new AppError('storage-fault', { reason: 'disk-full' }));
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  const menu = page.getByRole('button', { name: /^Account menu/ });
  await menu.click();
  await page.getByRole('menuitem', { name: /Daniel Okafor/ }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Save your changes?');
  await stage.judge('draft-leave');
  services.faults.clear();
  await page.getByRole('button', { name: 'Keep as a draft' }).click();
  await expect(page.getByLabel('City')).toHaveValue('Stockholm');
  await expect.poll(() => keptOf(stage, 'c2')).toEqual([city]);
  await menu.click();
  await expect(page.getByRole('menuitem', { name: /Mara Lindqvist.*Draft of/ })).toBeVisible();
  await stage.judge('draft-accounts');
  await page.getByRole('menuitem', { name: /Mara Lindqvist/ }).click();
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
});

test('X5 where nothing outlasts this run, leaving says how long the draft stays', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.app.storage = { protection: 'this-run-only', keyStore: null };
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  await page.getByRole('link', { name: 'Security' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('As a draft, your changes stay until you close Profile Desk.');
  await question.getByRole('button', { name: 'Keep as a draft' }).click();
  await expect.poll(() => keptOf(stage)).toEqual([city]);
});

test('X5 a full disk: what was typed stays, that is said, and leaving asks', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({ state: offline });
  services.faults.set('drafts.save', new AppError('storage-fault', { reason: 'disk-full' }));
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  await expect(page.getByText('What you typed is not saved on this computer')).toBeVisible();
  await page.getByRole('button', { name: 'Draft not saved' }).click();
  await expect(page.getByText('What you typed is not saved on this computer')).toBeInViewport();
  await stage.judge('draft-not-kept');
  await page.setViewportSize({ width: 480, height: 860 });
  await stage.judge('draft-not-kept-narrow');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('link', { name: 'Security' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Discard your changes?');
  await page.getByRole('button', { name: 'Keep as a draft' }).click();
  await expect(page.getByText('The draft could not be saved on this computer')).toBeVisible();
  await stage.judge('draft-leave-not-kept');
  await page.getByRole('button', { name: 'Keep editing' }).click();
  services.faults.clear();
  await page.getByRole('button', { name: 'Try again' }).last().click();
  await expect(page.getByText('What you typed is not saved on this computer')).toHaveCount(0);
  await expect.poll(() => keptOf(stage)).toEqual([city]);
});

test('X5 R3 fields that are gone or locked by now: their values are shown, copied and dropped', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({ providerName: 'Staff directory' });
  const profile = services.profileOf('c1');
  profile.sections.more = sampleMore({ left: { label: 'Left', value: 'x' } });
  profile.sections.contact.access.phone = { kind: 'set-by-provider' };
  const long = 'Arbeitsunfähigkeitsbescheinigungsbeauftragte des ganzen Hauses, zweiter Stock, links. ';
  services.drafts.keep('c1', [
    city,
    { path: 'contact.phone', base: '', mine: '+46 8 1' },
    { path: 'more.bio', base: '', mine: long.repeat(12), shown: { label: 'About you', value: long.repeat(12) } },
    {
      path: 'more.team',
      base: [],
      mine: ['a'],
      shown: { label: 'Kostenstellenverantwortungsbereich', value: 'Sales' },
    },
  ]);
  const page = await stage.open();
  const box = page.getByRole('status').filter({ hasText: 'Staff directory does not let you change these now' });
  await expect(box.getByRole('listitem')).toHaveText([/Phone\s*\+46 8 1/, /About you/, /bereich\s*Sales/]);
  await expect(page.getByRole('button', { name: 'Update 1 change' })).toBeVisible();
  await stage.judge('draft-stranded');
  await page.setViewportSize({ width: 480, height: 860 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('draft-stranded-narrow');
  await box.getByRole('button', { name: 'Copy “Phone”' }).click();
  await expect
    .poll(() => services.asked.filter(({ channel }) => channel === 'clipboard.copyText'))
    .toMatchObject([{ input: { text: '+46 8 1' } }]);
  await box.getByRole('button', { name: 'Drop “About you”' }).click();
  await expect(box.getByRole('listitem')).toHaveCount(2);
  await expect(box.getByRole('listitem').last()).toBeFocused();
  await expect
    .poll(() => keptOf(stage)?.map(({ path }) => path))
    .toEqual(['contact.city', 'contact.phone', 'more.team']);
});

test('X5 X11 Ctrl+L locks without a question, and what was typed is there again', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.vault.passphrase = 'correct horse';
  services.app.storage = { protection: 'passphrase', keyStore: null, unlock: { hint: null, waitUntil: null } };
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Unlock Profile Desk' })).toBeVisible();
  await expect.poll(() => keptOf(stage)).toEqual([city]);
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horse');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
  await expect.poll(() => sentOf(stage)).toBe(0);
});

test('X5 removing an account says that its draft goes', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.deletion.localData = { sshKeys: 0, sessionNames: 0, draftFields: 2, activityEntries: 0 };
  const page = await stage.open();
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out and remove from this computer' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('2 changes to your profile that were not sent');
  await stage.judge('draft-forget');
});
