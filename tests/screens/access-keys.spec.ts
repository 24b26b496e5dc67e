import { AppError } from '../../shared/contract/errors.ts';
import { sampleAccessSecret } from '../../renderer/testing/sample-keys.ts';
import { sampleAgent } from '../../renderer/testing/sample-profile.ts';
import { expect, test, type Stage } from './fixtures.ts';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const count = ({ services }: Stage, channel: string) =>
  services.asked.filter((each) => each.channel === channel).length;

/** Three keys: in use, stopped, and without a name but with an end that is near. */
function addKeys({ services: { keys } }: Stage): void {
  keys.addAccessKey({ expiresAt: inDays(7) });
  keys.addAccessKey({ name: 'Old dialer', isActive: false, lastUsedAt: '2025-11-20T08:00:00.000Z' });
  keys.addAccessKey({ name: 'Nightly reports', lastUsedAt: '2026-02-28T23:00:00.000Z' });
}

async function openTab(stage: Stage, { width = 1_200 } = {}) {
  const { services } = stage;
  const { id } = services.accounts.accounts[0] ?? services.addAccount({ providerName: 'Contact center' });
  services.profiles.set(id, sampleAgent(id));
  const page = await stage.open();
  await page.setViewportSize({ width, height: 860 });
  await page.getByRole('tab', { name: 'Access keys' }).click();
  const panel = page.getByRole('tabpanel');
  return { page, panel, rows: panel.getByRole('row').filter({ hasNot: page.getByRole('columnheader') }) };
}

test('C7 none yet; Edit, generate, show, copy, Done; after Done it is nowhere', async ({ stage }) => {
  const { page, panel, rows } = await openTab(stage);
  await expect(panel.getByText('You have no access keys yet')).toBeVisible();
  await stage.judge('access-keys-none');
  await page.getByRole('button', { name: 'Edit', exact: true }).dblclick();
  await page.getByRole('button', { name: 'Generate New Access Key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Nightly reports');
  await page.getByRole('dialog').getByRole('button', { name: 'Generate New Access Key' }).dblclick();
  await expect(rows).toHaveCount(1);
  await expect.poll(() => count(stage, 'accessKeys.create')).toBe(1);
  const secret = panel.getByLabel('Secret key');
  await expect(secret).toHaveValue(/^•+$/);
  await panel.getByRole('button', { name: 'Show Secret Key' }).click();
  await expect(secret).toHaveValue(sampleAccessSecret);
  await panel.getByRole('button', { name: 'Test it' }).click();
  await expect(panel.getByText('Contact center accepts this key.')).toBeVisible();
  await stage.judge('access-keys-made');
  for (const leave of [
    () => page.getByRole('tab', { name: 'Details' }).click(),
    () => page.getByRole('link', { name: 'Sessions' }).click(),
    () => page.getByRole('button', { name: 'Done', exact: true }).click(),
  ]) {
    await leave();
    await page
      .getByRole('alertdialog', { name: 'Have you saved the key?' })
      .getByRole('button', { name: 'Show it again' })
      .click();
    await expect(secret).toHaveValue(sampleAccessSecret);
  }
  await panel.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(panel.getByText(/Copied. Clears in/)).toBeVisible();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeFocused();
  await expect.poll(() => count(stage, 'accessKeys.finish')).toBe(1);
  await expect
    .poll(() =>
      page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage })),
    )
    .not.toContain(sampleAccessSecret);
});

test('C7 leaving after "Yes, I’ve saved it" goes on; a page loaded anew shows it again', async ({ stage }) => {
  const { services } = stage;
  const { id: keyId } = services.keys.addAccessKey({ name: 'Nightly reports' });
  services.keys.pendingAccessKey = { keyId, secretKey: sampleAccessSecret };
  const { page, panel } = await openTab(stage);
  await panel.getByRole('button', { name: 'Show Secret Key' }).click();
  await expect(panel.getByLabel('Secret key')).toHaveValue(sampleAccessSecret);
  await page.getByRole('tab', { name: 'Details' }).click();
  await stage.judge('access-keys-leave');
  await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();
  await expect(page.getByRole('heading', { name: 'User Information' })).toBeVisible();
  await expect.poll(() => page.content()).not.toContain(sampleAccessSecret);
  await page.getByRole('tab', { name: 'Access keys' }).click();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
  await expect(panel.getByLabel('Secret key')).toHaveCount(0);
});

test('C7 keys in their states: active, stopped, near the end; switched, deleted', async ({ stage }) => {
  addKeys(stage);
  const { services } = stage;
  const { page, panel, rows } = await openTab(stage);
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2).getByText('Expires in 7 days')).toBeVisible();
  await stage.judge('access-keys');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Generate New Access Key' })).toBeFocused();
  const toggle = panel.getByRole('switch', { name: 'Old dialer is active' });
  await toggle.click();
  await expect(toggle).toBeChecked();
  await expect(toggle).toBeFocused();
  services.faults.set('accessKeys.setActive', new AppError('forbidden', { permission: 'Access Key Create' }));
  await toggle.click();
  await expect(panel.getByRole('alert')).toContainText('needs the permission “Access Key Create”');
  await expect(toggle).toBeChecked();
  await panel.getByRole('button', { name: 'Actions for Old dialer' }).click();
  await expect(page.getByRole('menuitem')).toHaveText(['Replace step by step', 'Set a reminder', 'Delete']);
  await stage.judge('access-keys-edit');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const question = page.getByRole('alertdialog', { name: /Delete .*Old dialer/ });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Delete access key' }).click();
  await expect(rows).toHaveCount(2);
  await expect(panel.locator(':focus')).toHaveCount(1);
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(panel.getByRole('switch')).toHaveCount(0);
});

