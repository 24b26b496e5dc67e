import type { Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import { sampleSessions } from '../../renderer/testing/sample-sessions.ts';
import { expect, test, type Stage } from './fixtures.ts';

async function openSessions(stage: Stage): Promise<Page> {
  if (stage.services.connections.connections.length === 0) stage.services.addConnection();
  const page = await stage.open();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('heading', { name: 'Sessions', level: 1 })).toBeVisible();
  return page;
}

test('E8 E9 the current session in full, and the others', async ({ stage }) => {
  const page = await openSessions(stage);
  await expect(page.getByRole('region', { name: 'This session' }).getByRole('term')).toHaveText([
    'Browser', 'Operating System', 'Model', 'IP address', 'Expires', 'Last Modified', 'Created At', 'Last Authentication', 'Engine', 'CPU Architecture',
  ]);
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(7);
  await stage.judge('sessions');
});

test('X10 X4 details in the side panel', async ({ stage }) => {
  const page = await openSessions(stage);
  await page.getByRole('row', { name: /Firefox 132 on Windows 11/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await stage.judge('sessions-details');
  await page.getByRole('dialog').getByRole('button', { name: /name of your own/ }).click();
  await stage.judge('sessions-naming');
});

test('E9 selecting and closing', async ({ stage }) => {
  stage.services.sessions.refusals.set('s-2', new AppError('server-fault'));
  const page = await openSessions(stage);
  await page.getByRole('checkbox', { name: /Select Firefox/ }).click();
  await page.getByRole('checkbox', { name: /Select Chrome 131 on Android/ }).click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 selected')).toBeVisible();
  await stage.judge('sessions-selected');
  await page.getByRole('button', { name: 'Close selected (3)' }).click();
  await stage.judge('sessions-confirm');
  await page.getByRole('button', { name: 'Close 3 sessions' }).click();
  await expect(page.getByText('2 closed, 1 still open')).toBeVisible();
  await stage.judge('sessions-partly');
});

test('E9 360 pixels wide', async ({ stage }) => {
  const page = await openSessions(stage);
  await page.setViewportSize({ width: 360, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await stage.judge('sessions-narrow');
  await page.evaluate(() => scrollTo(0, 900));
  await page.getByRole('checkbox', { name: /Select Firefox/ }).click();
  await stage.judge('sessions-narrow-end');
});

test('E9 10,000 sessions', async ({ stage }) => {
  stage.services.sessions.sessions = sampleSessions(10_000);
  const page = await openSessions(stage);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10001');
  await page.getByRole('row', { name: /Firefox 132 on Windows 11/ }).first().focus();
  await page.keyboard.press('End');
  await expect(page.locator('[aria-rowindex="10001"]')).toBeFocused();
  await stage.judge('sessions-many');
});
