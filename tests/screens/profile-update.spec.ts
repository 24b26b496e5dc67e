import { AppError } from '../../shared/contract/errors.ts';
import { expect, test } from './fixtures.ts';

test('W2 E2 changed fields, Update sends only them', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  await page.getByLabel('First name').fill('Maria');
  await page.getByLabel('E-mail', { exact: true }).fill('maria@nordlicht.example');
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveAccessibleDescription(/way back into your account/);
  await stage.judge('profile-changed');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect
    .poll(() => services.asked.find(({ channel }) => channel === 'profile.update')?.input)
    .toEqual({
      accountId: 'c1',
      user: { revision: 'u1', changes: { firstName: 'Maria' } },
      contact: { revision: 'c1', changes: { email: 'maria@nordlicht.example' } },
    });
  await stage.judge('profile-saved');
});

test('W2 refused fields keep what was typed', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.refusals.set(
    'contact',
    new AppError('invalid-request', {
      fields: { email: { code: 'not-an-email' }, city: { code: 'too-long', limit: 100 } },
    }),
  );
  const page = await stage.open();
  await page.getByLabel('First name').fill('Maria');
  await page.getByLabel('E-mail', { exact: true }).fill('maria');
  await page.getByLabel('City').fill('S'.repeat(120));
  await page.getByRole('button', { name: /^Update/ }).click();
  await expect(page.getByLabel('E-mail', { exact: true })).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('User Information is saved, Contact Information is not');
  await expect(page.getByText('combined with newer ones')).toBeHidden();
  await page.evaluate(() => scrollTo(0, 0));
  await stage.judge('profile-refused');
});

test('E12 X6 where the provider asks for a proof, that is said before, asked for on Update, and the change goes on', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  const { access } = services.profileOf('c1').sections.contact;
  for (const field of ['email', 'city', 'country'] as const) access[field] = { kind: 'editable', needsReauth: true };
  const page = await stage.open();
  const note = 'Control account asks you to confirm that it is you before it saves a change.';
  await expect(page.getByText(note).first()).toBeVisible();
  for (const name of ['City', 'Country'])
    await expect(page.getByRole('main').getByLabel(name)).toHaveAccessibleDescription(note);
  await expect(page.getByLabel('First name')).not.toHaveAccessibleDescription(note);
  await stage.judge('profile-needs-proof');
  await page.getByLabel('City').fill('Malmö');
  await page.getByLabel('First name').fill('Maria');
  await page.getByRole('button', { name: /^Update/ }).click();
  const question = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText(
    /User Information is saved, Contact Information is not.*prove once more who you are/s,
  );
  await expect(page.getByLabel('City')).toHaveValue('Malmö');
  await page.getByRole('button', { name: /^Update/ }).click();
  await question.getByLabel('Password', { exact: true }).fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText(note)).toHaveCount(0);
  await expect.poll(() => services.profileOf('c1').sections.contact.values.city).toBe('Malmö');
});

test('X5 X6 W2 changed, then locked: it is shown with its value, and does not stand in the way of the rest', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  const news = services.changeElsewhere('c1', 'contact', {});
  news.sections.contact.access.city = { kind: 'needs-permission', permission: 'My Account Page Edit' };
  services.emit('profile.changed', news);
  const city = page.getByLabel('City', { exact: true });
  await expect(city).toHaveAccessibleDescription(/My Account Page Edit/);
  await expect(city).toHaveValue('Stockholm');
  const box = page.getByRole('status').filter({ hasText: 'Control account does not let you change this now' });
  await expect(box.getByRole('listitem')).toHaveText(/City\s*Malmö/);
  await stage.judge('profile-locked-meanwhile');
  await page.getByLabel('Phone').fill('+46 8 1');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect.poll(() => services.drafts.kept.get('c1')?.edits.map(({ path }) => path)).toEqual(['contact.city']);
  await page.getByRole('button', { name: 'Drop “City”' }).click();
  await expect(box).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(box).toBeVisible();
});

test('W2 a failure that no field can show is brought into view', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.refusals.set('contact', new AppError('server-fault'));
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  await page.getByRole('main').getByRole('heading', { name: 'MFA' }).scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(page.getByText('Registered on')).not.toBeInViewport();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert')).toContainText('The service has a fault');
  await expect(page.getByRole('alert')).toBeInViewport({ ratio: 1 });
  await expect(page.locator('#profile-messages')).toBeFocused();
  await stage.judge('profile-failed');
});

test('W4 more than fits into one request is refused with a reason, and stays', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByLabel('City').fill('x'.repeat(2_100_000));
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert')).toContainText('more than Profile Desk can take at once');
  await expect(page.getByLabel('City')).toHaveValue(/^x{1000}/);
});

test('W2 in a narrow window the title bar keeps its height when something changes', async ({ stage, page }) => {
  stage.services.addAccount();
  await page.setViewportSize({ width: 400, height: 800 });
  await stage.open();
  // The last that is loaded: from here on nothing moves by itself.
  await expect(page.getByRole('button', { name: 'Turn On' })).toBeVisible();
  const top = async () => (await page.getByRole('heading', { name: 'User Information' }).boundingBox())?.y;
  const before = await top();
  await page.getByLabel('First name').fill('Maria');
  await page.getByLabel('Last name').fill('Berg');
  await expect(page.getByRole('button', { name: 'Update 2 changes' })).toBeVisible();
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(top).toBe(before);
  await stage.judge('profile-narrow');
});

test('W2 changed elsewhere: both values to choose from', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const page = await stage.open();
  await page.getByLabel('City').fill('Malmö');
  services.emit(
    'profile.changed',
    services.changeElsewhere('c1', 'contact', { city: 'Uppsala', phone: '+46 18 100 00 00' }),
  );
  await expect(page.getByText('Value there now')).toBeVisible();
  await stage.judge('conflict-messages');
  await page.getByText('Value there now').scrollIntoViewIfNeeded();
  await stage.judge('conflict');
  await page.getByRole('button', { name: /^Keep yours/ }).click();
  await page.getByRole('button', { name: /^Update/ }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect
    .poll(() => services.profileOf('c1').sections.contact.values)
    .toMatchObject({ city: 'Malmö', phone: '+46 18 100 00 00' });
});

test('W2 leaving with changes asks first', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByLabel('First name').fill('Maria');
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await stage.judge('menu');
  await page.getByRole('menuitem', { name: 'Add another account' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('First name');
  await expect(page.getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await stage.judge('leave');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('First name')).toHaveValue('Maria');
});
