import type { Locator, Page } from '@playwright/test';
import { manyEntries, sampleChange } from '../../renderer/testing/sample-activity.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';
import { openScreen } from './open-screen.ts';

// High enough for all rows of the sample.
test.use({ viewport: { width: 1_280, height: 1_440 } });

function row(page: Page, name: string): Locator {
  return page.getByRole('row', { name });
}

function asked({ services }: Stage, channel: string): unknown[] {
  return services.asked.filter((each) => each.channel === channel).map(({ input }) => input);
}

test('X4 what changed, by whom and when, under its day; new stays marked until the screen is left', async ({
  stage,
}) => {
  const page = await openScreen(stage, 'Activity');
  await expect(page.getByText('12 entries')).toBeVisible();
  await expect(page.getByText('2 new')).toBeVisible();
  await expect(row(page, 'New session')).toContainText('Elsewhere');
  await expect(row(page, 'Turn off two-step verification')).toContainText('Not done');
  await expect(row(page, 'Delete an SSH key')).toContainText('Unclear');
  await expect(page.getByRole('gridcell', { name: /^(?:Today|Yesterday)$/ }).first()).toBeVisible();
  await stage.judge('activity');
  await row(page, 'New SSH key').click();
  const details = page.getByRole('dialog', { name: 'New SSH key' });
  await expect(details).toContainText('It was not done here');
  await stage.judge('activity-details');
  await page.keyboard.press('Escape');
  await expect(row(page, 'New SSH key')).toBeFocused();
  await page.getByRole('link', { name: 'Profile' }).click();
  await expect.poll(() => asked(stage, 'activity.markSeen')).toEqual([{ accountId: 'c1' }]);
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(row(page, 'New session')).toBeVisible();
  await expect(page.getByText('2 new')).toBeHidden();
});

test('X4 what it was and what it became, and why an act was not done', async ({ stage }) => {
  const page = await openScreen(stage, 'Activity');
  await row(page, 'Bremen → Hamburg').click();
  const details = page.getByRole('dialog', { name: 'City' });
  await expect(details.getByRole('term')).toHaveText(['Before', 'After', 'Seen', 'Changed after', /By whom/]);
  await expect(details.getByRole('definition').first()).toHaveText('Bremen');
  await page.keyboard.press('Escape');
  await row(page, 'Delete an SSH key').click();
  await expect(page.getByRole('dialog')).toContainText('a later entry says so');
});

test('X4 what can have been done on a page of the service may be of the person', async ({ stage }) => {
  const page = await openScreen(stage, 'Activity');
  await expect(row(page, 'Application without access now')).toContainText('Maybe you');
  await row(page, 'Application without access now').click();
  await expect(page.getByRole('dialog')).toContainText(/It may be yours: you opened the page for “Applications” at/);
  await stage.judge('activity-page');
});

test('X4 found by the words of the screen and of the service, by kind and by whom', async ({ stage }) => {
  const page = await openScreen(stage, 'Activity');
  await expect(row(page, 'New session')).toBeVisible();
  await page.getByRole('searchbox').fill('hamburg');
  await expect(page.getByText('1 entry found')).toBeVisible();
  await page.getByRole('searchbox').fill('turn off');
  await expect(row(page, 'Turn off two-step verification')).toBeVisible();
  await expect(page.getByText('1 entry found')).toBeVisible();
  await page.getByRole('searchbox').fill('nowhere at all');
  await expect(page.getByText('No entry fits')).toBeVisible();
  await stage.judge('activity-no-match');
  await page.getByRole('button', { name: 'Show all entries' }).click();
  await page.getByRole('checkbox', { name: 'Only what was not done here' }).check();
  await expect(page.getByText('6 entries found')).toBeVisible();
  await page.getByRole('combobox', { name: 'About' }).selectOption('SSH keys');
  await expect(page.getByText('1 entry found')).toBeVisible();
});

test('X4 10,000 entries: only those in sight are drawn, more come as one scrolls, all by keyboard', async ({
  stage,
}) => {
  stage.services.activity.entries = manyEntries(10_000);
  const page = await openScreen(stage, 'Activity');
  await expect(page.getByText('10,000 entries')).toBeVisible();
  await expect(row(page, 'City 9999 → City 10000')).toBeVisible();
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(60);
  await row(page, 'City 9999 → City 10000').focus();
  for (const _ of [1, 2, 3]) await page.keyboard.press('End');
  await expect.poll(() => asked(stage, 'activity.list').length).toBeGreaterThan(2);
  await expect(page.locator('[role=row]:focus')).toHaveCount(1);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'City 9999 → City 10000')).toBeFocused();
  await stage.judge('activity-many');
});

