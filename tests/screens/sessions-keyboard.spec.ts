import type { Page } from '@playwright/test';
import { sampleSessions } from '../../renderer/testing/sample-sessions.ts';
import { expect, test, type Stage } from './fixtures.ts';

async function openMany({ services, open }: Stage, count = 10_000): Promise<Page> {
  services.addConnection();
  services.sessions.sessions = sampleSessions(count);
  const page = await open();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await page.locator('[aria-rowindex="2"]').focus();
  return page;
}

function place(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('E9 X13 10,000 sessions: every row by keyboard, few of them drawn', async ({ stage }) => {
  const page = await openMany(stage);
  const grid = page.getByRole('grid', { name: 'Other sessions' });
  await expect(grid).toHaveAttribute('aria-rowcount', '10001');
  await press(page, 'ArrowDown', 'ArrowDown');
  expect(await place(page)).toBe('4');
  await press(page, 'End');
  await expect(page.locator('[aria-rowindex="10001"]')).toBeFocused();
  await expect(page.locator('[aria-rowindex="10001"]')).toBeInViewport();
  await press(page, 'ArrowDown', 'ArrowUp');
  expect(await place(page)).toBe('10000');
  await press(page, 'PageUp');
  const [, before] = [await place(page), Number(await place(page))];
  expect(before).toBeGreaterThan(9_985);
  expect(before).toBeLessThan(9_999);
  await stage.judge('sessions-many');
  await press(page, 'Home');
  await expect(page.locator('[aria-rowindex="2"]')).toBeFocused();
  expect(await page.evaluate(() => document.getElementsByTagName('*').length)).toBeLessThan(1_000);
});

test('E9 X13 the focused row is never under a bar, and stays while the list is scrolled away and refreshed', async ({
  stage,
}) => {
  const page = await openMany(stage, 200);
  await press(page, ' ', ...Array.from({ length: 30 }, () => 'ArrowDown'));
  const box = await page.locator('[aria-rowindex="32"]').boundingBox();
  const bar = await page.getByRole('group', { name: '1 selected' }).boundingBox();
  expect(box!.y + box!.height).toBeLessThanOrEqual(bar!.y);
  await press(page, ...Array.from({ length: 20 }, () => 'ArrowUp'));
  const search = await page.getByRole('search').boundingBox();
  expect((await page.locator('[aria-rowindex="12"]').boundingBox())!.y).toBeGreaterThanOrEqual(
    search!.y + search!.height - 1,
  );
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(page.locator('[aria-rowindex="201"]')).toBeVisible();
  expect(await place(page)).toBe('12');
  const { sessions } = stage.services;
  sessions.sessions = sessions.sessions.map((session) => ({ ...session }));
  stage.services.emit('sessions.changed', sessions.snapshotOf('c1'));
  await expect.poll(() => place(page)).toBe('12');
});

test('E9 X13 a row that goes hands the focus to the next one', async ({ stage }) => {
  const page = await openMany(stage, 20);
  await press(page, 'ArrowDown');
  const { sessions } = stage.services;
  sessions.sessions = sessions.sessions.filter(({ id }) => id !== 's-1');
  stage.services.emit('sessions.changed', sessions.snapshotOf('c1'));
  await expect(page.getByRole('row', { name: 'Chrome 131 on Android 14' }).first()).toBeFocused();
});

test('E9 X13 Space, Shift and Control select; Enter opens; Escape clears', async ({ stage }) => {
  const page = await openMany(stage, 300);
  const selected = (count: number) =>
    expect(page.getByRole('group', { name: `${String(count)} selected` })).toBeVisible();
  await press(page, ' ', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await selected(3);
  await press(page, 'Shift+ArrowUp');
  await selected(2);
  await press(page, 'ArrowDown', 'ArrowDown', 'Shift+ ');
  await selected(4);
  await press(page, 'Control+a');
  await selected(300);
  await press(page, 'Escape');
  await expect(page.getByRole('group', { name: /selected/ })).toBeHidden();
  await press(page, 'Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('E9 X13 after closing, the reader goes on at the list', async ({ stage }) => {
  const page = await openMany(stage, 5);
  await press(page, ' ');
  await page.getByRole('button', { name: 'Close selected (1)' }).focus();
  await press(page, 'Enter');
  await page.getByRole('button', { name: 'Close session' }).focus();
  await press(page, 'Enter');
  await expect(page.getByText('1 session closed')).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Other sessions/ })).toBeFocused();
});
