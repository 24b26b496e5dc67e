import type { Locator, Page } from '@playwright/test';
import { sampleSessions } from '../../renderer/testing/sample-sessions.ts';
import { expect, test, type Stage } from './fixtures.ts';

async function openMany({ services, open }: Stage, count = 10_000): Promise<Page> {
  services.addAccount();
  services.sessions.sessions = sampleSessions(count);
  const page = await open();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await rowAt(page, 2).focus();
  return page;
}

const rowAt = (page: Page, index: number) => page.locator(`[aria-rowindex="${String(index)}"]`);

/** Pixels from the end of one to the beginning of the other; less than 0 where they overlap. */
async function gap(upper: Locator, lower: Locator): Promise<number> {
  const [above, below] = [await upper.boundingBox(), await lower.boundingBox()];
  return above && below ? below.y - above.y - above.height : Number.NaN;
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('E9 X13 10,000 sessions: every row by keyboard, few of them drawn', async ({ stage }) => {
  const page = await openMany(stage);
  const grid = page.getByRole('grid', { name: 'Other sessions' });
  await expect(grid).toHaveAttribute('aria-rowcount', '10001');
  await press(page, 'ArrowDown', 'ArrowDown');
  await expect(rowAt(page, 4)).toBeFocused();
  await press(page, 'End');
  await expect(rowAt(page, 10_001)).toBeFocused();
  await expect(rowAt(page, 10_001)).toBeInViewport();
  await press(page, 'ArrowDown', 'ArrowUp');
  await expect(rowAt(page, 10_000)).toBeFocused();
  await press(page, 'PageUp');
  const place = () => page.evaluate(() => Number(document.activeElement?.getAttribute('aria-rowindex')));
  await expect.poll(place).toBeLessThan(9_999);
  await expect.poll(place).toBeGreaterThan(9_985);
  await stage.judge('sessions-many');
  await press(page, 'Home');
  await expect(rowAt(page, 2)).toBeFocused();
  await expect.poll(() => page.evaluate(() => document.getElementsByTagName('*').length)).toBeLessThan(1_000);
});

test('E9 X13 the focused row is never under a bar, and stays while the list is scrolled away and refreshed', async ({
  stage,
}) => {
  const page = await openMany(stage, 200);
  await press(page, ' ', ...Array.from({ length: 30 }, () => 'ArrowDown'));
  await expect(rowAt(page, 32)).toBeFocused();
  const bar = page.getByRole('group', { name: '1 selected' });
  await expect.poll(() => gap(rowAt(page, 32), bar)).toBeGreaterThanOrEqual(0);
  await press(page, ...Array.from({ length: 20 }, () => 'ArrowUp'));
  await expect(rowAt(page, 12)).toBeFocused();
  await expect.poll(() => gap(page.getByRole('search'), rowAt(page, 12))).toBeGreaterThanOrEqual(-1);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(rowAt(page, 201)).toBeVisible();
  await expect(rowAt(page, 12)).toBeFocused();
  const { sessions } = stage.services;
  sessions.sessions = sessions.sessions.map((session) => ({ ...session, ownName: 'Named elsewhere' }));
  stage.services.emit('sessions.changed', sessions.snapshotOf('c1'));
  await expect(rowAt(page, 201)).toContainText('Named elsewhere');
  await expect(rowAt(page, 12)).toBeFocused();
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
