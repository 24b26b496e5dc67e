import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startElasticIo } from '../../providers/stand-ins/elastic-io/start-elastic-io.ts';
import { makeSshKey } from '../../support/ssh-tools.ts';
import { chooseAddress, expectProfile, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { giveKey, handOff, signOut } from './page-acts.ts';
import { addKeysOf, openScreen } from './security-acts.ts';

test('R2 R10 E11: elastic.io is found, opened with a key, takes an SSH key and, on its page, a name, and is left', async ({
  desk,
}) => {
  const folder = join(desk.folder, 'home', '.ssh');
  mkdirSync(folder, { recursive: true });
  const { publicLine } = await makeSshKey(folder, 'ed25519', 256, 'ada@work');
  await using elasticIo = await startElasticIo();
  const ada = elasticIo.addPerson('ada@example.org', 'password of ada');

  const { page } = await desk.startApp();
  await chooseAddress(page, elasticIo.address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^elastic\.io at .*127\.0\.0\.1/);
  await expect(page.getByRole('status').filter({ hasText: 'Not tried against the live service' })).toBeVisible();
  await keepPicture(page, 'elastic-io-connect');
  await giveKey(
    page,
    { label: 'E-mail you sign in with there', value: ada.email },
    { label: 'API key', value: ada.apiKey },
  );
  await expectProfile(page);

  await handOff(page, {
    button: /^Change your profile at /,
    address: `${elasticIo.address}/`,
    picture: 'elastic-io',
    act: () => {
      ada.lastName = 'King';
    },
  });
  await expect(page.getByRole('button', { name: /^Account menu/ })).toContainText('Ada King');
  await keepPicture(page, 'elastic-io-profile');

  await openScreen(page, 'Identity keys');
  await addKeysOf(page, folder, ['ada@work']);
  expect(ada.keys.map(({ key }) => key)).toEqual([publicLine.split(' ').slice(0, 2).join(' ')]);

  await signOut(page);
});
