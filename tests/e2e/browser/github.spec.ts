import { startGithub } from '../../providers/stand-ins/github/start-github.ts';
import { chooseAddress, expectProfile, keepPicture, update } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { choosePrimary, openThere, signOut } from './page-acts.ts';

test('R2 R6: GitHub is found, opened with a code, changes a company and, on its page, the address, and is left', async ({
  desk,
}) => {
  await using github = await startGithub({ version: '3.18.1' });
  const ada = github.addPerson('ada');
  ada.emails.push({ email: 'ada@home.example', verified: true, primary: false });
  const { clientId } = github.addApp();

  const { page } = await desk.startApp();
  await chooseAddress(page, `${github.address}/settings/keys`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^GitHub Enterprise Server at .*127\.0\.0\.1/);
  await page.getByRole('button', { name: 'Type a code on its page instead' }).click();
  await page.getByRole('textbox', { name: 'Client ID' }).fill(clientId);
  await keepPicture(page, 'github-connect');
  await page.getByRole('button', { name: 'Get a code' }).click();
  const code = await page.locator('p[class*=font-mono] > [aria-hidden]').innerText();
  await page.getByRole('button', { name: 'Open the page' }).click();
  const there = await openThere(page, 'Open the page');
  await expect(there.getByRole('heading', { name: 'Device Activation' })).toBeVisible();
  await there.close();
  await keepPicture(page, 'github-code');
  github.typeCode(code, ada);
  await expectProfile(page);

  await page.getByLabel('Company').fill('Analytical Engines');
  await update(page);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(ada.profile.company).toBe('Analytical Engines');

  await choosePrimary(page, ada.emails, {
    address: `${github.address}/settings/emails`,
    picture: 'github',
    // The stand-in has no page there.
    act: () => undefined,
  });
  await keepPicture(page, 'github-emails');
  await page.getByRole('button', { name: /^Make a token at / }).scrollIntoViewIfNeeded();
  await keepPicture(page, 'github-tokens');

  await signOut(page);
});
