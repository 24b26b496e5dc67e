import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

function edges(locator: Locator): Promise<Record<'left' | 'right' | 'top' | 'bottom', number>> {
  return locator.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  });
}

test('W2 X13 what went well is told where no row is, and goes by itself', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  for (const width of [1280, 480]) {
    await page.setViewportSize({ width, height: 720 });
    await page.getByLabel('First name').fill(`Maria ${String(width)}`);
    await page.keyboard.press('Control+s');
    const toast = page.getByText('Saved', { exact: true });
    await expect(toast).toBeVisible();
    // Beside the page, or in the room that it leaves at its end. It slides in.
    if (width > 768)
      await expect
        .poll(async () => (await edges(page.getByRole('main'))).left - (await edges(toast)).right)
        .toBeGreaterThan(0);
    else {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      const last = page.locator('main section').last();
      await expect.poll(async () => (await edges(toast)).top - (await edges(last)).bottom).toBeGreaterThan(0);
    }
    await stage.judge(`toast-${String(width)}`);
    await expect(toast).toBeHidden();
  }
});

test('E6 W10 turning two-step verification off is confirmed', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.security.turnOn();
  const page = await stage.open();
  await page.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Turn Off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn Off' }).click();
  await expect(page.getByRole('status').getByText('Two-step verification is off')).toBeVisible();
});
