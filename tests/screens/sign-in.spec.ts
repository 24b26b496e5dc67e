import { demo } from '../../renderer/testing/fake-services.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { createGate } from '../../renderer/testing/waiting.ts';
import { expect, test } from './fixtures.ts';

test('D7 first start: where is your account?', async ({ stage }) => {
  const page = await stage.open();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(page).toHaveURL(/#\/connect$/);
  await stage.judge('connect');
});

test('D7 a wrong address says what is wrong', async ({ stage }) => {
  stage.services.faults.set('accounts.inspect', new AppError('invalid-request', { reason: 'address-not-secure' }));
  const page = await stage.open();
  await page.getByRole('button', { name: /Connect to a service/ }).click();
  await page.getByLabel('Address of the service').fill('http://profile.example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Address of the service')).toHaveAccessibleDescription(/not encrypted/);
  await stage.judge('connect-address-error');
});

test('D7 what is answered to one address is not said of the one typed meanwhile', async ({ stage }) => {
  const { services } = stage;
  services.faults.set('accounts.inspect', new AppError('invalid-request', { reason: 'origin-refused' }));
  const gate = createGate();
  services.gates.set('accounts.inspect', gate.opened);
  const page = await stage.open();
  await page.getByRole('button', { name: /Connect to a service/ }).click();
  const address = page.getByLabel('Address of the service');
  const next = page.getByRole('button', { name: 'Continue' });
  await address.fill('https://one.example');
  await next.click();
  await expect(next).toHaveAttribute('aria-busy', 'true');
  await address.fill('https://other.example');
  gate.open();
  await expect(next).not.toHaveAttribute('aria-busy', 'true');
  await expect(address).not.toHaveAttribute('aria-invalid', 'true');
  await expect(address).not.toHaveAccessibleDescription(/You did not allow/);
  await next.click();
  await expect(address).toHaveAccessibleDescription(/You did not allow/);
});

test('D3 without a key store the screen says that nothing is kept; files set aside are told of', async ({ stage }) => {
  const { services } = stage;
  services.app = {
    ...services.app,
    storage: { protection: 'this-run-only', keyStore: null },
    storageFault: { code: 'storage-fault', reason: 'disk-full' },
    notices: [
      {
        kind: 'damaged-file-set-aside',
        what: 'profile',
        file: 'profile.sealed.damaged-2026-03-01',
        at: '2026-03-01T09:00:00.000Z',
      },
    ],
  };
  const page = await stage.open();
  await expect(page.getByText('Nothing is saved after you close')).toBeVisible();
  await stage.judge('connect-notices');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('A damaged file')).toBeHidden();
});

