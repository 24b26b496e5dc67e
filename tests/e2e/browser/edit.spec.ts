import { keepPicture, signIn, update } from './acts.ts';
import { expect, test } from './fixtures.ts';

test('W2 W4 W8: an edit is sent by Update, and is there for whoever looks next', async ({ desk }) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp({ data: 'first' });
  await signIn(page, server);
  await expect(page.getByRole('button', { name: /^Update/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'City' }).fill('Ålesund');
  await page.getByRole('textbox', { name: 'First name' }).fill('Mára 🦊');
  await keepPicture(page, 'edited');
  await update(page);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await keepPicture(page, 'saved');

  const { page: elsewhere } = await desk.startApp({ data: 'second' });
  await signIn(elsewhere, server);
  await expect(elsewhere.getByRole('textbox', { name: 'City' })).toHaveValue('Ålesund');
  await expect(elsewhere.getByRole('textbox', { name: 'First name' })).toHaveValue('Mára 🦊');
});

test('W2 W8 X6: what may be changed, is not sent before Update, and is refused at its field with nothing typed lost', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const { page } = await desk.startApp();
  await signIn(page, server);

  await test.step('a locked field names the missing permission', async () => {
    await expect(page.getByRole('textbox', { name: 'Role' })).toHaveAccessibleDescription(
      /needs the permission “Role Change”/,
    );
    await expect(page.getByRole('textbox', { name: 'Role' })).not.toBeEditable();
  });

  await test.step('nothing is sent before Update, and leaving with changes asks first', async () => {
    await expect(page.getByRole('textbox', { name: 'City' })).not.toHaveValue('');
    const city = await page.getByRole('textbox', { name: 'City' }).inputValue();
    await page.getByRole('textbox', { name: 'City' }).fill('Elsewhere');
    await page.evaluate(() => {
      location.hash = '#/connect';
    });
    await expect(page.getByRole('alertdialog')).toContainText('Save your changes?');
    await keepPicture(page, 'leave-question');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await expect(page.getByRole('textbox', { name: 'City' })).toHaveValue('Elsewhere');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await expect(page.getByRole('textbox', { name: 'City' })).toHaveValue(city);
  });

  await test.step('the refusals of the server stand at their fields, and nothing typed is lost', async () => {
    await page.getByRole('textbox', { name: 'E-mail' }).fill('not an address');
    await page.getByRole('textbox', { name: 'Phone' }).fill('call me');
    await page.getByRole('textbox', { name: 'City' }).fill('x'.repeat(10_000));
    await update(page);
    await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveAccessibleDescription(
      /This is not an e-mail address/,
    );
    await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveAccessibleDescription(
      /This is not a phone number/,
    );
    await expect(page.getByRole('textbox', { name: 'City' })).toHaveAccessibleDescription(/too long/);
    await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveValue('call me');
    await keepPicture(page, 'field-errors');
  });
});

test('W2: a change made elsewhere meanwhile is shown with both values, and never overwritten silently', async ({
  desk,
}) => {
  const server = await desk.startServer();
  const mine = (await desk.startApp({ data: 'mine' })).page;
  const theirs = (await desk.startApp({ data: 'theirs' })).page;
  await signIn(mine, server);
  await signIn(theirs, server);
  await mine.getByRole('textbox', { name: 'City' }).fill('My city');
  await mine.getByRole('textbox', { name: 'Postal code' }).fill('11111');
  await theirs.getByRole('textbox', { name: 'City' }).fill('Their city');
  await theirs.getByRole('textbox', { name: 'Address line 2' }).fill('Back door');
  await update(theirs);
  await expect(theirs.getByText('Saved', { exact: true })).toBeVisible();

  await update(mine);
  const choice = mine.getByRole('group', { name: /Changed elsewhere too/ });
  await expect(choice).toContainText('My city');
  await expect(choice).toContainText('Their city');
  await keepPicture(mine, 'conflict');
  await choice.getByRole('button', { name: 'Keep yours' }).click();
  await update(mine);
  await expect(mine.getByText('Saved', { exact: true })).toBeVisible();
  await expect(mine.getByRole('textbox', { name: 'City' })).toHaveValue('My city');
  await expect(mine.getByRole('textbox', { name: 'Postal code' })).toHaveValue('11111');
  // What only they had changed is still theirs.
  await expect(mine.getByRole('textbox', { name: 'Address line 2' })).toHaveValue('Back door');
});
