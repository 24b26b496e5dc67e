import { expect, test, type Stage } from './fixtures.ts';

const long = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh of the Northern Isles';
const twelfth = { name: 'Person 12', email: 'person.12@staff.example', avatar: null };

/** Keycloak and profile services in turn, the demo first and a very long name second. */
function addMany({ services }: Stage, count: number, isSignedOut: boolean): void {
  for (let number = 1; number <= count; number += 1) {
    const isKeycloak = number % 2 === 0;
    const name = number === 2 ? long : `Person ${String(number)}`;
    services.addAccount({
      kind: isKeycloak ? 'keycloak' : 'reference',
      address: number === 1 ? null : `https://id${String(number % 7)}.example.org/${isKeycloak ? 'realms/staff' : ''}`,
      providerName: isKeycloak ? 'staff' : 'Control account',
      person: number === 12 ? twelfth : { name, email: `person.${String(number)}@staff.example`, avatar: null },
      ...(isSignedOut && { state: { kind: 'signed-out', sessionEnded: false } }),
    });
  }
}

test('D5 accounts at several services are told apart in the menu by name, mark and host', async ({ stage }) => {
  addMany(stage, 5, false);
  const page = await stage.open();
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await expect(page.getByRole('group', { name: 'Accounts' }).getByRole('menuitem')).toHaveText([
    /Person 1.*on this computer/,
    /of the Northern Isles.*staff.*id2\.example\.org/,
    /Person 3.*Control account.*id3\.example\.org/,
    /Person 4.*staff.*id4\.example\.org/,
    /Person 5.*Control account.*id5\.example\.org.*current/,
  ]);
  await stage.judge('account-menu-services');
});

test('D5 a hundred accounts: the rest of the menu stays in sight, by keyboard too', async ({ stage }) => {
  addMany(stage, 100, false);
  const page = await stage.open();
  await page.getByRole('button', { name: /^Account menu/ }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Sign out', exact: true })).toBeInViewport();
  await page.keyboard.press('P');
  await page.keyboard.press('P');
  await expect(page.getByRole('menuitem', { name: /^Person 3 / })).toBeFocused();
  await page.setViewportSize({ width: 480, height: 860 });
  await stage.judge('account-menu-hundred-narrow');
});

test('D5 a hundred accounts are searched on the sign-in page, and a further one is one press away', async ({
  stage,
}) => {
  addMany(stage, 100, true);
  const page = await stage.open();
  await expect(page.getByRole('heading', { name: 'Choose an account', level: 1 })).toBeFocused();
  await stage.judge('connect-hundred');
  await page.getByLabel('Find an account').fill('12 STAFF');
  await expect(page.getByRole('listitem')).toHaveText([/Person 12/]);
  await page.setViewportSize({ width: 480, height: 860 });
  await stage.judge('connect-hundred-found-narrow');
  await page.getByLabel('Find an account').fill('nobody');
  await expect(page.getByText('No account matches.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Connect to a service/ })).toBeVisible();
});
