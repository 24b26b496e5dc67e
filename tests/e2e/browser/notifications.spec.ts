import { signIn, update } from './acts.ts';
import { expect, test } from './fixtures.ts';

interface Outbox {
  readonly mails: readonly { readonly to: string; readonly subject: string }[];
}

test('W5 W6: thresholds and report chosen on the screen are what mails come by', async ({ desk }) => {
  const server = await desk.startServer({ args: ['--development'] });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await page.getByRole('switch', { name: 'Quota alerts' }).click();
  for (const [number, percent] of [
    [1, '90'],
    [2, '50'],
    [3, '70'],
  ] as const) {
    await page.getByRole('button', { name: 'Add threshold' }).click();
    await page.getByLabel(`Threshold ${String(number)}, in percent`).fill(percent);
  }
  await page.getByRole('switch', { name: 'By e-mail for threshold 3' }).click();
  await page.getByRole('switch', { name: 'Daily usage report' }).click();
  await update(page);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Threshold 1, in percent')).toHaveValue('50');
  await expect(page.getByRole('switch', { name: 'By e-mail for threshold 2' })).not.toBeChecked();

  const post = (path: string, body: object) =>
    fetch(`${server.address}/dev/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  for (const percent of [60, 95, 99]) expect((await post('utilization', { percent })).status).toBe(204);
  for (let count = 0; count < 2; count += 1) expect((await post('daily-report', {})).status).toBe(204);
  const { mails } = (await (await fetch(`${server.address}/dev/outbox`)).json()) as Outbox;
  expect(new Set(mails.map(({ to }) => to))).toEqual(new Set([server.demo.identifier]));
  expect(mails.map(({ subject }) => subject.replace(/\d{4}-.*/, 'DAY')).toReversed()).toEqual([
    'Your storage is 50% full',
    'Your storage is 90% full',
    'Usage report for DAY',
  ]);
});

test('C1 C4 C6: at a contact center Edit, change and Done; the pattern stays locked', async ({ desk }) => {
  const server = await desk.startServer({ preset: 'contact-center' });
  const { page } = await desk.startApp();
  await signIn(page, server);
  await expect(page.getByLabel('Default dialing pattern')).toHaveAccessibleDescription(
    /“Default Dialing Pattern Edit”/,
  );
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('switch', { name: 'Enable WFM Notifications' }).click();
  await page.getByLabel('Interval').selectOption({ label: '5 min' });
  await page.getByLabel('City').fill('Tacoma');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Interval')).toHaveValue('5 min');
  await expect(page.getByLabel('City')).toHaveValue('Tacoma');
  await page.getByRole('tab', { name: 'Access keys' }).click();
  await expect(page.getByRole('button', { name: 'Done' })).toHaveCount(0);
});
