import { Secret } from 'otpauth';
import { oathtool } from '../../../support/oathtool.ts';
import type { Notes } from '../notes.ts';
import { PageVisitor, readField } from '../page-visitor.ts';
import { authorize } from '../sign-in.ts';
import { Client, makePerson, withSwitches, type KeycloakWorld } from './world.ts';

interface Container {
  readonly type: string;
  readonly userCredentialMetadatas: readonly { readonly credential: { readonly id: string } }[];
}

/** As an authenticator app makes it of the secret on the page, which is a text. */
function makeCode(secret: string): string {
  return oathtool(Secret.fromUTF8(secret).base32, '--totp');
}

function firstOf(containers: unknown, type: string): string {
  const container = (containers as readonly Container[]).find((each) => each.type === type);
  return container?.userCredentialMetadatas[0]?.credential.id ?? '';
}

/** The pages that make credentials, each with what it refuses and how one leaves it. */
export async function setUpCredentials(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world));
  await client.ask('credentials of somebody new', 200, '/credentials');
  await changePassword(client);
  const secret = await addAuthenticator(client);
  await takeRecoveryCodes(client);
  await client.act('passkey', 'webauthn-register-passwordless');
  const all = await client.ask('credentials', 200, '/credentials');
  await client.ask('of one kind', 200, '/credentials?type=otp');
  await client.ask('kinds alone', 200, '/credentials?user-credentials=false');
  await labelAndRemove(client, firstOf(all, 'otp'), firstOf(all, 'password'));
  await signInWithCode(client, secret);
  for (const action of ['NO_SUCH_ACTION', 'delete_credential', 'delete_credential:nothing', 'update_user_locale'])
    await client.act(`not offered: ${action}`, action);
}

async function changePassword(client: Client): Promise<void> {
  await client.cancel('password, cancelled', 'UPDATE_PASSWORD');
  const page = await client.act('password', 'UPDATE_PASSWORD');
  const type = (name: string, from: typeof page, first: string, second: string) =>
    client.fill(name, from, { 'password-new': first, 'password-confirm': second });
  const short = await type('password too short', page, 'short', 'short');
  const different = await type('passwords differ', short, 'Sunny-garden-43', 'Sunny-garden-44');
  await type('password changed', different, client.person.password, client.person.password);
}

async function addAuthenticator(client: Client): Promise<string> {
  await client.cancel('authenticator, cancelled', 'CONFIGURE_TOTP');
  const page = await client.act('authenticator', 'CONFIGURE_TOTP');
  const wrong = await client.fill('wrong code', page, { totp: '000000', userLabel: 'Phone' });
  const secret = readField(wrong, 'totpSecret');
  await client.fill('authenticator added', wrong, { totp: makeCode(secret), userLabel: 'Phone' });
  const second = await client.begin('CONFIGURE_TOTP');
  const typed = { totp: makeCode(readField(second, 'totpSecret')), userLabel: 'Phone' };
  const clash = await client.fill('name of another', second, typed);
  await client.fill('second authenticator', clash, { ...typed, userLabel: 'Tablet' });
  return secret;
}

/** One after the other, each in a browser of its own, until the list warns of how few there are. */
export async function spendRecoveryCodes(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world));
  const page = await client.begin('CONFIGURE_RECOVERY_AUTHN_CODES');
  const codes = readField(page, 'generatedRecoveryAuthnCodes').split(',');
  await client.visitor.submit(page, {});
  for (const code of codes.slice(0, 9)) {
    const visitor = new PageVisitor(world.base);
    const first = await visitor.open(authorize(world.issuer).address);
    const second = await visitor.submit(first, client.credentials, 'kc-form-login');
    notes.page(
      'recovery code',
      await visitor.submit(second, { recoveryCodeInput: code }, 'kc-recovery-code-login-form'),
    );
  }
  await client.ask('few codes left', 200, '/credentials?type=recovery-authn-codes');
}

async function takeRecoveryCodes(client: Client): Promise<void> {
  await client.cancel('recovery codes, cancelled', 'CONFIGURE_RECOVERY_AUTHN_CODES');
  const page = await client.act('recovery codes', 'CONFIGURE_RECOVERY_AUTHN_CODES');
  await client.fill('recovery codes taken', page, {});
  const again = await client.act('recovery codes again', 'CONFIGURE_RECOVERY_AUTHN_CODES');
  await client.fill('recovery codes replaced', again, {});
}

async function labelAndRemove(client: Client, otp: string, password: string): Promise<void> {
  const label = (name: string, status: number, id: string, text: unknown) =>
    client.send(name, status, 'PUT', `/credentials/${id}/label`, text);
  await label('labelled', 204, otp, 'Work phone');
  await label('label of another', 409, otp, 'Tablet');
  await label('label of nothing', 404, 'nothing', 'x');
  await label('label is no text', 400, otp, { label: 'x' });
  await label('label too long', 500, otp, 'x'.repeat(300));
  await client.send('password cannot be deleted', 400, 'DELETE', `/credentials/${password}`);
  await client.send('nothing to delete', 404, 'DELETE', '/credentials/nothing');
  await client.cancel('removal, cancelled', `delete_credential:${otp}`);
  await client.fill('removed', await client.act('removal', `delete_credential:${otp}`), {});
  await client.fill('password stays', await client.act('removal of a password', `delete_credential:${password}`), {});
  await client.ask('credentials left', 200, '/credentials');
}

/** In another browser, where the code is asked for. */
async function signInWithCode({ world, notes, credentials }: Client, secret: string): Promise<void> {
  const visitor = new PageVisitor(world.base);
  const first = await visitor.open(authorize(world.issuer).address);
  const second = notes.page('second step', await visitor.submit(first, credentials, 'kc-form-login'));
  notes.page(
    'wrong code at it',
    await visitor.submit(second, { otp: makeCode(`other ${secret}`) }, 'kc-otp-login-form'),
  );
}

/** The page for a new address. */
export async function changeEmailByAction(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world));
  await client.cancel('e-mail, cancelled', 'UPDATE_EMAIL');
  const page = await client.act('e-mail', 'UPDATE_EMAIL');
  const wrong = await client.fill('no e-mail address', page, { email: 'x' });
  const clash = await client.fill('address of another', wrong, { email: 'ada@staff.example' });
  await client.fill('e-mail changed', clash, { email: `new-${client.person.email}` });
  await client.ask('record with it', 200, '/?userProfileMetadata=false');
}

/** Where a new address counts once the link of a mail was opened. */
export async function confirmEmail(world: KeycloakWorld, notes: Notes): Promise<void> {
  const unverified = await Client.signIn(world, notes, await makePerson(world));
  await unverified.visitor.submit(await unverified.begin('UPDATE_EMAIL'), { email: `un-${unverified.person.email}` });
  await withSwitches(world, { verifiesEmail: true }, async () => {
    await unverified.act('the old address has to be verified first', 'UPDATE_EMAIL');
    const client = await Client.signIn(world, notes, await makePerson(world));
    const email = `new-${client.person.email}`;
    await client.fill('mail sent', await client.begin('UPDATE_EMAIL'), { email });
    await client.ask('nothing has changed yet', 200, '/');
    await client.act('no way to cancel', 'UPDATE_EMAIL');
    await world.confirmEmail(client.person, email);
    const record = await client.ask('confirmed', 200, '/?userProfileMetadata=false');
    if ((record as { email: string }).email !== email) throw new Error(`not ${email}: ${JSON.stringify(record)}`);
  });
}
