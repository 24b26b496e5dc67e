import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import type { ProfileSnapshot } from '../../shared/contract/account/profile.ts';
import { sampleAgent } from '../../renderer/testing/sample-profile.ts';
import { expect, test } from './fixtures.ts';

const section = (page: Page) => page.getByRole('region', { name: 'Notifications and Daily Report' });
const list = (page: Page) => page.getByRole('group', { name: 'Utilization thresholds' });
const percent = (page: Page, number: number) => page.getByLabel(`Threshold ${String(number)}, in percent`);
const add = (page: Page) => page.getByRole('button', { name: 'Add threshold' });
const updates = (asked: readonly { channel: string; input: unknown }[]) =>
  asked.filter(({ channel }) => channel === 'profile.update').map(({ input }) => input);

test('W5 W6 notifications: what they are and where they go', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await expect(section(page)).toContainText('All of these go to mara@nordlicht.example');
  await expect(page.getByRole('switch', { name: 'Quota alerts' })).toBeChecked();
  await expect(percent(page, 2)).toHaveValue('95');
  await expect(page.getByRole('switch', { name: 'By e-mail for threshold 2' })).not.toBeChecked();
  await section(page).scrollIntoViewIfNeeded();
  await stage.judge('notifications');
});

test('W5 a third threshold, kept in ascending order; a fourth is not possible and says why', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  await add(page).click();
  await expect(percent(page, 3)).toBeFocused();
  await expect(percent(page, 3)).not.toHaveAttribute('aria-invalid');
  await page.keyboard.type('50 %');
  await expect(add(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(add(page)).toHaveAccessibleDescription(/There can be 3 thresholds\. Remove one/);
  await add(page).click({ force: true });
  await expect(percent(page, 4)).toHaveCount(0);
  await page.getByRole('switch', { name: 'By e-mail for threshold 3' }).press('Space');
  await page.getByRole('switch', { name: 'Daily usage report' }).click();
  await stage.judge('thresholds-three');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const thresholds = [
    { percent: 50, byMail: false },
    { percent: 80, byMail: true },
    { percent: 95, byMail: false },
  ];
  await expect
    .poll(() => updates(services.asked))
    .toEqual([{ accountId: 'c1', notifications: { revision: 'n1', changes: { thresholds, dailyReport: true } } }]);
  await expect(percent(page, 1)).toHaveValue('50');
});

test('W5 a threshold that cannot be one is refused at its row, and nothing is sent', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  await add(page).click();
  for (const [typed, message] of [
    ['0', 'a whole number from 1 to 100'],
    ['101', 'a whole number from 1 to 100'],
    ['3.5', 'a whole number from 1 to 100'],
    ['many', 'a whole number from 1 to 100'],
    ['95', 'in the list already'],
    ['', 'Please fill this in'],
  ] as const) {
    await test.step(`"${typed}"`, async () => {
      // What was said of the one before is not there any more.
      await percent(page, 3).fill('50');
      await expect(percent(page, 3)).not.toHaveAttribute('aria-invalid');
      await expect(page.getByRole('alert')).toHaveCount(0);
      await percent(page, 3).fill(typed);
      await page.getByLabel('First name').fill(`Maria ${typed}`);
      await expect(percent(page, 3)).toHaveAccessibleDescription(new RegExp(message));
      await page.keyboard.press('Control+s');
      await expect(percent(page, 3)).toBeFocused();
      await expect(page.getByRole('alert')).toContainText('Utilization thresholds');
      await expect.poll(() => updates(services.asked)).toEqual([]);
      if (typed === '101') await stage.judge('threshold-refused');
    });
  }
  await page.getByRole('button', { name: 'Remove threshold 3' }).click();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('W5 a press that leaves a wrong threshold is not lost to the message that comes of it', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await percent(page, 2).fill('0');
  await add(page).click();
  await expect(percent(page, 3)).toBeFocused();
  await expect(percent(page, 2)).toHaveAccessibleDescription(/a whole number from 1 to 100/);
  await percent(page, 2).fill('101');
  await page.getByRole('button', { name: 'Remove threshold 2' }).click();
  await expect(percent(page, 2)).toHaveValue('');
});

test('W5 removing a threshold keeps the focus in the list', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByRole('button', { name: 'Remove threshold 1' }).click();
  await expect(percent(page, 1)).toBeFocused();
  await expect(percent(page, 1)).toHaveValue('95');
  await page.getByRole('button', { name: 'Remove threshold 1' }).click();
  await expect(add(page)).toBeFocused();
  await expect(list(page)).toContainText('No threshold yet');
  await list(page).getByRole('button', { name: /^Undo/ }).click();
  await expect(percent(page, 2)).toHaveValue('95');
});

test('W2 W5 changed elsewhere too: both lists in words', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  await percent(page, 1).fill('70');
  services.emit(
    'profile.changed',
    services.changeElsewhere('c1', 'notifications', { thresholds: [{ percent: 60, byMail: true }] }),
  );
  const choice = page.getByRole('group', { name: 'Changed elsewhere too' });
  await expect(choice).toContainText('70% by e-mail and 95% without e-mail');
  await expect(choice).toContainText('60% by e-mail');
  await choice.scrollIntoViewIfNeeded();
  await stage.judge('thresholds-conflict');
  await choice.getByRole('button', { name: /^Take the other/ }).click();
  await expect(percent(page, 1)).toHaveValue('60');
});

