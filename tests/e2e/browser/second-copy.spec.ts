import { spawnPreview } from '../../support/start-preview.ts';
import { signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';

test('a second copy of the app leaves the first alone, and Enter gives a link to it: what was typed stays until that is used', async ({
  desk,
  page,
}) => {
  const server = await desk.startServer();
  const app = await desk.startApp();
  await signIn(app.page, server);
  const city = { name: 'City' };
  await app.page.getByRole('textbox', city).fill('Typed before');
  await using second = await spawnPreview({ dataFolder: app.dataFolder });
  expect(await second.ended).toBe(0);
  expect(second.output()).toContain('press Enter in its terminal');
  const { url } = await app.newLink();
  await expect(app.page.getByRole('textbox', city)).toHaveValue('Typed before');
  await page.goto(url);
  await expect(page.getByRole('textbox', city)).toBeVisible();
  await expect(app.page.getByRole('alert')).toContainText('opened in another page');
});
