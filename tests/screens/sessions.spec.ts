import type { Locator, Page } from '@playwright/test';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';
import { openScreen } from './open-screen.ts';

// High enough for both sections.
test.use({ viewport: { width: 1_280, height: 1_040 } });

function row(page: Page, name: string): Locator {
  return page.getByRole('row', { name });
}

function asked({ services }: Stage, channel: string): unknown[] {
  return services.asked.filter((each) => each.channel === channel).map(({ input }) => input);
}

test('E8 the current session in full; what is unknown says so; the exact time when pointed at or focused', async ({
  stage,
}) => {
  const page = await openScreen(stage, 'Sessions');
  const card = page.getByRole('region', { name: 'This session' });
  await expect(card.getByRole('term')).toHaveText([
    'Browser',
    'Operating System',
    'Model',
    'IP address',
    'Expires',
    'Last Modified',
    'Created At',
    'Last Authentication',
    'Engine',
    'CPU Architecture',
    'User agent',
  ]);
  const facts = async () => {
    const texts = await card.getByRole('definition').allInnerTexts();
    return texts.map((text) => text.split('\n')[0]);
  };
  await expect
    .poll(facts)
    .toEqual([
      'Chrome 131.0.0.0',
      'Linux',
      'unknown',
      '203.0.113.24',
      'in 11 days',
      'a moment ago',
      '2 days ago',
      '3 hours ago',
      'Blink 131.0.0.0',
      'amd64',
      'Chrome/131.0.0.0 Linux/- Blink/131.0.0.0',
    ]);
  await stage.judge('sessions');
  await card.getByText('2 days ago').focus();
  const exactly = /^\w+day, \w+ \d+, \d{4} at \d+:\d\d:\d\d\s[AP]M \S+$/;
  await expect(page.getByRole('tooltip')).toHaveText(exactly);
  await expect(row(page, 'Firefox').getByText('4 hours ago')).toHaveAttribute('title', exactly);
});

test('E8 closing the current session is signing out, and says so', async ({ stage }) => {
  const page = await openScreen(stage, 'Sessions');
  await page.getByRole('button', { name: 'Close and sign out' }).click();
  const question = page.getByRole('alertdialog', { name: 'Close this session and sign out?' });
  await expect(question).toContainText('You will be signed out');
  await stage.judge('sessions-sign-out');
  await question.getByRole('button', { name: 'Close and sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Choose an account' })).toBeVisible();
  await expect.poll(() => asked(stage, 'auth.signOut')).toEqual([{ accountId: 'c1', forget: false }]);
});

test('E9 X4 details of another session, until Escape; what is new stays so until the screen is left', async ({
  stage,
}) => {
  const page = await openScreen(stage, 'Sessions');
  await expect(page.getByText('1 new')).toBeVisible();
  await row(page, 'Firefox 132 on Windows 11').click();
  const details = page.getByRole('dialog', { name: 'Firefox 132 on Windows 11' });
  await expect(details.getByRole('term')).toHaveCount(11);
  await expect(details.getByText('Not there when you last looked')).toBeVisible();
  await stage.judge('sessions-details');
  await page.keyboard.press('Escape');
  await expect(row(page, 'Firefox 132 on Windows 11')).toBeFocused();
  await expect(page.getByText('1 new')).toBeVisible();
  await page.getByRole('link', { name: 'Profile' }).click();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(row(page, 'Firefox 132 on Windows 11')).toBeVisible();
  await expect(page.getByText('1 new')).toBeHidden();
});

test('X10 own names: given, cleared, and a wrong one explained', async ({ stage }) => {
  const page = await openScreen(stage, 'Sessions');
  await row(page, 'Firefox 132').click();
  const details = page.getByRole('dialog');
  await details.getByRole('button', { name: /name of your own/ }).click();
  const field = details.getByLabel('Your name for Firefox 132 on Windows 11');
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/Saved on this computer only/);
  await field.fill('x'.repeat(101));
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleDescription(/100 characters at most/);
  await stage.judge('sessions-naming');
  await page.keyboard.press('Escape');
  await expect(details.getByRole('button', { name: /name of your own/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await field.fill('  Büro  ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Büro' })).toBeVisible();
  await expect
    .poll(() => asked(stage, 'sessions.rename'))
    .toEqual([{ accountId: 'c1', sessionId: 's-0', name: 'Büro' }]);
  await test.step('W5 brought back by Undo, and the panel stays', async () => {
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('dialog', { name: 'Firefox 132 on Windows 11' })).toBeVisible();
    await expect
      .poll(() => asked(stage, 'sessions.rename').at(-1))
      .toEqual({ accountId: 'c1', sessionId: 's-0', name: '' });
    await details.getByRole('button', { name: /name of your own/ }).click();
    await field.fill('Büro');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Now called “Büro”')).toBeVisible();
  });
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(row(page, 'Büro')).toContainText('Firefox 132 on Windows 11');
});

