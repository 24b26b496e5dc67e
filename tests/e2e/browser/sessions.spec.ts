import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { seedSessions } from '../../../server/testing/seed-sessions.ts';
import { signInByCurl, statusByCurl, type OtherSession } from '../../support/curl.ts';
import type { ReferenceServer } from '../../support/start-server.ts';
import { keepPicture, signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { openScreen } from './security-acts.ts';

const agents = {
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  firefox: 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  android:
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.39 Mobile Safari/537.36',
} as const;

const grid = (page: Page) => page.getByRole('grid', { name: 'Other sessions' });
const rowOf = (page: Page, name: RegExp | string) => grid(page).getByRole('row').filter({ hasText: name });
const iphone = /Mobile Safari 17 on iOS 17/;
const firefox = /Firefox 132 on Ubuntu/;
const android = /Chrome 131 on Android 14/;

async function openOthers(server: ReferenceServer): Promise<Record<keyof typeof agents, OtherSession>> {
  const open = (agent: keyof typeof agents) => signInByCurl(server.address, server.demo, agents[agent]);
  return { iphone: await open('iphone'), firefox: await open('firefox'), android: await open('android') };
}

/** A session of a page in the real Chromium. */
async function signInByChromium(browser: Browser, { address, demo }: ReferenceServer): Promise<void> {
  // The server's own policy lets none of its pages fetch. No User-Agent but its own.
  await using context = await browser.newContext({ bypassCSP: true, userAgent: '' });
  const page = await context.newPage();
  await page.goto(`${address}/meta`);
  const body = JSON.stringify(demo);
  const status = await page.evaluate(
    async (body) =>
      (await fetch('/auth/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status,
    body,
  );
  expect(status).toBe(200);
}

test('E8 E9: who is signed in, as curl and a real Chromium tell it; closed, their tokens are refused at once, and the last ends here', async ({
  desk,
  browser,
}) => {
  const server = await desk.startServer();
  const others = await openOthers(server);
  await signInByCurl(server.address, server.demo);
  await signInByChromium(browser, server);
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Sessions');
  for (const name of [
    iphone,
    firefox,
    android,
    /curl \d+/,
    new RegExp(`Chrome Headless ${browser.version().split('.')[0]!} on Linux`),
  ]) {
    await expect(rowOf(page, name)).toHaveCount(1);
  }
  await expect(rowOf(page, iphone)).toContainText('Apple iPhone');
  const current = page.getByRole('region', { name: 'This session' });
  await expect(current.getByRole('definition')).toHaveCount(11);
  await expect(current.getByText('Profile Desk', { exact: false }).first()).toBeVisible();
  await expect(current.getByText('127.0.0.1')).toBeVisible();
  await keepPicture(page, 'sessions');
  await rowOf(page, android).click();
  const details = page.getByRole('dialog', { name: android });
  for (const fact of [/Chrome 131\.0/, 'Android 14', 'Google Pixel 8', /Blink/, 'unknown'])
    await expect(details.getByText(fact).first()).toBeVisible();
  await keepPicture(page, 'session-details');
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();

  await test.step('found, selected and closed, all others closed, and their tokens refused at once', async () => {
    await page.getByRole('searchbox', { name: 'Find sessions' }).fill('ios');
    await expect(page.getByText('1 of 5 sessions')).toBeVisible();
    await rowOf(page, iphone).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Close selected (1)' }).click();
    await expect(page.getByRole('alertdialog', { name: 'Close one session?' })).toContainText(iphone);
    await keepPicture(page, 'sessions-close');
    expect(await statusByCurl(server.address, others.iphone)).toBe(200);
    await page.getByRole('button', { name: 'Close session', exact: true }).click();
    await expect(page.getByText('1 session closed')).toBeVisible();
    expect(await statusByCurl(server.address, others.iphone)).toBe(401);
    expect(await statusByCurl(server.address, others.firefox)).toBe(200);

    await page.getByRole('searchbox', { name: 'Find sessions' }).fill('');
    await expect(rowOf(page, firefox)).toBeVisible();
    await expect(rowOf(page, iphone)).toHaveCount(0);
    await page.getByRole('button', { name: 'Close all others' }).click();
    await page.getByRole('button', { name: 'Close 4 sessions' }).click();
    await expect(page.getByText('No other sessions')).toBeVisible();
    await keepPicture(page, 'sessions-closed');
    for (const other of [others.firefox, others.android]) expect(await statusByCurl(server.address, other)).toBe(401);
  });

  await test.step('closing the session in use here is signing out, and says so', async () => {
    const watcher = await signInByCurl(server.address, server.demo);
    await page.getByRole('button', { name: 'Close and sign out' }).click();
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText('You will be signed out');
    await keepPicture(page, 'session-sign-out');
    await question.getByRole('button', { name: 'Close and sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Choose an account' })).toBeVisible();
    const answer = await fetch(`${server.address}/me/sessions`, {
      headers: { authorization: `Bearer ${watcher.accessToken}` },
    });
    expect(
      ((await answer.json()) as { sessions: { current: boolean }[] }).sessions.map(({ current }) => current),
    ).toEqual([true]);
  });
});

test('X10 X4: own names outlive a restart, and what came since the last look stands out once', async ({ desk }) => {
  const server = await desk.startServer();
  await openOthers(server);
  const first = await desk.startApp({ keep: true });
  await signIn(first.page, server);
  await openScreen(first.page, 'Sessions');
  await rowOf(first.page, firefox).click();
  const details = first.page.getByRole('dialog', { name: firefox });
  await details.getByRole('button', { name: /a name of your own$/ }).click();
  await details.getByRole('textbox').fill('Kitchen 🍳');
  await details.getByRole('button', { name: 'Save name' }).click();
  await expect(first.page.getByRole('dialog', { name: 'Kitchen 🍳' })).toBeVisible();
  await first.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
  await expect(rowOf(first.page, 'Kitchen 🍳')).toContainText(firefox);
  await openScreen(first.page, 'Profile');
  await first.stop();
  await signInByCurl(server.address, server.demo, 'curl/8.0.0');

  const { page } = await desk.startApp({ keep: true });
  await openScreen(page, 'Sessions');
  await expect(rowOf(page, 'Kitchen 🍳')).toContainText(firefox);
  await expect(page.getByText('1 new', { exact: true })).toBeVisible();
  await expect(rowOf(page, /curl 8/).getByText('New', { exact: true })).toBeVisible();
  await keepPicture(page, 'sessions-new');
  await openScreen(page, 'Profile');
  await openScreen(page, 'Sessions');
  await expect(rowOf(page, /curl 8/)).toBeVisible();
  await expect(page.getByText('1 new', { exact: true })).toHaveCount(0);
});

test('D5 E9: without the server the list is shown with its age, and nothing can be closed', async ({ desk }) => {
  const server = await desk.startServer();
  await openOthers(server);
  const first = await desk.startApp({ keep: true });
  await signIn(first.page, server);
  await openScreen(first.page, 'Sessions');
  await expect(rowOf(first.page, firefox)).toBeVisible();
  await first.stop();
  await server.kill();

  const { page } = await desk.startApp({ keep: true });
  await openScreen(page, 'Sessions');
  await expect(page.getByText(/You are seeing your sessions as they were/)).toBeVisible();
  for (const name of [iphone, firefox, android]) await expect(rowOf(page, name)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Close all others' })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('button', { name: 'Close all others' })).toHaveAccessibleDescription(
    'Closing sessions needs a connection.',
  );
  await keepPicture(page, 'sessions-offline');
});

test('E9: 10,000 sessions open, scroll to their end and are searched with few nodes in the page', async ({ desk }) => {
  const server = await desk.startServer({ args: ['--max-sessions', '20000'] });
  const all = Object.values(agents);
  seedSessions(
    join(desk.folder, 'server'),
    'control-account',
    Array.from({ length: 10_000 }, (_, at) => all[at % all.length] ?? ''),
  );
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Sessions');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '10001');
  const countNodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  await expect.poll(countNodes).toBeLessThan(1_000);
  await grid(page).getByRole('row').nth(1).focus();
  await page.keyboard.press('End');
  await expect(grid(page).locator('[aria-rowindex="10001"]')).toBeFocused();
  await expect(grid(page).locator('[aria-rowindex="10001"]')).toBeInViewport();
  await keepPicture(page, 'sessions-10000');
  await expect.poll(countNodes).toBeLessThan(1_000);
  await page.getByRole('searchbox', { name: 'Find sessions' }).fill('firefox');
  await expect(page.getByText(/^3,?333 of 10,?000 sessions$/)).toBeVisible();
});
