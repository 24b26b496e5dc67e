import { expect, test } from './fixtures.ts';

test('W2 X13 what went well is told where no row is, and goes by itself', async ({ stage }) => {
  stage.services.addConnection();
  const page = await stage.open();
  for (const width of [1280, 480]) {
    await page.setViewportSize({ width, height: 720 });
    await page.getByLabel('First name').fill(`Maria ${String(width)}`);
    await page.keyboard.press('Control+s');
    const toast = page.getByText('Saved', { exact: true });
    await expect(toast).toBeVisible();
    const box = (await toast.boundingBox())!;
    // Beside the page, or in the room that it leaves at its end.
    if (width > 768) expect(box.x + box.width).toBeLessThan((await page.getByRole('main').boundingBox())!.x);
    else {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      const last = (await page.locator('main section').last().boundingBox())!;
      expect(last.y + last.height).toBeLessThan((await toast.boundingBox())!.y);
    }
    await stage.judge(`toast-${String(width)}`);
    await expect(toast).toBeHidden({ timeout: 15_000 });
  }
});

test('E6 W10 turning two-step verification off is confirmed', async ({ stage }) => {
  const { services } = stage;
  services.addConnection();
  services.security.turnOn();
  const page = await stage.open();
  await page.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Turn Off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn Off' }).click();
  await expect(page.getByRole('status').getByText('Two-step verification is off')).toBeVisible();
});