test('X4 what comes meanwhile is shown at once, and a look says where it did not get everything', async ({ stage }) => {
  const page = await openScreen(stage, 'Activity');
  await expect(row(page, 'New session')).toBeVisible();
  const { activity } = stage.services;
  activity.finds = [sampleChange({ id: 'late', field: 'user.company', from: 'Nordlicht', to: 'Hafenwerk' })];
  activity.isWhole = false;
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(row(page, 'Company')).toContainText('Nordlicht → Hafenwerk');
  await expect(page.getByText('3 new')).toBeVisible();
  await expect(page.getByText('did not tell everything just now')).toBeVisible();
  await stage.judge('activity-incomplete');
});

test('X4 saved as a file, or why not', async ({ stage }) => {
  const page = await openScreen(stage, 'Activity');
  await page.getByRole('button', { name: 'Export' }).click();
  await stage.judge('activity-export');
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  await expect(page.getByText('12 entries saved')).toBeVisible();
  await expect(page.getByText('/home/mara/activity.csv')).toBeVisible();
  await expect.poll(() => asked(stage, 'activity.exportEntries')).toEqual([{ accountId: 'c1', format: 'csv' }]);
  stage.services.faults.set('activity.exportEntries', new AppError('storage-fault', { reason: 'disk-full' }));
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /JSON/ }).click();
  await expect(page.getByText('The entries could not be saved as a file')).toBeVisible();
});

test('X4 settings: fewer entries and deleting are asked about first', async ({ stage }) => {
  const page = await openScreen(stage, 'Activity');
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Activity settings' });
  await settings.getByRole('switch', { name: 'Tell me of a new session or key' }).check();
  await expect.poll(() => stage.services.settings.notifyOfNew).toBe(true);
  await stage.judge('activity-settings');
  await settings.getByLabel('Entries saved for each account').selectOption('1,000');
  const fewer = page.getByRole('alertdialog', { name: 'Keep fewer entries?' });
  await stage.judge('activity-fewer');
  await fewer.getByRole('button', { name: 'Cancel' }).click();
  await expect(settings.getByLabel('Entries saved for each account')).toHaveValue('10000');
  await settings.getByLabel('Entries saved for each account').selectOption('None');
  await page.getByRole('button', { name: 'Keep none' }).click();
  await expect.poll(() => stage.services.settings.activityLimit).toBe(0);
  await settings.getByRole('button', { name: 'Delete all entries' }).click();
  await page.getByRole('button', { name: 'Delete entries' }).click();
  await expect(page.getByText('Activity deleted')).toBeVisible();
  await settings.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('Activity is off')).toBeVisible();
  await stage.judge('activity-off');
});

test('X4 empty at first, without a network, and where it cannot be opened', async ({ stage }) => {
  stage.services.activity.entries = [];
  const page = await openScreen(stage, 'Activity');
  await expect(page.getByText('Nothing to tell yet')).toBeVisible();
  await stage.judge('activity-empty');
  stage.services.setState('c1', {
    ...{ kind: 'offline', since: '2026-03-01T09:00:00.000Z' },
    cause: { code: 'offline', reason: 'no-network' },
  });
  await expect(page.getByText(/Offline. Last compared/)).toBeVisible();
  await stage.judge('activity-offline');
  stage.services.faults.set('activity.list', new AppError('storage-fault'));
  await page.goto(stage.newLink());
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByText('The activity could not be opened')).toBeVisible();
  await stage.judge('activity-error');
  stage.services.faults.clear();
  await page.getByRole('button', { name: 'Try again' }).last().click();
  await expect(page.getByText('Nothing to tell yet')).toBeVisible();
});

test('X4 X13 at 480 px, with long names', async ({ stage }) => {
  const long = 'a-name-without-any-space-that-goes-on-and-on-for-a-very-long-time.subsidiary.example';
  stage.services.activity.entries = [
    ...stage.services.activity.entries,
    sampleChange({ id: 'long', field: 'more.x', label: long, from: long, to: `${long}.${long}` }),
  ];
  const page = await openScreen(stage, 'Activity');
  await page.setViewportSize({ width: 480, height: 900 });
  await expect(row(page, 'a-name-without').first()).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('activity-narrow');
  await row(page, 'a-name-without').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await stage.judge('activity-narrow-details');
});
