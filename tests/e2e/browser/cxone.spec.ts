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
  const own = panel.getByRole('row').filter({ hasText: id.slice(0, 8) });
  await expect(own).toContainText(/In use here.*unknown/s);
  await keepPicture(page, 'cxone-keys');

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Generate New Access Key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Generate New Access Key' }).click();
  await panel.getByRole('button', { name: 'Show Secret Key' }).click();
  const made = () => ada.keys.find((key) => key.id !== id);
  await expect(panel.getByLabel('Secret key')).toHaveValue(made()?.secret ?? 'none');
  await keepPicture(page, 'cxone-key-made');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();

  await test.step('turned off, but not the own one', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await expect(panel.getByRole('switch')).toHaveCount(1);
    await panel.getByRole('switch').click();
    await expect(panel.getByRole('switch')).not.toBeChecked();
    expect(made()?.isActive).toBe(false);
  });

  await test.step('the own one deleted: signed out here', async () => {
    await own.getByRole('button', { name: /^Actions/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('you are signed out here with it');
    await keepPicture(page, 'cxone-delete-own');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete access key' }).click();
    await expect(page.getByText('Your session ended', { exact: false })).toBeVisible();
    expect(ada.keys.map((key) => key.id)).not.toContain(id);
  });
});
