import { TOTP } from 'otpauth';
import { addPerson, linkIdentity, oidcProvider, readTraits } from '../../providers/kratos/kratos-server.ts';
import { startKratosStandIn } from '../../providers/stand-ins/kratos/start-kratos.ts';
import { chooseAddress, expectProfile, givePassword, keepPicture, update } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { handOff, signOut } from './page-acts.ts';
import { giveCode, openScreen } from './security-acts.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test('R2 R3 R8: Ory Kratos is found, opened in two steps, changed by its own schema, and asks for a proof', async ({
  desk,
}) => {
  await using server = await startKratosStandIn();
  const person = await addPerson(server, { name: { first: 'Ada', last: 'Example' }, department: 'Sales', badge: 'B7' });
  server.state.identities.get(person.id)!.totp = secret;

  const { page } = await desk.startApp();
  await chooseAddress(page, `${server.address}/self-service/login/browser`);
  await givePassword(page, person.email, person.password);
  await giveCode(page, new TOTP({ secret }).generate());
  await expectProfile(page);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.getByLabel('Seats').fill('12');
  await page.getByLabel('Department').selectOption('Research');
  await update(page);
  await expect(page.getByText('This number is too small or too large.')).toBeVisible();
  await page.getByLabel('Seats').fill('4');
  await update(page);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect
    .poll(() => readTraits(server, person.id))
    .toMatchObject({ seats: 4, department: 'Research', badge: 'B7' });
  await keepPicture(page, 'kratos-profile');
  await page.getByLabel('Badge').scrollIntoViewIfNeeded();
  await keepPicture(page, 'kratos-more');

  await openScreen(page, 'Security');
  await test.step('an identity is linked on its page', async () => {
    await handOff(page, {
      button: /^Link an account at /,
      entry: oidcProvider.label,
      address: `${server.address}/self-service/settings/browser`,
      picture: 'kratos',
      act: () => linkIdentity(server, person.id),
    });
    const section = page.getByRole('region', { name: 'Linked accounts' });
    await expect(section.getByRole('listitem')).toContainText(oidcProvider.label);
  });

  server.ageSignIns(3_000);
  await page.getByRole('button', { name: 'Make a new set' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make a new set' }).click();
  const question = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await question.getByLabel('Password', { exact: true }).fill(person.password);
  await keepPicture(page, 'kratos-proof');
  await question.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(12);
  await keepPicture(page, 'kratos-codes');
  await page.reload();
  await openScreen(page, 'Sessions');
  await expect(page.getByRole('region', { name: 'This session' })).toContainText('127.0.0.1');
  await keepPicture(page, 'kratos-sessions');
  await signOut(page);
  expect(server.state.sessions.size).toBe(0);
});
