import { createGate } from '../../renderer/testing/waiting.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { demo } from '../../renderer/testing/fake-services.ts';
import { keepPicture } from '../support/pictures.ts';
import { pressIfThere } from '../support/press-if-there.ts';
import { expect, test } from './fixtures.ts';

test('X13 a chosen theme is there before any module runs', async ({ stage }) => {
  stage.services.settings = { ...stage.services.settings, theme: 'dark' };
  const page = await stage.open();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.route('**/assets/*.js', () => undefined);
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('#app')).toBeEmpty();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
});

test('X13 everything in the menu by keyboard', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  const button = page.getByRole('button', { name: /^Account menu/ });
  await button.focus();
  await page.keyboard.press('Enter');
  // The name comes first, and leads to the profile (E1).
  await expect(page.getByRole('menuitem', { name: /^Mara Lindqvist/ })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: /remove from this computer/ })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('d');
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => stage.services.settings).toMatchObject({ theme: 'dark' });
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('X13 the first Tab offers to skip to the content', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.locator('body').evaluate((body) => {
    body.tabIndex = -1;
    body.focus();
  });
  await page.keyboard.press('Tab');
  const link = page.getByRole('link', { name: 'Skip to content' });
  await expect(link).toBeFocused();
  await expect(link).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveURL(/#\/profile$/);
});

test('W2 X5 closing or reloading the window asks as long as a change is not kept as a draft', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.faults.set('drafts.save', new AppError('storage-fault', { reason: 'disk-full' }));
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  // The services know it before the page is told.
  const wouldAsk = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await expect.poll(wouldAsk).toBe(true);
  await page.evaluate(() => location.reload());
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
  const tryAgain = page.getByRole('button', { name: 'Try again' });
  await expect(tryAgain).toBeVisible();
  services.faults.clear();
  // Not by the mouse: the field would lose the focus, its draft be kept by that, and the button gone before it is let go.
  await pressIfThere(tryAgain);
  await expect.poll(() => services.drafts.kept.size).toBe(1);
  await expect.poll(wouldAsk).toBe(false);
  await page.reload();
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect.poll(() => services.drafts.kept.size).toBe(0);
  await expect.poll(wouldAsk).toBe(false);
  await page.reload();
  await expect(page.getByLabel('City')).toHaveValue('Stockholm');
  expect(asked).toHaveLength(1);
});

test('W2 leaving: discard goes on without, Update saves and goes on', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  const leave = async () => {
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Add another account' }).click();
  };
  await page.getByLabel('City').fill('Malmö');
  await leave();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Back to your profile' }).click();
  await expect(page.getByLabel('City')).toHaveValue('Stockholm');
  await page.getByLabel('City').fill('Lund');
  await leave();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Update' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await expect.poll(() => services.profileOf('c1').sections.contact.values.city).toBe('Lund');
});

test('W2 what the question before leaving discarded comes back by Undo, from the page that came then', async ({
  stage,
}) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  await page.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.focus();
  await stage.judge('leave-discarded');
  await page.setViewportSize({ width: 480, height: 860 });
  await stage.judge('leave-discarded-narrow');
  await page.setViewportSize({ width: 1280, height: 720 });
  await undo.press('Enter');
  await expect.poll(() => stage.services.drafts.kept.get('c1')?.edits).toMatchObject([{ mine: 'Malmö' }]);
  await stage.judge('leave-undone');
  await page.getByRole('link', { name: /^Profile/ }).click();
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
});

test('W2 switching the account with changes asks, and shows the other', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({ person: { name: 'Daniel Okafor', email: 'daniel@brightline.example', avatar: null } });
  services.profileOf('c1').sections.contact.values.city = 'Seattle';
  services.addAccount();
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitem', { name: /Daniel Okafor/ }).click();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitem', { name: /Daniel Okafor/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByLabel('City')).toHaveValue('Seattle');
});

test('D5 a session that ends takes nothing along that was typed', async ({ stage }) => {
  const { services } = stage;
  const { id } = services.addAccount();
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  services.setState(id, { kind: 'signed-out', sessionEnded: true });
  await expect(page.getByText(/Your session ended/)).toBeVisible();
  services.signsInTo = id;
  await page.getByLabel('Password', { exact: true }).fill(demo.password);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
  await expect(page.getByRole('button', { name: 'Update 1 change' })).toBeVisible();
});

