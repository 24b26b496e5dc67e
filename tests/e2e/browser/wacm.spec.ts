import { startWacm } from '../../providers/stand-ins/wacm/start-wacm.ts';
import { chooseAddress, expectProfile, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { giveKey, handOff, signOut } from './page-acts.ts';

test('R2 R10: WACM is found, opened with a key, changes the name of the account on its page, and is left', async ({
  desk,
}) => {
  await using wacm = await startWacm();
  const ada = wacm.addUser('ada', 'password of ada', 'Difference Ltd');

  const { page } = await desk.startApp();
  await chooseAddress(page, `${wacm.address}/login`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^WACM at .*127\.0\.0\.1/);
  await expect(page.getByRole('status').filter({ hasText: 'Not tried against the live service' })).toBeVisible();
  await keepPicture(page, 'wacm-connect');
  await giveKey(page, { label: 'Your username there', value: ada.username }, { label: 'API key', value: ada.apiKey });
  await expectProfile(page);
  const menu = page.getByRole('button', { name: /^Account menu/ });
  await expect(menu).toContainText('Difference Ltd');

  await handOff(page, {
    button: /^Change your profile at /,
    address: `${wacm.address}/`,
    picture: 'wacm',
    act: () => {
      for (const account of ada.accounts) account.name = 'Analytical Ltd';
    },
  });
  await expect(menu).toContainText('Analytical Ltd');
  await keepPicture(page, 'wacm-profile');

  await signOut(page);
});
