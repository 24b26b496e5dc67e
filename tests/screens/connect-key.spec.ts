import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

const address = 'https://app.elastic.io';

function playElasticIo({ services }: Stage): void {
  services.described = {
    ...{ kind: 'elastic-io', name: 'elastic.io', version: null, ways: ['token'], address },
    pasting: { page: `${address}/`, scopes: [], name: 'email' },
  };
}

test('R2 R10 a key and a name: the mark, what is missing, a refusal, and in', async ({ stage }) => {
  playElasticIo(stage);
  const screen = await stage.open();
  await screen.getByRole('button', { name: /Connect to a service/ }).click();
  await screen.getByRole('radio', { name: 'elastic.io' }).check();
  await stage.judge('key-choice');
  await screen.getByRole('button', { name: 'Continue' }).click();
  await expect(screen.getByRole('heading', { level: 1 })).toHaveText(/elastic\.io at .*app\.elastic\.io/);
  await expect(screen.getByRole('status').filter({ hasText: 'Not tried against the live service' })).toBeVisible();
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(screen.getByLabel('E-mail you sign in with there')).toBeFocused();
  await screen.keyboard.type('ada@example.org');
  await screen.setViewportSize({ width: 480, height: 860 });
  await expect.poll(() => screen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  stage.services.faults.set('auth.signInWithToken', new AppError('unauthenticated', { reason: 'key-refused' }));
  await screen.getByRole('textbox', { name: 'API key' }).fill('right');
  await screen.keyboard.press('Enter');
  await expect(screen.getByRole('alert')).toContainText('app.elastic.io does not know these two together');
  await stage.judge('key-sign-in-refused');
  stage.services.faults.delete('auth.signInWithToken');
  await screen.getByRole('textbox', { name: 'API key' }).fill('another');
  await expect(screen.getByRole('alert')).toHaveCount(0);
  await screen.getByRole('textbox', { name: 'API key' }).fill('right');
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(screen.getByRole('heading', { name: 'Profile', level: 1 })).toBeFocused();
  const asked = stage.services.asked.find(({ channel }) => channel === 'auth.signInWithToken');
  expect(asked?.input).toMatchObject({ kind: 'elastic-io', name: 'ada@example.org', token: 'right' });
});