test('D5 the account comes back: what was typed can be sent', async ({ stage }) => {
  const { services } = stage;
  const { id } = services.addAccount();
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  services.setState(id, {
    kind: 'offline',
    since: '2026-03-01T10:00:00.000Z',
    cause: { code: 'offline', reason: 'timed-out' },
  });
  await expect(page.getByRole('button', { name: /^Update/ })).toBeDisabled();
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
  await page.getByLabel('City').fill('Lund');
  await page.keyboard.press('Control+s');
  services.setState(id, { kind: 'online', since: '2026-03-01T10:01:00.000Z' });
  await expect(page.getByLabel('City')).toBeEditable();
  await page.getByRole('button', { name: /^Update/ }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect.poll(() => services.asked.filter(({ channel }) => channel === 'profile.update')).toHaveLength(1);
});

test('X13 at 200 % zoom, and in forced colours', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  // Zoom halves the window in CSS pixels.
  await page.setViewportSize({ width: 640, height: 400 });
  await page.getByLabel('First name').fill('Maria');
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
  await stage.judge('zoomed');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ forcedColors: 'active' });
  await keepPicture(page, 'screens/forced-colors');
  await expect(page.getByRole('button', { name: /^Update/ })).toBeVisible();
});

test('X13 every control is at least 24 pixels high and wide', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByLabel('First name').fill('Maria');
  // The last that is loaded.
  await expect(page.getByRole('button', { name: 'Turn On' })).toBeVisible();
  const controls = page.locator('button:visible, a:visible, input:visible, select:visible');
  const small = () =>
    controls.evaluateAll((all) =>
      all
        .map((control) => ({ name: control.outerHTML.slice(0, 80), box: control.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 24 || box.width < 24)
        .map(({ name }) => name),
    );
  await expect.poll(small).toEqual([]);
});

test('D1 one page at a time: a newer one takes its place, and the page before says so and what to do', async ({
  stage,
}) => {
  stage.services.addAccount();
  const first = await stage.open();
  await expect(first.getByRole('heading', { name: 'User Information' })).toBeVisible();
  const second = await first.context().newPage();
  await second.goto(stage.newLink());
  await expect(second.getByRole('heading', { name: 'User Information' })).toBeVisible();
  await first.bringToFront();
  const stopped = first.getByRole('alert');
  await expect(stopped.getByRole('heading', { name: "This page isn't connected to Profile Desk" })).toBeVisible();
  await expect(stopped).toContainText('opened in another page');
  await expect(stopped).toContainText('press Enter in the terminal');
  await stage.judge('refused');
  await second.reload();
  await expect(second.getByRole('heading', { name: 'User Information' })).toBeVisible();
  await first.goto(stage.newLink());
  await expect(first.getByRole('heading', { name: 'User Information' })).toBeVisible();
});

test('D1 a part of a page that cannot be loaded is asked for again, and its place says so', async ({ stage, page }) => {
  stage.services.addAccount();
  let isBlocked = true;
  await page.route('**/assets/SecuritySections-*.js', (route) => (isBlocked ? route.abort() : route.continue()));
  await stage.open();
  // On a busy machine other parts take long too, for a while.
  await expect(page.getByRole('status').filter({ hasText: 'takes long to load' })).toHaveCount(1);
  isBlocked = false;
  await expect(page.getByRole('heading', { name: 'Password' })).toBeVisible();
  await expect(page.getByText('takes long to load')).toHaveCount(0);
});

test('D1 so is a page', async ({ stage, page }) => {
  stage.services.addAccount();
  let isBlocked = true;
  await page.route('**/assets/SessionsPage-*.js', (route) => (isBlocked ? route.abort() : route.continue()));
  await stage.open();
  const refused = page.waitForEvent('requestfailed', (request) => request.url().includes('SessionsPage'));
  await page.getByRole('link', { name: 'Sessions' }).click();
  await refused;
  isBlocked = false;
  await expect(page.getByRole('heading', { name: 'Sessions', level: 1 })).toBeVisible();
});

test('D1 what is pressed while the next page is on its way is of that page, not lost with the one before', async ({
  stage,
  page,
}) => {
  stage.services.addAccount();
  const gate = createGate();
  await page.route('**/assets/SecurityPage-*.js', async (route) => {
    await gate.opened;
    await route.continue();
  });
  await stage.open();
  const button = page.getByRole('button', { name: 'Change password' });
  await expect(button).toBeVisible();
  await page.getByRole('link', { name: 'Security' }).click();
  const pressed = button.click();
  await expect(page.locator('[inert]').filter({ has: button })).toBeAttached();
  gate.open();
  await pressed;
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Change password' })).toBeVisible();
});
