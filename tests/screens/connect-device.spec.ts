import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

const scopes = ['user', 'admin:public_key', 'admin:ssh_signing_key'];

function playGithub({ services }: Stage): void {
  services.described = {
    ...{ kind: 'github', name: 'GitHub', version: null, ways: ['device', 'token'], address: 'https://github.com' },
    pasting: { page: 'https://github.com/settings/tokens/new', scopes },
  };
}

/** As far as what was found at github.com. */
async function connect(stage: Stage) {
  playGithub(stage);
  const screen = await stage.open();
  await screen.getByRole('button', { name: /Connect to a service/ }).click();
  await screen.getByRole('radio', { name: 'GitHub', exact: true }).check();
  await screen.getByRole('button', { name: 'Continue' }).click();
  await expect(screen.getByRole('heading', { level: 1 })).toHaveText(/GitHub at .*github\.com/);
  return screen;
}

test('R2 R6 GitHub: a token, or a code on its page, and in', async ({ stage }) => {
  const { services } = stage;
  const screen = await connect(stage);
  await expect(screen.getByText('Not tried against the live service')).toBeVisible();
  await stage.judge('github-token');
  await screen.getByRole('button', { name: 'Type a code on its page instead' }).click();
  const clientId = screen.getByRole('textbox', { name: 'Client ID' });
  await expect(clientId).toBeFocused();
  await stage.judge('github-client-id');

  services.faults.set('auth.beginDeviceSignIn', new AppError('invalid-request', { reason: 'client-not-known' }));
  await screen.keyboard.type('wrong');
  await screen.keyboard.press('Enter');
  await expect(screen.getByRole('alert')).toContainText('knows no app with this client ID');
  services.faults.clear();
  await clientId.fill('Ov23li0123456789');
  await screen.keyboard.press('Enter');
  await expect(screen.getByRole('heading', { name: 'Type this code on its page' })).toBeFocused();
  await expect(screen.getByText('WDJB-MJHT')).toBeVisible();
  await stage.judge('device-code');
  await screen.setViewportSize({ width: 480, height: 860 });
  await expect.poll(() => screen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  services.deviceSignIn.tellTrouble({ code: 'offline', reason: 'no-network' });
  await expect(screen.getByRole('status').filter({ hasText: 'has no network' })).toBeVisible();
  await stage.judge('device-code-offline-narrow');
  services.deviceSignIn.tellTrouble(null);
  await expect(screen.getByText('has no network')).toHaveCount(0);
  services.deviceSignIn.hasBrowser = false;
  await screen.getByRole('button', { name: 'Open the page' }).press('Enter');
  await expect(screen.getByRole('link', { name: 'Open the page' })).toHaveAttribute('href', services.deviceSignIn.page);

  services.deviceSignIn.settle(new AppError('cancelled', { reason: 'code-expired' }));
  await expect(screen.getByRole('alert')).toContainText('does not work any more');
  await screen.getByRole('button', { name: 'Get a code' }).click();
  await screen.getByRole('button', { name: 'Cancel' }).click();
  await expect(screen.getByRole('button', { name: 'Get a code' })).toBeVisible();
  await expect(screen.getByRole('alert')).toHaveCount(0);
  await screen.getByRole('button', { name: 'Get a code' }).click();
  await expect(screen.getByText('WDJB-MJHT')).toBeVisible();
  services.deviceSignIn.settle();
  await expect(screen.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
});

test('R2 X3 a token that ends soon is spoken of, and another one takes its place', async ({ stage }) => {
  playGithub(stage);
  const tokenEndsAt = new Date(Date.now() + 86_400_000).toISOString();
  const address = 'https://github.com';
  stage.services.addAccount({ kind: 'github', providerName: 'GitHub', address, isPasted: true, tokenEndsAt });
  const screen = await stage.open();
  await expect(screen.getByText('Your token for GitHub ends on')).toBeVisible();
  await stage.judge('token-ends');
  await screen.getByRole('button', { name: 'Sign in with another token' }).click();
  await expect(screen.getByRole('heading', { level: 1 })).toHaveText(/GitHub at .*github\.com/);
  await screen.getByLabel('Paste the token here').fill('right');
  await screen.keyboard.press('Enter');
  await expect
    .poll(() => stage.services.asked.find(({ channel }) => channel === 'auth.signInWithToken')?.input)
    .toMatchObject({ kind: 'github', again: 'c1' });
});
