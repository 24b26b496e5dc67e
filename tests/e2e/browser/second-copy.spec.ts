import { spawnPreview } from '../../support/start-preview.ts';
import { signIn } from './acts.ts';
import { expect, test } from './fixtures.ts';

test('a second copy of the app leads to the first, and nothing typed there is lost', async ({ desk, page }) => {
  const server = await desk.startServer();
  const app = await desk.startApp();
  await signIn(app.page, server);
  await app.page.getByRole('textbox', { name: 'City' }).fill('Typed before');
  await using second = await spawnPreview({ dataFolder: app.dataFolder });
  expect(await second.ended).toBe(0);
  await expect(app.page.getByRole('textbox', { name: 'City' })).toHaveValue('Typed before');
  await page.goto(/http:\S+/.exec(second.output())?.[0] ?? '');
  await expect(page.getByRole('textbox', { name: 'City' })).toBeVisible();
});