test('X6 without the permission every control is locked and says why', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const { access } = services.profileOf('c1').sections.notifications;
  const missing = { kind: 'needs-permission', permission: 'Notifications Edit' } as const;
  Object.assign(access, { quotaAlerts: missing, thresholds: missing, dailyReport: missing });
  const page = await stage.open();
  for (const control of [
    page.getByRole('switch', { name: 'Quota alerts' }),
    percent(page, 1),
    page.getByRole('switch', { name: 'By e-mail for threshold 1' }),
  ]) {
    await expect(control).toHaveAccessibleDescription(/“Notifications Edit”/);
  }
  await page.getByRole('switch', { name: 'Quota alerts' }).click();
  await expect(page.getByRole('switch', { name: 'Quota alerts' })).toBeChecked();
  await expect(percent(page, 1)).not.toBeEditable();
  await expect(add(page)).toHaveCount(0);
  await section(page).scrollIntoViewIfNeeded();
  await stage.judge('notifications-locked');
});

test('W4 the role is chosen from the provider’s list where that is permitted', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.profileOf('c1').sections.user.access.role = { kind: 'editable' };
  const page = await stage.open();
  const role = page.getByRole('combobox', { name: 'Role' });
  await expect(role.getByRole('option')).toHaveText(['Account Owner', 'Administrator', 'Billing', 'Viewer']);
  await role.selectOption('Billing');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect.poll(() => updates(services.asked)).toMatchObject([{ user: { changes: { role: 'Billing' } } }]);
});

/** An agent's profile, with changes. */
function asAgent(change: (agent: ProfileSnapshot) => void = () => undefined): (id: string) => ProfileSnapshot {
  return (id) => {
    const agent = sampleAgent(id);
    change(agent);
    return agent;
  };
}

async function openAgent(stage: Parameters<Parameters<typeof test>[2]>[0]['stage'], make = asAgent()): Promise<Page> {
  const { id } = stage.services.addAccount({ providerName: 'Contact center' });
  stage.services.profiles.set(id, make(id));
  return stage.open();
}

test('C1 C4 C6 the contact center: Edit, change, Done', async ({ stage }) => {
  const page = await openAgent(stage);
  await expect(page.getByRole('tab', { selected: true })).toHaveText('Details');
  await expect(page.getByLabel('City')).not.toBeEditable();
  await expect(page.getByLabel('Default dialing pattern')).toHaveValue('United Kingdom');
  await expect(page.getByLabel('Default dialing pattern')).toHaveAccessibleDescription(
    /“Default Dialing Pattern Edit”/,
  );
  await stage.judge('agent-details');
  await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter');
  await expect(page.getByLabel('First name')).toBeFocused();
  await expect(page.getByLabel('Interval')).toHaveCount(0);
  await page.getByRole('switch', { name: 'Enable WFM Notifications' }).press('Space');
  await page.getByLabel('Interval').selectOption({ label: '15 min' });
  await page.getByLabel('Interval').scrollIntoViewIfNeeded();
  await stage.judge('agent-editing');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeFocused();
  await expect(page.getByLabel('Interval')).toHaveValue('15 min');
  await expect
    .poll(() => updates(stage.services.asked))
    .toMatchObject([{ workplace: { revision: 'w1', changes: { wfmNotifications: true, wfmInterval: 15 } } }]);
});

test('C6 turning WFM off takes its interval along, and Cancel takes all back', async ({ stage }) => {
  const page = await openAgent(
    stage,
    asAgent(({ sections }) => (sections.workplace.values.wfmNotifications = true)),
  );
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Interval').selectOption({ label: '5 min' });
  await page.getByRole('switch', { name: 'Enable WFM Notifications' }).click();
  await expect(page.getByLabel('Interval')).toHaveCount(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeFocused();
  await expect(page.getByLabel('Interval')).toHaveValue('10 min');
  await expect.poll(() => updates(stage.services.asked)).toEqual([]);
});

test('X5 X6 C6 WFM is taken away while it is switched on here: said, and nothing leads to a field that is not there', async ({
  stage,
}) => {
  const page = await openAgent(stage);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('First name').fill('Dan');
  await page.getByRole('switch', { name: 'Enable WFM Notifications' }).press('Space');
  const [id] = stage.services.profiles.keys();
  const { access } = stage.services.profileOf(id!).sections.workplace;
  access.wfmNotifications = access.wfmInterval = { kind: 'not-offered' };
  stage.services.refusals.set(
    'workplace',
    new AppError('forbidden', { fields: { wfmNotifications: { code: 'locked' } } }),
  );
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'does not let you change this now' })).toContainText(
    'Enable WFM Notifications',
  );
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeFocused();
  await page.evaluate(() => scrollTo(0, 0));
  await stage.judge('agent-field-gone');
});

test('C4 C6 the pattern is chosen where permitted, and nothing of WFM shows where there is none', async ({ stage }) => {
  const page = await openAgent(
    stage,
    asAgent(({ sections: { workplace } }) => {
      const absent = { kind: 'not-offered' } as const;
      workplace.access = { dialingPattern: { kind: 'editable' }, wfmNotifications: absent, wfmInterval: absent };
    }),
  );
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Default dialing pattern').selectOption({ label: 'International' });
  await expect(page.getByText('WFM')).toHaveCount(0);
  stage.services.refusals.set(
    'workplace',
    new AppError('forbidden', {
      permission: 'Default Dialing Pattern Edit',
      fields: { dialingPattern: { code: 'locked' } },
    }),
  );
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByLabel('Default dialing pattern')).toBeFocused();
  await expect(page.getByLabel('Default dialing pattern')).toHaveAccessibleDescription(/cannot be changed by you/);
});
