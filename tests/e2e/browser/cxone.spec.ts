import { startCxone } from '../../providers/stand-ins/cxone/start-cxone.ts';
import { chooseAddress, expectProfile, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { giveKey, handOff, signOut } from './page-acts.ts';

test('R2 R10 C7: CXone is found, opened with an access key, changes a name on its page, gives another key, and is left', async ({
  desk,
}) => {
  await using cxone = await startCxone();
  const ada = cxone.addPerson('ada@example.org', 'password of ada');
  const { id, secret } = cxone.addKey(ada);

  const { page } = await desk.startApp();
  await chooseAddress(page, `${cxone.address}/login`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^CXone at .*127\.0\.0\.1/);
  await expect(page.getByRole('status').filter({ hasText: 'Not tried against the live service' })).toBeVisible();
  await keepPicture(page, 'cxone-connect');
  const pasteKey = () =>
    giveKey(page, { label: 'Access key ID', value: id }, { label: 'Secret access key', value: secret });
  await pasteKey();
  await expectProfile(page);
  await handOff(page, {
    button: /^Change your profile at /,
    address: `${cxone.address}/`,
    picture: 'cxone',
    act: () => {
      ada.lastName = 'King';
    },
  });
  await expect(page.getByRole('button', { name: /^Account menu/ })).toContainText('Ada King');
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

  await test.step('signed out, and in with the same key', async () => {
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await signOut(page);
    await page.getByRole('button', { name: /Sign in again$/ }).click();
    await pasteKey();
    await expectProfile(page);
  });

  await test.step('the own one deleted: signed out here', async () => {
    await page.getByRole('tab', { name: 'Access keys' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await own.getByRole('button', { name: /^Actions/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('you are signed out here with it');
    await keepPicture(page, 'cxone-delete-own');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete access key' }).click();
    await expect(page.getByText('Your session ended', { exact: false })).toBeVisible();
    expect(ada.keys.map((key) => key.id)).not.toContain(id);
  });
});
