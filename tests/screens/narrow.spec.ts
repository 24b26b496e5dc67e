import { keepPicture } from '../support/pictures.ts';
import { expect, test } from './fixtures.ts';

test('X13 in the range between phone and desk nothing of the navigation is cut', async ({ stage }) => {
  const { id } = stage.services.addAccount();
  stage.services.profileOf(id).offers = ['identity-keys'];
  const page = await stage.open();
  const links = page.getByRole('navigation').getByRole('link');
  await expect(links).toHaveCount(5);
  for (const width of [320, 480, 520, 580, 640, 760]) {
    await page.setViewportSize({ width, height: 720 });
    const faults = () =>
      links.evaluateAll(
        (all, most) =>
          all.flatMap((link) => {
            const { right, height } = link.getBoundingClientRect();
            const icon = link.querySelector('svg')?.getBoundingClientRect().width ?? 0;
            return right <= most && icon > 16 && height < 40
              ? []
              : [`${link.textContent}: ends at ${right}, its icon is ${icon} wide, ${height} high`];
          }),
        width,
      );
    await expect.poll(faults, `${String(width)} px: inside, its icon whole, one line`).toEqual([]);
  }
});

test('X13 E11 at 480 px the order of a list can be read', async ({ stage }) => {
  const { services } = stage;
  const { id } = services.addAccount();
  services.profileOf(id).offers = ['identity-keys'];
  services.sshKeys.addKey();
  services.sshKeys.addKey({ title: 'Yubikey', sha256: 'SHA256:yubikey' });
  const page = await stage.open();
  await page.setViewportSize({ width: 480, height: 720 });
  await page.getByRole('link', { name: 'Identity keys' }).click();
  const order = page.getByRole('search').getByRole('combobox');
  await expect.poll(async () => (await order.boundingBox())?.width).toBeGreaterThan(120);
});

test('X13 the colours of the system leave apart what can be used and what cannot', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.emulateMedia({ forcedColors: 'active' });
  const update = page.getByRole('button', { name: /^Update/ });
  const look = () =>
    update.evaluate((button) => {
      const sample = document.body.appendChild(document.createElement('p'));
      sample.style.color = 'GrayText';
      const gray = getComputedStyle(sample).color;
      sample.remove();
      const { borderStyle, color } = getComputedStyle(button);
      return [borderStyle, color === gray ? 'gray' : 'another colour'];
    });
  // A change of colours takes a moment.
  await expect.poll(look).toEqual(['dashed', 'gray']);
  await page.getByLabel('First name').fill('Maria');
  await expect.poll(look).toEqual(['solid', 'another colour']);
  const avatar = page.locator('span.rounded-full').filter({ hasText: 'ML' }).first();
  await expect(avatar).toHaveCSS('border-top-width', '1px');
  const knob = page.getByRole('switch').first();
  await expect.poll(() => knob.evaluate((each) => getComputedStyle(each, '::before').content)).toBe('none');
  await keepPicture(page, 'screens/forced-colours');
});

test('W2 E12 X13 what takes itself away gives the focus on, never to nowhere', async ({ stage }) => {
  const { services } = stage;
  const { id } = services.addAccount();
  services.profileOf(id).offers = ['api-key'];
  services.keys.addApiKey();
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  services.emit('profile.changed', services.changeElsewhere(id, 'contact', { city: 'Uppsala' }));
  await page.getByRole('button', { name: 'Keep yours' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('City')).toBeFocused();
  const replace = page.getByRole('button', { name: 'Replace step by step' });
  await replace.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Replace your API key' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(replace).toBeFocused();
});
