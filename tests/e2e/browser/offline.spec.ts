import type { Page } from '@playwright/test';
import { pressIfThere } from '../../support/press-if-there.ts';
import type { ReferenceServer } from '../../support/start-server.ts';
import { expectProfile, keepPicture, signIn, update } from './acts.ts';
import { expect, test } from './fixtures.ts';

test('D5: the server gone and the app restarted, the profile is there with its age and cannot be updated', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const port = Number(new URL(server.address).port);
  const first = await desk.startApp({ keep: true });
  await signIn(first.page, server);
  const field = first.page.getByRole('textbox', { name: 'First name' });
  await expect(field).not.toHaveValue('');
  const name = await field.inputValue();
  await first.stop();
  await server.kill();

  const { page } = await desk.startApp({ keep: true });
  await expectProfile(page);
  await expect(page.getByText(/You are seeing your profile as it was/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue(name);
  await expect(page.getByText(/saved on this computer as a draft/)).toBeVisible();
  await page.getByRole('textbox', { name: 'City' }).fill('Typed offline');
  await expect(page.getByRole('button', { name: 'Update 1 change' })).toBeDisabled();
  await keepPicture(page, 'offline');

  await test.step('and comes back by itself', async () => {
    await desk.startServer({ port });
    // Nobody presses anything: the app tries again after 5, 10, 20 seconds, or 40 where the server takes 35 to be back.
    await expect(page.getByText(/You are seeing your profile as it was/)).toBeHidden({ timeout: 90_000 });
    await expect(page.getByRole('button', { name: 'Update 1 change' })).toBeEnabled();
    await expect(page.getByRole('textbox', { name: 'City' })).toHaveValue('Typed offline');
    await keepPicture(page, 'online-again');
  });
});

test('D5: the server comes back at another address: the account moves there with what is kept of it', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  await server.kill();
  await page.reload();
  const moved = page.getByRole('link', { name: 'Has the service moved to another address?' });
  await expect(moved).toBeVisible();
  const back = await desk.startServer();
  expect(back.address).not.toBe(server.address);
  await moved.click();
  await page.getByLabel('Address of the service').fill(back.address);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill(back.demo.password);
  await page.keyboard.press('Enter');
  await expectProfile(page);
  await expect(moved).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'City' })).toBeEditable();
  // One account still, not two of the same name.
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await expect(page.getByRole('menu')).toContainText(back.address);
  await expect(page.getByRole('group', { name: 'Accounts' })).toHaveCount(0);
  await keepPicture(page, 'moved');
});

test('D5: the server goes while the app runs, and what was typed stays', async ({ desk }) => {
  const server = await desk.startServer();
  const port = Number(new URL(server.address).port);
  const { page } = await desk.startApp();
  await signIn(page, server);
  await expectLastAsked(page);
  const city = page.getByRole('textbox', { name: 'City' });
  await city.fill('Typed before');
  await server.kill();
  if (!(await pressUpdate(page))) {
    // The round was first, and does not come again.
    const back = await desk.startServer({ port });
    await expect(page.getByText(/You are seeing your profile as it was/)).toBeHidden();
    await back.kill();
    await update(page);
  }
  // What became of the Update, and what is seen from now on.
  await expect(page.getByText('Your changes are not saved yet')).toBeVisible();
  await expect(page.getByText(/You are seeing your profile as it was/)).toBeVisible();
  await keepPicture(page, 'server-gone');
  await desk.startServer({ port });
  // Where the start takes long, the app has tried again by itself, and what offers it is gone.
  await pressIfThere(page.getByRole('button', { name: 'Try again' }));
  await expect(city).toBeEditable();
  await expect(city).toHaveValue('Typed before');
  await update(page);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('D5 W2: the session is ended elsewhere while somebody types: after signing in again it is all there, and can be saved', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  await expectLastAsked(page);
  await page.getByRole('textbox', { name: 'City' }).fill('Typed before');
  await endOtherSessions(server);
  // Whether the Update hears of it or the round did: it is told in the same way.
  await pressUpdate(page);
  await expect(
    page.getByText('Your session ended. Sign in again to go on; nothing you had typed is lost.'),
  ).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(server.demo.password);
  await page.keyboard.press('Enter');
  await expectProfile(page);
  await expect(page.getByRole('textbox', { name: 'City' })).toHaveValue('Typed before');
  await expect(page.getByText('Your session ended')).toBeHidden();
  await update(page);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('D1: the app behind the page is killed: the page says so and nothing else', async ({ desk }) => {
  const app = await desk.startApp();
  await app.page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
  await app.kill();
  await expect(app.page.getByText("Profile Desk isn't running any more")).toBeVisible();
  await keepPicture(app.page, 'shell-gone');
});

/** The last that the profile asks for as it opens. */
async function expectLastAsked(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Turn On' })).toBeVisible();
}

/**
 * Gives whether Update could be pressed: not if the round through the keys, ten seconds after the start, heard first of
 * an end.
 */
function pressUpdate(page: Page): Promise<boolean> {
  return pressIfThere(page.getByRole('button', { name: /^Update/, disabled: false }));
}

/** As from another computer. */
async function endOtherSessions({ address, demo: { identifier, password } }: ReferenceServer): Promise<void> {
  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(address + path, { method: 'POST', ...init });
    expect(response.status).toBe(200);
    return response.json();
  };
  const signedIn = await ask('/auth/sign-in', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier, password }),
  });
  const { accessToken } = signedIn as { accessToken: string };
  await ask('/me/sessions/close-others', { headers: { authorization: `Bearer ${accessToken}` } });
}
