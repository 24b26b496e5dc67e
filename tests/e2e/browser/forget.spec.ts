import { basename } from 'node:path';
import { findSecrets, listFiles } from '../../support/find-secrets.ts';
import { startListeningProxy } from '../../support/listening-proxy.ts';
import { chooseInMenu, expectProfile, keepPicture, signIn, update } from './acts.ts';
import { expect, test } from './fixtures.ts';

const fields = {
  'First name': 'Seedfirstname',
  'Last name': 'Seedlastname',
  Username: 'seed.username',
  'E-mail': 'seed.address@example.org',
  Phone: '+46 8 505 10 20',
  'Address line 1': 'Seedstreet 17',
  'Address line 2': 'Seedfloor 4',
  City: 'Seedville',
  'Postal code': '90210-4711',
};

test('D3: what is kept shows none of 12 secrets, and signing out and removing leaves nothing', async ({ desk }) => {
  const server = await desk.startServer();
  await using proxy = await startListeningProxy(server.address);
  const first = await desk.startApp({ keep: true });
  await signIn(first.page, { ...server, address: proxy.address });
  for (const [label, value] of Object.entries(fields))
    await first.page.getByRole('textbox', { name: label, exact: true }).fill(value);
  await update(first.page);
  await expect(first.page.getByText('Saved', { exact: true })).toBeVisible();
  const { accessToken, refreshToken } = tokensIn(proxy.heard());
  const secrets = [...Object.values(fields), server.demo.password, accessToken, refreshToken];
  // What is typed and not sent is kept too (X5).
  const draft = 'Seeddraftville';
  await first.page.getByRole('textbox', { name: 'City' }).fill(draft);
  await expect(first.page.getByRole('link', { name: 'Profile has a draft' })).toBeVisible();
  expect(new Set(secrets).size).toBe(12);
  await first.stop();

  const sealed = () => listFiles(first.dataFolder).filter((file) => file.endsWith('.sealed'));
  expect(sealed().length).toBeGreaterThanOrEqual(3);
  expect(findSecrets(first.dataFolder, [...secrets, draft])).toEqual([]);

  const second = await desk.startApp({ keep: true });
  await expectProfile(second.page);
  await expect(second.page.getByRole('textbox', { name: 'City' })).toHaveValue(draft);
  await expect(second.page.getByRole('button', { name: 'Update 1 change' })).toBeEnabled();
  await chooseInMenu(second.page, 'Sign out and remove from this computer');
  await second.page.getByRole('button', { name: 'Keep as a draft' }).click();
  const question = second.page.getByRole('alertdialog', { name: /^Remove/ });
  await expect(question).toContainText('a change to your profile that was not sent');
  // The new address is not confirmed.
  await expect(question).toContainText(server.demo.identifier);
  await keepPicture(second.page, 'forget-question');
  await question.getByRole('button', { name: 'Sign out and remove' }).click();
  await expect(second.page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await second.stop();
  expect(findSecrets(first.dataFolder, [...secrets, draft, ...Object.values(tokensIn(proxy.heard()))])).toEqual([]);
  // An empty list of accounts, and what proves that no older one was put back.
  expect(
    sealed()
      .map((file) => basename(file))
      .sort(),
  ).toEqual(['connections.sealed', 'ledger.sealed']);

  const third = await desk.startApp({ keep: true });
  await expect(third.page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
});

/** The newest ones. */
function tokensIn(heard: string): { accessToken: string; refreshToken: string } {
  const newest = (name: string) => [...heard.matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].at(-1)?.[1] ?? '';
  return { accessToken: newest('accessToken'), refreshToken: newest('refreshToken') };
}
