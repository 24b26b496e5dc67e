import { createGate } from '../../renderer/testing/waiting.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

const address = 'https://id.example.org/realms/staff';
const keycloak = { kind: 'keycloak', name: 'staff', ways: ['browser'] } as const;

function playKeycloak({ services }: Stage, clientId: string | null = null): void {
  services.described = { ...keycloak, ways: [...keycloak.ways], clientId };
}

/** As far as what was found. */
async function connect(stage: Stage) {
  const page = await stage.open();
  await page.getByRole('button', { name: /Connect to a service/ }).click();
  await page.getByLabel('Address of the service').fill(address);
  await page.getByRole('button', { name: 'Continue' }).click();
  return page;
}

test('M5 a question that waits in the terminal is told of where the person looks, until it has an answer', async ({
  stage,
}) => {
  const { services } = stage;
  const gate = createGate();
  services.gates.set('accounts.inspect', gate.opened);
  const page = await connect(stage);
  const told = page.getByRole('status').filter({ hasText: 'Profile Desk asks you in its terminal' });
  await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
  services.emit('app.changed', { ...services.app, askedOrigin: 'https://id.example.org' });
  await expect(told).toContainText('May it connect to https://id.example.org?');
  await expect(told).toBeInViewport({ ratio: 1 });
  await stage.judge('connect-terminal');
  services.emit('app.changed', { ...services.app, askedOrigin: 'https://id.example.org', shell: 'electron' });
  await expect(told).toHaveCount(0);
  services.emit('app.changed', { ...services.app, askedOrigin: 'https://id.example.org' });
  await expect(told).toBeVisible();
  services.emit('app.changed', services.app);
  await expect(told).toHaveCount(0);
  gate.open();
  await expect(page.getByLabel('E-mail or username')).toBeFocused();
});

test('R2 a service is chosen by its name with the keyboard, or by any address', async ({ stage }) => {
  const page = await stage.open();
  await page.getByRole('button', { name: /Connect to a service/ }).press('Enter');
  await expect(page.getByLabel('Address of the service')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('radio', { name: 'I only have an address' })).toBeFocused();
  // The last one: then comes the first.
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Codeberg' })).toBeChecked();
  await expect(page.getByLabel('Address of the service'), 'it has one').toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'Profile Desk service' })).toBeChecked();
  await page.getByRole('radio', { name: 'Keycloak' }).check();
  await expect(page.getByLabel('Address of the service')).toHaveAccessibleDescription(/realms/);
  await stage.judge('connect-by-name');
  await page.setViewportSize({ width: 480, height: 860 });
  await stage.judge('connect-by-name-narrow');
});

test('R2 Keycloak: what was found, a client id with words for the administrator, the wait, and in', async ({
  stage,
}) => {
  playKeycloak(stage);
  const page = await connect(stage);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Keycloak at .*id\.example\.org.*, realm .*staff/);
  await expect(page.getByRole('textbox', { name: 'Client ID' })).toBeFocused();
  await stage.judge('browser-sign-in-client-id');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Client ID' })).toHaveAccessibleDescription(/Please fill this in/);
  await page.getByRole('textbox', { name: 'Client ID' }).fill('profile-desk');
  await page.setViewportSize({ width: 480, height: 860 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('browser-sign-in-client-id-narrow');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Continue in your browser' })).toBeVisible();
  await stage.judge('browser-sign-in-waiting');
  stage.services.linkedAccounts.comeBack();
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
});

test('R2 a known client id makes it one press; called off; where no browser opens there is a link', async ({
  stage,
}) => {
  playKeycloak(stage, 'profile-desk');
  stage.services.linkedAccounts.address = `${address}/protocol/openid-connect/auth?client_id=profile-desk`;
  const page = await connect(stage);
  const button = page.getByRole('button', { name: /Sign in at .*id\.example\.org/ });
  await expect(button).toBeVisible();
  await stage.judge('browser-sign-in');
  await button.click();
  await expect(page.getByRole('link', { name: 'Open the sign-in page' })).toHaveAttribute(
    'href',
    stage.services.linkedAccounts.address,
  );
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(button).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('R2 why nobody came in, and the next try is one press away', async ({ stage }) => {
  playKeycloak(stage, 'profile-desk');
  const page = await connect(stage);
  for (const [error, words] of [
    [new AppError('cancelled', { reason: 'sign-in-took-too-long' }), 'Nobody came back'],
    [new AppError('conflict', { reason: 'another-person' }), 'Somebody else is signed in'],
  ] as const) {
    await page.getByRole('button', { name: /Sign in at / }).click();
    await expect(page.getByRole('heading', { name: 'Continue in your browser' })).toBeVisible();
    stage.services.linkedAccounts.comeBack(error);
    await expect(page.getByRole('alert')).toContainText(words);
  }
  await stage.judge('browser-sign-in-failed');
});

test('R2 another kind of service than was chosen is said before anything is typed', async ({ stage }) => {
  const page = await stage.open();
  await page.getByRole('button', { name: /Connect to a service/ }).click();
  await page.getByRole('radio', { name: 'Keycloak' }).check();
  await page.getByLabel('Address of the service').fill(address);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/Another kind of service answers there/)).toBeVisible();
  await expect(page.getByLabel('E-mail or username')).toBeFocused();
  await stage.judge('connect-other-kind');
});

test('R2 signing in again goes the way of the account, with its client id', async ({ stage }) => {
  playKeycloak(stage, 'profile-desk');
  stage.services.addAccount({
    kind: 'keycloak',
    address,
    providerName: 'staff',
    state: { kind: 'signed-out', sessionEnded: true },
  });
  stage.services.signsInTo = 'c1';
  const page = await stage.open();
  await expect(page.getByText('Your session ended.')).toBeVisible();
  await page.getByRole('button', { name: /Sign in at / }).click();
  await expect
    .poll(() => stage.services.asked.at(-1))
    .toEqual({
      channel: 'auth.beginBrowserSignIn',
      input: { kind: 'keycloak', target: { kind: 'address', address }, clientId: 'profile-desk', again: 'c1' },
    });
  stage.services.linkedAccounts.comeBack();
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
});
