import { readFileSync } from 'node:fs';
import { signInByCurl } from '../../support/curl.ts';
import { keepPicture, signIn, update } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { openScreen } from './security-acts.ts';

test('X4: what another client did appears as not done here, what was done here as one’s own; both are in the file', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);
  await openScreen(page, 'Activity');
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });
  await expect(row('Sign in')).toContainText('You, here');

  await test.step('done here', async () => {
    await openScreen(page, 'Profile');
    await page.getByLabel('City').fill('Reykjavík');
    await update(page);
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await openScreen(page, 'Activity');
    await expect(row('→ Reykjavík')).toContainText('You, here');
  });

  await test.step('done elsewhere', async () => {
    await signInByCurl(
      server.address,
      server.demo,
      'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
    );
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(row('New session')).toContainText('Elsewhere');
    await page.getByRole('checkbox', { name: 'Only what was not done here' }).check();
    await expect(row('→ Reykjavík')).toHaveCount(0);
    await expect(row('New session')).toBeVisible();
    await keepPicture(page, 'activity');
  });

  await test.step('saved as a file', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    const saved = page.getByText(/activity-.*\.csv$/);
    await expect(saved).toBeVisible();
    const text = readFileSync(await saved.innerText(), 'utf8');
    expect(text).toMatch(/contact\.city,.*,Reykjavík,you/);
    expect(text).toMatch(/,sessions,added,Firefox,/);
  });
});