test('X6 C7 making a key needs Access Key Create, stopping and deleting do not; taken away while open; not offered any more', async ({
  stage,
}) => {
  addKeys(stage);
  const { services } = stage;
  const { page, panel } = await openTab(stage);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  services.keys.head = { ...services.keys.head, access: { kind: 'needs-permission', permission: 'Access Key Create' } };
  services.emit('accessKeys.changed', services.keys.accessKeysOf('c1'));
  const make = page.getByRole('button', { name: 'Generate New Access Key' });
  await expect(make).toHaveAccessibleDescription(/needs the permission “Access Key Create”/);
  const toggle = panel.getByRole('switch', { name: 'Old dialer is active' });
  await toggle.click();
  await expect(toggle).toBeChecked();
  await panel.getByRole('button', { name: 'Actions for Old dialer' }).click();
  await expect(page.getByRole('menuitem')).toHaveText(['Set a reminder', 'Delete']);
  await page.keyboard.press('Escape');
  await stage.judge('access-keys-stop-only');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  services.keys.accessKeys = [];
  services.emit('accessKeys.changed', services.keys.accessKeysOf('c1'));
  await page.getByRole('button', { name: 'Edit', exact: true }).focus();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveAccessibleDescription(
    /needs the permission/,
  );
  await stage.judge('access-keys-locked');
  services.keys.head = { ...services.keys.head, access: { kind: 'not-offered' } };
  services.emit('accessKeys.changed', services.keys.accessKeysOf('c1'));
  await expect(panel.getByText('Contact center offers no access keys')).toBeVisible();
});

test('C7 as many as there may be; and one whose secret got lost', async ({ stage }) => {
  addKeys(stage);
  const { services } = stage;
  services.keys.limit = 4;
  services.keys.losesReply = true;
  const { page, panel } = await openTab(stage);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Generate New Access Key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Dialer');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Its secret was lost on the way here', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Generate New Access Key' })).toHaveAccessibleDescription(
    /4 keys, and no more/,
  );
  await stage.judge('access-keys-lost');
});

test('D5 offline: as last seen, locked', async ({ stage }) => {
  addKeys(stage);
  const { services } = stage;
  services.addAccount({
    providerName: 'Contact center',
    state: {
      kind: 'offline',
      since: '2026-03-01T10:00:00.000Z',
      cause: { code: 'offline', reason: 'connection-refused' },
    },
  });
  for (const channel of ['profile.get provider', 'accessKeys.list provider'])
    services.faults.set(channel, new AppError('offline'));
  const { page, rows } = await openTab(stage);
  await expect(rows).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveAccessibleDescription(
    /once you are online/,
  );
  await stage.judge('access-keys-offline');
});

test('C7 a thousand keys: drawn where they are seen, found, reached by keyboard', async ({ stage }) => {
  for (let index = 0; index < 1_000; index += 1) stage.services.keys.addAccessKey({ name: `Worker ${String(index)}` });
  const { page, panel, rows } = await openTab(stage);
  await expect(panel.getByText('1,000 keys')).toBeVisible();
  await expect.poll(() => rows.count()).toBeGreaterThan(0);
  await expect.poll(() => rows.count()).toBeLessThan(40);
  await page.mouse.wheel(0, 100_000);
  await expect(panel.getByText('Worker 0', { exact: true })).toBeVisible();
  await panel.getByRole('searchbox').fill('worker 77');
  await expect(rows).toHaveCount(11);
  await panel.getByRole('searchbox').fill('none of them');
  await expect(panel.getByText(/No key has/)).toBeVisible();
  await panel.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await panel.locator('[aria-rowindex="2"]').getByRole('switch').focus();
  const nextRow = panel.locator('[role="row"]:focus-within + [role="row"]');
  for (let step = 0; step < 60; step += 1) {
    // On a busy machine the rows are drawn some time after they come into sight, later than Tab is pressed by a
    // program.
    await expect(nextRow).toHaveCount(1);
    await page.keyboard.press('Tab');
  }
  await expect(page.locator(':focus')).toHaveAccessibleName(/Worker 9[67]\d/);
});

test('X13 400 pixels wide, with a long name', async ({ stage }) => {
  addKeys(stage);
  const { services } = stage;
  const { id: keyId } = services.keys.addAccessKey({
    name: 'Nightly reports of the whole contact center for the second floor',
  });
  services.keys.pendingAccessKey = { keyId, secretKey: sampleAccessSecret };
  const { page, panel } = await openTab(stage, { width: 400 });
  await expect(panel.getByLabel('Secret key')).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await stage.judge('access-keys-narrow');
  await panel.getByRole('row').last().scrollIntoViewIfNeeded();
  await stage.judge('access-keys-narrow-list');
});
