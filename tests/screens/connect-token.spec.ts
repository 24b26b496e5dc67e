import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

const page = 'https://git.example.org/user/settings/applications';

function playForgejo({ services }: Stage): void {
  services.described = {
    ...{ kind: 'gitea', name: 'Forgejo', version: '15.0.1', ways: ['token'], address: 'https://git.example.org' },
    pasting: { page, scopes: ['write:user'] },
  };
}

/** As far as what was found. */
async function connect(stage: Stage) {
  playForgejo(stage);
  const screen = await stage.open();
  await screen.getByRole('button', { name: /Connect to a service/ }).click();
  await screen.getByRole('radio', { name: 'Gitea or Forgejo' }).check();
  await screen.getByLabel('Address of the service').fill('git.example.org');
  await screen.getByRole('button', { name: 'Continue' }).click();
  await expect(screen.getByRole('heading', { level: 1 })).toHaveText(/Forgejo at .*git\.example\.org/);
  return screen;
}

test('R2 R10 a pasted token: where it is made and what it is to allow, and in', async ({ stage }) => {
  const screen = await connect(stage);
  await expect(screen.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(screen.getByRole('status').filter({ hasText: 'Not tried against the live service' })).toBeVisible();
  await stage.judge('token-sign-in');
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(screen.getByLabel('Paste the token here')).toHaveAccessibleDescription(/Please fill this in/);
  await screen.getByRole('button', { name: 'Open the page for tokens' }).click();
  await expect(screen.getByLabel('Paste the token here')).toBeFocused();
  await screen.setViewportSize({ width: 480, height: 860 });
  await expect.poll(() => screen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('token-sign-in-narrow');
  await screen.keyboard.type(' right ');
  await screen.keyboard.press('Enter');
  await expect(screen.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
  const asked = stage.services.asked.find(({ channel }) => channel === 'auth.signInWithToken');
  expect(asked?.input).toMatchObject({ kind: 'gitea', token: 'right' });
});

test('R2 why a token let nobody in, and a link where no browser opens', async ({ stage }) => {
  stage.services.pastingPage = page;
  const screen = await connect(stage);
  await screen.getByRole('button', { name: 'Open the page for tokens' }).click();
  await expect(screen.getByRole('link', { name: 'Open the page for tokens' })).toHaveAttribute('href', page);
  for (const [error, words] of [
    [new AppError('unauthenticated', { reason: 'key-refused' }), 'does not know this token'],
    [new AppError('forbidden', { permission: 'read:user' }), 'it lacks “read:user”'],
    [new AppError('forbidden'), 'does not let this account in now'],
    [new AppError('conflict', { reason: 'another-person' }), 'of somebody else'],
  ] as const) {
    stage.services.faults.set('auth.signInWithToken', error);
    await screen.getByLabel('Paste the token here').fill('0123456789abcdef');
    await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(screen.getByRole('alert')).toContainText(words);
  }
  await stage.judge('token-sign-in-refused');
  await screen.getByLabel('Paste the token here').fill('another one');
  await expect(screen.getByRole('alert')).toHaveCount(0);
});

test('R2 signing out asks whether the pasted token is to be deleted', async ({ stage }) => {
  stage.services.addAccount({
    kind: 'gitea',
    providerName: 'Codeberg',
    address: 'https://codeberg.org',
    isPasted: true,
  });
  const screen = await stage.open();
  await screen.getByRole('button', { name: /^Account menu/ }).click();
  await screen.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await screen.getByRole('checkbox', { name: 'Also delete the token at Codeberg' }).check();
  await stage.judge('token-sign-out');
  await screen.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect
    .poll(() => stage.services.asked.find(({ channel }) => channel === 'auth.signOut')?.input)
    .toMatchObject({ forget: false, revoke: true });
});

test('R2 R5 in the browser: the app adds itself with a token that is used once', async ({ stage }) => {
  playForgejo(stage);
  stage.services.described = { ...stage.services.described, name: 'Gitea', ways: ['token', 'browser'] };
  const screen = await stage.open();
  await screen.getByRole('button', { name: /Connect to a service/ }).click();
  await screen.getByRole('radio', { name: 'Gitea or Forgejo' }).check();
  await screen.getByLabel('Address of the service').fill('git.example.org');
  await screen.getByRole('button', { name: 'Continue' }).click();
  await expect(screen.getByText('Not tried against the live service')).toHaveCount(0);
  await screen.getByRole('button', { name: 'Sign in on its page instead' }).click();
  await expect(screen.getByLabel('Client ID', { exact: true })).toBeFocused();
  await screen.setViewportSize({ width: 480, height: 1_100 });
  await expect.poll(() => screen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('add-own-client-narrow');
  await screen.getByLabel('Token', { exact: true }).fill('0123abcd');
  await screen.keyboard.press('Enter');
  await expect
    .poll(() => stage.services.asked.find(({ channel }) => channel === 'auth.beginBrowserSignIn')?.input)
    .toMatchObject({ clientId: 'made-for-profile-desk' });
});
