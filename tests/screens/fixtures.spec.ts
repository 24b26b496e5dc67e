import { findFaults } from '../support/find-faults.ts';
import { expect, test } from './fixtures.ts';

test('X13 what every screen is judged by finds a name that is missing, and a contrast of one theme alone', async ({
  stage,
}) => {
  stage.services.addAccount();
  const page = await stage.open();
  await expect(page.getByRole('heading', { name: 'User Information' })).toBeVisible();
  await expect.poll(() => findFaults(page)).toEqual([]);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      .seeded { color: #333; transition: color 30s; }
      @media (prefers-color-scheme: dark) { .seeded { color: #111; } }`);
    document.adoptedStyleSheets.push(sheet);
    const paragraph = document.createElement('p');
    paragraph.className = 'seeded';
    paragraph.textContent = 'Dark words';
    document.querySelector('main')?.append(paragraph, document.createElement('button'));
  });
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => findFaults(page)).toEqual([expect.stringMatching(/^button-name: /)]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect
    .poll(() => findFaults(page))
    .toEqual([expect.stringMatching(/^button-name: /), expect.stringMatching(/^color-contrast: \.seeded/)]);
  await expect.poll(() => findFaults(page, 'colours')).toEqual([expect.stringMatching(/^color-contrast: \.seeded/)]);
});
