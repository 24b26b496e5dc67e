import type { Page } from '@playwright/test';
import { ada } from '../../providers/keycloak/people.ts';
import { calendarClient, deskClient } from '../../providers/keycloak/realm.ts';
import { recordOf } from '../../providers/keycloak/record-of.ts';
import { startKeycloakStandIn, type KeycloakStandIn } from '../../providers/stand-ins/keycloak/start-stand-in.ts';
import { chooseAddress, expectProfile, keepPicture } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { comeBack, openThere, signOut } from './page-acts.ts';
import { openScreen } from './security-acts.ts';

const next = 'Rainy-garden-43';

async function signInThere(there: Page, password: string): Promise<void> {
  await there.getByLabel('Username or email').fill(ada.username);
  await there.getByLabel('Password').fill(password);
  await there.getByRole('button', { name: 'Sign In' }).click();
}

/** A refusal at its field first, then saved: another program sees it. */
async function changeDescribedFields(page: Page, keycloak: KeycloakStandIn): Promise<void> {
  const section = page.getByRole('region', { name: 'More at staff' });
  await section.getByLabel('Department').selectOption('Support');
  const languages = section.getByRole('group', { name: 'Languages' });
  await languages.getByLabel('fr').check();
  await page.getByRole('button', { name: 'Update 2 changes' }).click();
  await expect(languages).toHaveAccessibleDescription(/^These are too many/);
  await expect(languages.getByLabel('en')).toBeFocused();
  await keepPicture(page, 'keycloak-described-refused');
  await languages.getByLabel('de').uncheck();
  await page.getByRole('button', { name: 'Update 2 changes' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect
    .poll(() => recordOf(keycloak, ada))
    .toMatchObject({ attributes: { ...ada.attributes, department: ['support'], languages: ['en', 'fr'] } });
}

/** Of the calendar, which the person let in elsewhere. */
async function withdrawAccess(page: Page, keycloak: KeycloakStandIn): Promise<void> {
  const section = page.getByRole('region', { name: 'Applications with access' });
  await expect(section.getByRole('listitem').filter({ hasText: 'Team calendar' })).toContainText('May use: User roles');
  await section.getByRole('button', { name: 'Withdraw the access of Team calendar' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw access' }).click();
  await expect(page.getByText('“Team calendar” has no access to your account')).toBeVisible();
  expect([...keycloak.realm.find(ada.username)!.consents.keys()]).toEqual([]);
}

test('R1 R2 R3 R4: Keycloak is found, signed in to in the browser, changes fields and a password, and is left', async ({
  desk,
}) => {
  await using keycloak = await startKeycloakStandIn();
  const { page } = await desk.startApp();
  await chooseAddress(page, `${keycloak.issuer}/account/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Keycloak at .*127\.0\.0\.1.*, realm .*staff/);
  await page.getByRole('textbox', { name: 'Client ID' }).fill(deskClient);
  await keepPicture(page, 'keycloak-connect');
  await page.getByRole('button', { name: /^Sign in at / }).click();
  const signIn = await openThere(page, 'Open the sign-in page');
  await signInThere(signIn, ada.password);
  await comeBack(signIn);
  await expectProfile(page);
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue(ada.firstName);
  await keepPicture(page, 'keycloak-profile');
  await test.step('R3 fields that the realm describes', () => changeDescribedFields(page, keycloak));

  const now = Date.now();
  keycloak.realm.find(ada.username)!.consents.set(calendarClient, { createdDate: now, lastUpdatedDate: now });
  await openScreen(page, 'Security');
  await test.step('R4 applications with access', () => withdrawAccess(page, keycloak));
  await page.getByRole('button', { name: /^Change password at / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'I am done' }).click();
  await expect(dialog.getByText('Nothing has changed there yet.')).toBeVisible();
  await keepPicture(page, 'keycloak-hand-off');
  // Signed in there already.
  const change = await openThere(page, 'Open the page');
  await change.getByLabel('New Password').fill(next);
  await change.getByLabel('Confirm password').fill(next);
  await change.getByRole('button', { name: 'Submit' }).click();
  await comeBack(change);
  await expect(dialog.getByText('The service confirms it')).toBeVisible();
  await keepPicture(page, 'keycloak-password-changed');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: /^Change password at / }).click();
  const cancelled = await openThere(page, 'Open the page');
  await cancelled.getByRole('button', { name: 'Cancel' }).click();
  await comeBack(cancelled);
  await expect(dialog.getByText(/^You cancelled it/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await signOut(page);
  await page.getByRole('button', { name: /Sign in again$/ }).click();
  // The client id is known by now; the session in the browser is over too.
  await page.getByRole('button', { name: /^Sign in at / }).click();
  const again = await openThere(page, 'Open the sign-in page');
  await expect(again.getByLabel('Username or email')).toHaveValue(ada.email);
  await signInThere(again, next);
  await comeBack(again);
  await expectProfile(page);
});
