import { startGitlab } from '../../providers/stand-ins/gitlab/start-gitlab.ts';
import { chooseAddress, expectProfile, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { comeBack, handOff, openThere, signOut } from './page-acts.ts';

test('R2 R3 R7: GitLab is found, opened in the browser, changes a status and, on its page, the tokens, and is left', async ({
  desk,
}) => {
  await using gitlab = await startGitlab();
  const ada = gitlab.addPerson('ada', 'password of ada');
  const { clientId } = gitlab.addApplication({});

  const { page } = await desk.startApp();
  await chooseAddress(page, `${gitlab.address}/users/sign_in`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^GitLab at .*127\.0\.0\.1/);
  await page.getByRole('textbox', { name: 'Client ID' }).fill(clientId);
  await keepPicture(page, 'gitlab-connect');
  await page.getByRole('button', { name: /^Sign in at / }).click();
  const there = await openThere(page, 'Open the sign-in page');
  await there.getByLabel('Username or primary email').fill(ada.username);
  await there.getByLabel('Password').fill(ada.password);
  await there.getByRole('button', { name: 'Sign in' }).click();
  await there.getByRole('button', { name: 'Authorize' }).click();
  await comeBack(there);
  await expectProfile(page);

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Status message').fill('Computing Bernoulli numbers');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(ada.status.message).toBe('Computing Bernoulli numbers');

  await page.getByRole('tab', { name: 'Access tokens' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await handOff(page, {
    button: /^Make a token at /,
    address: `${gitlab.address}/-/user_settings/personal_access_tokens`,
    picture: 'gitlab',
    act: () => gitlab.addToken(ada, 'Nightly', ['read_api']),
  });
  await expect(page.getByRole('tabpanel').getByRole('row').filter({ hasText: 'Nightly' })).toBeVisible();
  await keepPicture(page, 'gitlab-tokens');

  await signOut(page);
  expect(gitlab.state.grants.map(({ isRevoked }) => isRevoked)).toEqual([true]);
});