test('L1 a file in the way of the start is set aside by choice, and the app starts', async ({ stage }) => {
  const { services } = stage;
  const at = '2026-03-01T09:00:00.000Z';
  services.app.notices = [
    { kind: 'later-or-damaged', what: 'connections', file: 'connections.sealed', at, isInTheWay: true },
  ];
  services.faults.set('accounts.list', new AppError('storage-fault'));
  const page = await stage.open();
  await page.getByRole('button', { name: 'Set the file aside' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('no longer knows which accounts');
  await stage.judge('set-aside');
  services.faults.delete('accounts.list');
  await question.getByRole('button', { name: 'Set the file aside' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
});

test('D7 demo account: shown, and signed in by one press', async ({ stage }) => {
  const page = await stage.open();
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Control account' })).toBeVisible();
  await stage.judge('password');
  await page.getByRole('button', { name: 'Use and sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
});

test('D7 wrong password, and a lock-out that counts down', async ({ stage }) => {
  const page = await stage.open();
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await page.getByLabel('E-mail or username').fill('demo');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Wrong e-mail or password');
  await stage.judge('password-wrong');
  stage.services.faults.set('auth.signIn', new AppError('rate-limited', { reason: 'locked-out', retryAfter: 872 }));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(/Try again in 14 min 3\d sec/).last()).toBeVisible();
  await stage.judge('lock-out');
});

test('D7 a lock-out is of one name; another can be tried at once', async ({ stage }) => {
  const page = await stage.open();
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  stage.services.faults.set('auth.signIn', new AppError('rate-limited', { reason: 'locked-out', retryAfter: 900 }));
  await page.getByLabel('E-mail or username').fill('demo');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  const submit = page.getByRole('button', { name: 'Sign in', exact: true });
  await submit.click();
  // A button at work is inert too.
  await expect(page.getByText(/Too many/)).not.toHaveCount(0);
  await expect(submit).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('E-mail or username').fill('somebody else');
  await expect(submit).not.toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText(/Too many/)).toHaveCount(0);
});

test('D7 too many requests are told as such, with and without the time left', async ({ stage }) => {
  const page = await stage.open();
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  stage.services.faults.set('auth.signIn', new AppError('rate-limited'));
  await page.getByLabel('E-mail or username').fill('demo');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Too many requests. Try again in a moment.');
  stage.services.faults.set('auth.signIn', new AppError('rate-limited', { retryAfter: 30 }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Too many requests. Try again in 30 sec.').last()).toBeVisible();
});

test('D7 W8 what the service refuses is said at its field', async ({ stage }) => {
  const page = await stage.open();
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await page.getByLabel('E-mail or username').fill('demo');
  await page.getByLabel('Password', { exact: true }).fill('x'.repeat(10_000));
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/This is too long/);
  await stage.judge('password-too-long');
});

test('D7 code step', async ({ stage }) => {
  stage.services.asksCode = true;
  const page = await stage.open();
  await page.getByRole('button', { name: /Demo on this computer/ }).click();
  await page.getByRole('button', { name: 'Use and sign in' }).click();
  await expect(page.getByLabel('Code')).toBeFocused();
  await stage.judge('code');
  await page.getByLabel('Code').fill('123 456');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeVisible();
});

test('D5 an ended session leads back to its own sign-in', async ({ stage }) => {
  stage.services.addAccount({ state: { kind: 'signed-out', sessionEnded: true } });
  const page = await stage.open();
  await expect(page.getByText(/Your session ended/)).toBeVisible();
  await expect(page.getByLabel('E-mail or username')).toHaveValue('mara@nordlicht.example');
  await stage.judge('session-ended');
});

test('D5 a service that has another address now: the account moves there by signing in', async ({ stage }) => {
  const { services } = stage;
  const { id } = services.addAccount({
    address: 'https://old.example',
    state: {
      kind: 'offline',
      since: '2026-03-01T09:00:00.000Z',
      cause: { code: 'offline', reason: 'connection-refused' },
    },
  });
  services.signsInTo = id;
  const page = await stage.open();
  await page.getByRole('link', { name: 'Has the service moved to another address?' }).click();
  await expect(page.getByRole('heading', { name: 'Where is your account now?' })).toBeFocused();
  const address = page.getByLabel('Address of the service');
  await expect(address).toHaveValue('https://old.example');
  await expect(page.getByRole('button', { name: /Demo on this computer/ })).toHaveCount(0);
  await stage.judge('moved');
  await address.fill('https://new.example');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('E-mail or username')).toHaveValue('mara@nordlicht.example');
  await page.getByLabel('Password', { exact: true }).fill(demo.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
  await expect
    .poll(() => services.asked.find(({ channel }) => channel === 'auth.signIn')?.input)
    .toMatchObject({
      target: { kind: 'address', address: 'https://new.example' },
      again: id,
    });
});

test('D5 an account that was signed out and whose service is not there keeps its address to be corrected', async ({
  stage,
}) => {
  stage.services.addAccount({ address: 'https://old.example', state: { kind: 'signed-out', sessionEnded: true } });
  stage.services.faults.set('accounts.inspect', new AppError('offline', { reason: 'connection-refused' }));
  const page = await stage.open();
  const address = page.getByLabel('Address of the service');
  await expect(address).toHaveValue('https://old.example');
  await expect(address).toHaveAccessibleDescription(/Nothing answers/);
});

test('D5 who comes back finds the accounts used here first; who wants one more does not', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({ state: { kind: 'signed-out', sessionEnded: false } });
  const page = await stage.open();
  await expect(page.getByRole('heading', { name: 'Choose an account', level: 1 })).toBeFocused();
  await expect(page.locator('main').getByRole('button')).toHaveText([
    /Mara Lindqvist/,
    /Demo on this computer/,
    /Connect to a service/,
  ]);
  await stage.judge('connect-returning');
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await stage.judge('connect-returning-narrow');
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
  await expect(page.getByLabel('E-mail or username')).toHaveValue('mara@nordlicht.example');
  await expect(page.getByRole('heading')).toHaveText(['Sign in to Control account', 'Demo account']);
  await stage.judge('password-returning');
  services.setState('c1', { kind: 'online', since: '2026-03-01T09:00:00.000Z' });
  await expect(page.getByRole('link', { name: '' })).toBeVisible();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true, level: 1 })).toBeFocused();
  await expect(page.locator('main').getByRole('button')).toHaveText([
    /Demo on this computer/,
    /Connect to a service/,
    /Mara Lindqvist/,
  ]);
});

test('D5 an account that comes online while one is to be chosen leaves the focus on the page', async ({ stage }) => {
  const { services } = stage;
  services.addAccount({ state: { kind: 'signed-out', sessionEnded: false } });
  const page = await stage.open();
  const choice = page.getByRole('heading', { name: 'Choose an account', level: 1 });
  const title = page.getByRole('heading', { name: 'Sign in', exact: true, level: 1 });
  await expect(choice).toBeFocused();
  const comeOnline = () => services.setState('c1', { kind: 'online', since: '2026-03-01T09:00:00.000Z' });
  comeOnline();
  await expect(title).toBeFocused();
  services.setState('c1', { kind: 'signed-out', sessionEnded: false });
  await expect(choice).toBeFocused();
  await page.getByRole('button', { name: /Mara Lindqvist/ }).focus();
  comeOnline();
  await expect(title).toBeFocused();
  services.setState('c1', { kind: 'signed-out', sessionEnded: false });
  await page.getByRole('button', { name: /Connect to a service/ }).focus();
  comeOnline();
  await expect(title).toBeVisible();
  await expect(page.getByRole('button', { name: /Connect to a service/ })).toBeFocused();
});

test('D5 an account that comes while an address is typed takes neither the focus nor what is typed', async ({
  stage,
}) => {
  const page = await stage.open();
  await page.getByRole('button', { name: /Connect to a service/ }).click();
  const address = page.getByLabel('Address of the service');
  await address.pressSequentially('https://id.ex');
  stage.services.addAccount();
  stage.services.setState('c1', { kind: 'signed-out', sessionEnded: false });
  await expect(page.getByRole('heading', { name: 'Choose an account', level: 1 })).toBeVisible();
  await expect(address).toBeFocused();
  await page.keyboard.type('ample');
  await expect(address).toHaveValue('https://id.example');
});

test('D5 the accounts come with the first step, so that nothing moves under the pointer', async ({ stage, page }) => {
  stage.services.addAccount({ state: { kind: 'signed-out', sessionEnded: false } });
  const asked = createGate();
  const code = createGate();
  await page.route(/AccountList/, async (route) => {
    asked.open();
    await code.opened;
    await route.continue();
  });
  await stage.open();
  await asked.opened;
  const connect = page.getByRole('button', { name: /Connect to a service/ });
  await expect(connect).toHaveCount(0);
  code.open();
  await expect(page.getByRole('button', { name: /Mara Lindqvist/ })).toBeVisible();
  await expect(connect).toBeVisible();
});

test('D5 who signed out is asked for another address only after the one that is known has failed', async ({
  stage,
}) => {
  stage.services.addAccount({ address: 'https://old.example', state: { kind: 'signed-out', sessionEnded: false } });
  stage.services.faults.set('accounts.inspect', new AppError('offline', { reason: 'connection-refused' }));
  const page = await stage.open();
  await expect(page.getByRole('heading', { name: 'Choose an account', level: 1 })).toBeFocused();
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
  await expect(page.getByRole('heading', { name: 'Where is your account now?', level: 1 })).toBeFocused();
  await expect(page.getByLabel('Address of the service')).toHaveAccessibleDescription(/Nothing answers/);
});

test('D1 the shell has stopped', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await expect(page.getByRole('heading', { name: 'User Information' })).toBeVisible();
  await stage.stopShell();
  await expect(page.getByRole('heading', { name: "Profile Desk isn't running any more" })).toBeVisible();
  await stage.judge('stopped');
});
