import { expect, test } from './fixtures.ts';

test('D6 a copy that is weeks old says so, with where newer ones are, until it is put away', async ({ stage }) => {
  const newVersionsAt = 'https://download.example.org/';
  stage.services.addAccount();
  stage.services.app = { ...stage.services.app, age: { weeks: 11, newVersionsAt } };
  const page = await stage.open();
  const banner = page.getByRole('status').filter({ hasText: 'is 11 weeks old' });
  await expect(banner).toContainText(newVersionsAt);
  await stage.judge('old-copy');
  await banner.getByRole('button', { name: 'Copy the address' }).click();
  await expect(banner.getByRole('button', { name: 'Copied' })).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('weeks old')).toBeHidden();
});
