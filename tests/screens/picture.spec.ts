import { expect, test } from './fixtures.ts';

test('E2 choosing a picture', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByRole('button', { name: 'Change picture' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no image') });
  await expect(dialog.getByRole('alert')).toContainText('cannot be read as an image');
  await stage.judge('avatar-unreadable');
  // 40 × 20 pixels, left half red, right half blue: the middle square is half of each.
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
    const context = canvas.getContext('2d');
    for (const [x, color] of [
      [0, '#f00'],
      [20, '#00f'],
    ] as const) {
      if (context) context.fillStyle = color;
      context?.fillRect(x, 0, 20, 20);
    }
    return canvas.toDataURL('image/png');
  });
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'two.png', mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1] ?? '', 'base64') });
  await expect(dialog.locator('img')).toBeVisible();
  await stage.judge('avatar-chosen');
  await dialog.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByRole('button', { name: 'Update 1 change' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect
    .poll(() => stage.services.profileOf('c1').sections.avatar.values.image)
    .toMatch(/^data:image\/webp;base64,/);
});