test('E9 several selected and closed: asked with their number, told one by one, tried again', async ({ stage }) => {
  stage.services.sessions.refusals.set('s-2', new AppError('server-fault'));
  const page = await openScreen(stage, 'Sessions');
  await page.getByRole('checkbox', { name: /Select Firefox/ }).click();
  await page.getByRole('checkbox', { name: /Select Chrome 131 on Android/ }).click({ modifiers: ['Shift'] });
  await expect(row(page, 'My phone')).toHaveAttribute('aria-selected', 'true');
  // A range that ends at a row that is selected already leaves its box checked.
  await page.getByRole('checkbox', { name: 'Select My phone' }).click({ modifiers: ['Shift'] });
  await expect(page.getByText('2 selected')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Select My phone' })).toBeChecked();
  await page.getByRole('checkbox', { name: /Select Chrome 131 on Android/ }).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Close selected (3)' }).click();
  const question = page.getByRole('alertdialog', { name: 'Close 3 sessions?' });
  await expect(question.getByRole('listitem')).toHaveText([/Firefox 132/, /My phone/, /Chrome 131 on Android/]);
  await stage.judge('sessions-confirm');
  await question.getByRole('button', { name: 'Close 3 sessions' }).dblclick();
  await expect(page.getByRole('alert')).toContainText('2 closed, 1 still open');
  await expect(row(page, 'Chrome 131 on Android')).toContainText('Not closed: The service has a fault.');
  await expect.poll(() => asked(stage, 'sessions.close')).toHaveLength(1);
  await stage.judge('sessions-partly');
  stage.services.sessions.refusals.clear();
  await page.getByRole('button', { name: 'Try those again' }).click();
  await expect(page.getByText('1 session closed')).toBeVisible();
  await expect(page.getByRole('group', { name: /selected/ })).toBeHidden();
});

test('E9 all others closed; meanwhile each row says so; then the empty state', async ({ stage }) => {
  let release = (): void => undefined;
  stage.services.gates.set('sessions.closeOthers', new Promise((resolve) => (release = resolve)));
  const page = await openScreen(stage, 'Sessions');
  await page.getByRole('button', { name: 'Close all others' }).click();
  await page.getByRole('button', { name: 'Close 6 sessions' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid').getByText('Closing')).toHaveCount(6);
  await stage.judge('sessions-closing');
  release();
  await expect(page.getByText('6 sessions closed')).toBeVisible();
  await expect(page.getByText('Only this one is signed in.')).toBeVisible();
  await stage.judge('sessions-none');
});

test('E9 nothing closed without an answer', async ({ stage }) => {
  stage.services.faults.set('sessions.close', new AppError('offline', { reason: 'timed-out' }));
  const page = await openScreen(stage, 'Sessions');
  await row(page, 'curl').or(row(page, 'Edge')).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close this session' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close session' }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing was closed');
  await expect(page.getByRole('alert')).toContainText('did not answer in time');
  await expect(row(page, 'Edge')).toBeVisible();
});

test('E9 X10 found and sorted; what is selected but not shown is said before it is closed', async ({ stage }) => {
  const page = await openScreen(stage, 'Sessions');
  await page.getByRole('checkbox', { name: 'Select all 6 sessions shown' }).click();
  await page.getByLabel('Find sessions').fill('apple');
  await expect(page.getByText('2 of 6 sessions')).toBeVisible();
  await expect(page.getByText('4 of them not shown')).toBeVisible();
  await page.getByRole('button', { name: 'Close selected (6)' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('4 of them do not match what you are looking for');
  await stage.judge('sessions-hidden');
  await page.keyboard.press('Escape');
  await page.getByLabel('Find sessions').fill('');
  await page.getByLabel('Sort by').selectOption('Browser');
  const names = page.getByRole('row').getByRole('gridcell').locator('bdi');
  await expect(names).toHaveText([
    'Firefox 132 on Windows 11',
    'Chrome 129 on Linux',
    'Chrome 131 on Android 14',
    'Edge 130 on Windows 10',
    'My phone',
    'Safari 17 on macOS 14',
  ]);
  await page.getByRole('button', { name: 'Reverse order' }).click();
  await expect
    .poll(async () => (await names.allInnerTexts()).slice(1, 3))
    .toEqual(['Safari 17 on macOS 14', 'My phone']);
  await page.getByLabel('Find sessions').fill('<b>nobody</b>');
  await expect(page.getByText('No session matches “<b>nobody</b>”.')).toBeVisible();
  await stage.judge('sessions-no-match');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('row')).toHaveCount(7);
});

test('D5 offline: the kept list with its age, and why nothing can be closed', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({
    state: { kind: 'offline', since: '2026-03-01T10:00:00.000Z', cause: { code: 'offline', reason: 'no-network' } },
  });
  services.faults.set('sessions.list provider', new AppError('offline', { reason: 'no-network' }));
  services.sessions.takenAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
  const page = await openScreen(stage, 'Sessions');
  await expect(page.getByText('You are seeing your sessions as they were 3 hours ago')).toBeVisible();
  const all = page.getByRole('button', { name: 'Close all others' });
  await expect(all).toHaveAccessibleDescription('Closing sessions needs a connection.');
  await all.click({ force: true });
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await stage.judge('sessions-offline');
});

test('D5 nothing kept and nothing reachable; then tried again', async ({ stage }) => {
  const { services } = stage;
  services.faults
    .set('sessions.list provider', new AppError('server-fault'))
    .set('sessions.list cache', new AppError('not-found'));
  const page = await openScreen(stage, 'Sessions');
  await expect(page.getByRole('alert')).toContainText('Your sessions cannot be shown');
  await stage.judge('sessions-error');
  services.faults.clear();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(row(page, 'Firefox')).toBeVisible();
  services.faults.set('sessions.list provider', new AppError('server-fault'));
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText('This could not be brought up to date')).toBeVisible();
  await expect(row(page, 'Firefox')).toBeVisible();
  services.emit('sessions.changed', services.sessions.snapshotOf('c1', 'cache'));
  await expect(page.getByText('You are seeing the list as it was a moment ago.')).toBeVisible();
});

test('D5 while nothing is known yet', async ({ stage }) => {
  const forever = new Promise<void>(() => undefined);
  stage.services.gates.set('sessions.list provider', forever).set('sessions.list cache', forever);
  const page = await openScreen(stage, 'Sessions');
  await expect(page.getByText('Loading')).toBeAttached();
  await stage.judge('sessions-loading');
});

test('E9 X13 360 pixels wide', async ({ stage }) => {
  const page = await openScreen(stage, 'Sessions');
  await page.setViewportSize({ width: 360, height: 900 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await stage.judge('sessions-narrow');
  await page.getByRole('checkbox', { name: /Select Firefox/ }).click();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await stage.judge('sessions-narrow-end');
});

test('X10 long names, right-to-left text and emoji', async ({ stage }) => {
  const { services } = stage;
  const names = ['حاسوب المكتب', `📱👩🏽‍💻 ${'Wolfeschlegelsteinhausen'.repeat(3)}`, '<img src=x>'];
  services.sessions.sessions = services.sessions.sessions.map((session, index) => ({
    ...session,
    ownName: names[index] ?? null,
    ipAddress: index === 1 ? '2001:0db8:85a3:0000:0000:8a2e:0370:7334' : session.ipAddress,
    browser: index === 3 ? { name: 'B'.repeat(300), version: '1'.repeat(300) } : session.browser,
  }));
  const page = await openScreen(stage, 'Sessions');
  await row(page, '📱').scrollIntoViewIfNeeded();
  await stage.judge('sessions-long-names');
  await row(page, '📱').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  await stage.judge('sessions-long-details');
});

test('D29 a list whose code is slow to come does not stand there empty', async ({ page, stage }) => {
  let isBlocked = true;
  await page.route('**/assets/SessionGrid-*.js', (route) => (isBlocked ? route.abort() : route.continue()));
  await openScreen(stage, 'Sessions');
  const others = page.getByRole('region', { name: 'Other sessions' });
  await expect(others.getByRole('searchbox')).toBeVisible();
  await expect(others.getByText('Loading')).toBeAttached();
  const place = others.getByText('Loading').locator('..');
  await expect.poll(async () => (await place.boundingBox())?.height ?? 0).toBeGreaterThan(200);
  isBlocked = false;
  await expect(row(page, 'My phone')).toBeVisible();
  await expect(others.getByText('Loading')).not.toBeAttached();
});
