import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Response } from '@playwright/test';
import { chooseAddress, givePassword, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';

/** What an earlier try was answered stands there until then. */
function waitForAnswer(page: Page): Promise<Response> {
  return page.waitForResponse((response) => response.request().postData()?.includes('auth.signIn') === true);
}

test('a wrong password does not tell whether the account exists; too many lock out, with the time left, also the right one', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await chooseAddress(page, server.address);
  await givePassword(page, server.demo.identifier, 'wrong');
  const answer = page.getByRole('alert');
  await expect(answer).toContainText('Wrong e-mail or password.');
  await expect(answer).toContainText('4 tries left before a 15-minute pause.');
  const known = await answer.textContent();
  const answered = waitForAnswer(page);
  await givePassword(page, 'nobody@profile-desk.example', 'wrong');
  await answered;
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
  await expect(answer).toHaveText(known ?? '');
  await keepPicture(page, 'wrong-password');

  for (let failures = 2; failures <= 5; failures += 1) {
    const answered = waitForAnswer(page);
    await givePassword(page, server.demo.identifier, `wrong ${failures}`);
    await answered;
  }
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
  await givePassword(page, server.demo.identifier, server.demo.password);
  await expect(page.getByRole('alert')).toContainText(/Too many tries\. Try again in 1[45] min/);
  await keepPicture(page, 'locked-out');
});

const badAddresses = [
  ['', 'Please fill this in.'],
  ['no address at all', 'This is not an address.'],
  ['ftp://profile.example.com', 'This is not an address.'],
  ['https://user:secret@profile.example.com', 'This is not an address.'],
  ['http://profile.example.com', 'This address is not encrypted.'],
  ['https://profile.invalid', /No service is known under this address|This computer has no network/],
  ['http://127.0.0.1:1', 'Nothing answers at this address.'],
  [`https://${'a'.repeat(1_900)}.example`, 'This is not an address.'],
  [`https://profile.example.com/${'a'.repeat(10_000)}`, 'This is too long.'],
] as const;

test('addresses that lead nowhere, or to a web page: each says what is wrong, and can be corrected', async ({
  desk,
}) => {
  const { page } = await desk.startApp();
  await page.getByRole('button', { name: 'Connect to a service' }).click();
  for (const [address, message] of badAddresses) {
    await test.step(address.slice(0, 60) || 'nothing', async () => {
      await page.getByLabel('Address of the service').fill(address);
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByRole('main')).toContainText(message);
      await expect(page.getByLabel('Address of the service')).toHaveValue(address);
    });
  }
  await keepPicture(page, 'bad-address');

  const web = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><script>alert(1)</script>');
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  await page.getByLabel('Address of the service').fill(`http://127.0.0.1:${(web.address() as AddressInfo).port}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('main')).toContainText('A web page or something else answered');
  web.close();
});
