import { startCxone } from '../../providers/stand-ins/cxone/start-cxone.ts';
import { chooseAddress, expectProfile, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';

test('R2 R10 C7: CXone is found, opened with an access key, and gives another', async ({ desk }) => {
  await using cxone = await startCxone();
  const ada = cxone.addPerson('ada@example.org', 'password of ada');
  const { id, secret } = cxone.addKey(ada);

  const { page } = await desk.startApp();
  await chooseAddress(page, `${cxone.address}/login`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^CXone at .*127\.0\.0\.1/);
  await expect(page.getByRole('status').filter({ hasText: 'Not tried against the live service' })).toBeVisible();
  await page.getByLabel('Access key ID').fill(id);
  await page.getByRole('textbox', { name: 'Secret access key' }).fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expectProfile(page);
  await keepPicture(page, 'cxone-profile');
  await page.getByRole('tab', { name: 'Access keys' }).click();
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByRole('row').filter({ hasText: id.slice(0, 8) })).toContainText('unknown');
  await keepPicture(page, 'cxone-keys');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Generate New Access Key' }).click();
  await keepPicture(page, 'cxone-generate');
});
