import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test('K9 R5 a signature for a page of the service is shown with the time that it counts, and its page opens', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount({ kind: 'gitea', address: 'https://git.nordlicht.example', providerName: 'Nordlicht Git' });
  Object.assign(services.sshKeys.head, {
    canVerify: false,
    canRename: false,
    canReplace: true,
    proofPage: 'git.nordlicht.example',
  });
  services.sshKeys.addKey({ title: 'Laptop', hasPrivateHalf: true });
  const page = await stage.open();
  await page.getByRole('link', { name: 'Identity keys' }).click();
  await page.getByRole('grid').getByText('Laptop').click();
  const verify = page.getByRole('button', { name: 'Verify at git.nordlicht.example' });
  await expect(verify).toBeVisible();
  await stage.judge('key-proof-offered');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByText('Nordlicht Git renames no key')).toBeVisible();
  await stage.judge('key-renamed-anew');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await verify.click();
  const dialog = page.getByRole('dialog', { name: 'Verify “Laptop” at git.nordlicht.example' });
  await expect(dialog.getByText('BEGIN SSH SIGNATURE')).toBeVisible();
  await stage.judge('key-proof');
  services.handOff.address = 'https://git.nordlicht.example/user/settings/keys?verify_ssh=SHA256%3Aabc';
  await dialog.getByRole('button', { name: 'Open the page' }).click();
  await expect(dialog.getByRole('link', { name: 'Open the page' })).toBeVisible();
  services.sshKeys.proofSeconds = 1;
  await page.setViewportSize({ width: 480, height: 800 });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await verify.click();
  await expect(dialog.getByText('It does not count any more.').first()).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  const rightOf = async (part: Locator) => {
    const box = await part.boundingBox();
    return box!.x + box!.width;
  };
  await expect.poll(async () => (await rightOf(dialog.locator('code'))) < (await rightOf(dialog))).toBe(true);
  await stage.judge('key-proof-over-narrow');
});
