import * as z from 'zod';
import { openClient, type GlewlwydClient } from './glewlwyd-client.ts';

export interface GlewlwydPerson {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
}

/** What stands in `glewlwyd`'s database by itself. */
const administrator = { username: 'admin', password: 'password' };

/** An authenticator app; `scope` is what asks for its code. */
export const otp = { scheme_type: 'otp', scheme_name: 'app', scope: 'vault' } as const;
/** The plug-in that makes recovery codes. */
export const recoveryPlugin = 'recover';

export interface SeededGlewlwyd {
  readonly admin: GlewlwydClient;
  /** May use the profile, and a scope that wants an authenticator app. */
  readonly ada: GlewlwydPerson;
  /** Signs in, but may not use the profile. */
  readonly bo: GlewlwydPerson;
}

/** Adds the people, the authenticator app and the recovery codes. Errors: Error with what was refused. */
export async function seedGlewlwyd(address: string): Promise<SeededGlewlwyd> {
  const admin = openClient(address, { userAgent: 'administrator' });
  await admin.signIn(administrator.username, administrator.password);
  await setUpPeople(admin);
  for (const [path, body] of [
    ['/api/mod/scheme/', authenticatorApp(address)],
    ['/api/scope/', scopeWithApp],
    ['/api/mod/plugin/', recoveryCodes],
  ] as const)
    await add(admin, path, body);
  return {
    admin,
    ada: await addPerson(admin, 'Ada Example', ['g_profile', otp.scope]),
    bo: await addPerson(admin, 'Bo Example', ['openid']),
  };
}

/** For a test that spoils the account it uses. The first name is the username. */
export async function addPerson(
  admin: GlewlwydClient,
  name: string,
  scope: readonly string[] = ['g_profile'],
): Promise<GlewlwydPerson> {
  const username = name.split(' ')[0]!.toLowerCase();
  const person = { username, password: `${username} keeps this`, name, email: `${username}@example.org` };
  await add(admin, '/api/user/', { ...person, scope, enabled: true });
  return person;
}

/**
 * Lets the profile ask for a code of the authenticator app beside the password: of everybody, also the administrator.
 */
export async function requireAppForProfile(admin: GlewlwydClient): Promise<void> {
  const { scheme, scheme_required } = scopeWithApp;
  const body = { password_max_age: 600, password_required: true, scheme, scheme_required };
  const { status } = await admin.request('PUT', '/api/scope/g_profile', body);
  if (status !== 200) throw new Error(`the scope of the profile: ${status}`);
}

/** How long the password counts for the profile, in seconds: 600 as it comes. */
export async function setPasswordAge(admin: GlewlwydClient, seconds: number): Promise<void> {
  const rest = { password_required: true, scheme: {}, scheme_required: {} };
  const { status } = await admin.request('PUT', '/api/scope/g_profile', { password_max_age: seconds, ...rest });
  if (status !== 200) throw new Error(`the age of the password: ${status}`);
}

/** Lets people change their e-mail address by a link in a mail, which goes out by the SMTP server at this port. */
export async function addEmailChange(admin: GlewlwydClient, smtpPort: number): Promise<void> {
  await add(admin, '/api/mod/plugin/', {
    ...{ module: 'register', name: 'address', display_name: 'Change of address' },
    parameters: {
      ...{ registration: false, 'reset-credentials': false, 'update-email': true, 'update-email-token-duration': 3600 },
      ...{ host: '127.0.0.1', port: smtpPort, 'use-tls': false, 'check-certificate': false, user: '', password: '' },
      ...{ 'update-email-from': 'desk@example.org', 'update-email-content-type': 'text/plain; charset=utf-8' },
      templatesUpdateEmail: {
        en: { defaultLang: true, subject: 'Your address', 'body-pattern': 'http://127.0.0.1/address/{TOKEN}' },
      },
    },
  });
}

/**
 * As it comes, a person can have one value of each property, and no recovery code is ever right. The slow hashes of
 * passwords prove nothing here.
 */
async function setUpPeople(admin: GlewlwydClient): Promise<void> {
  const path = '/api/mod/user/database';
  const { body } = await admin.request('GET', path);
  const store = storeSchema.parse(body);
  store.parameters['data-format']['reset-credentials-code']!['multiple'] = true;
  store.parameters['pbkdf2-iterations'] = 1;
  await admin.request('PUT', path, store);
  const { status } = await admin.request('PUT', `${path}/reset/`);
  if (status !== 200) throw new Error(`${path}: ${status}`);
}

const storeSchema = z.looseObject({
  parameters: z.looseObject({ 'data-format': z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

async function add(admin: GlewlwydClient, path: string, body: unknown): Promise<void> {
  const answer = await admin.request('POST', path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

function authenticatorApp(issuer: string): object {
  const parameters = { issuer, 'secret-minimum-size': 16, 'otp-length': 6, 'totp-allow': true, 'totp-window': 0 };
  return {
    module: otp.scheme_type,
    name: otp.scheme_name,
    display_name: 'Authenticator app',
    expiration: 600,
    max_use: 0,
    allow_user_register: true,
    parameters: { ...parameters, 'totp-start-offset': 0, 'hotp-allow': false, 'hotp-window': 0 },
  };
}

const scopeWithApp = {
  name: otp.scope,
  display_name: 'Vault',
  password_required: true,
  password_max_age: 0,
  scheme: { app: [{ scheme_type: otp.scheme_type, scheme_name: otp.scheme_name }] },
  scheme_required: { app: 1 },
};

const recoveryCodes = {
  module: 'register',
  name: recoveryPlugin,
  display_name: 'Recovery codes',
  parameters: {
    registration: false,
    'update-email': false,
    'reset-credentials': true,
    'reset-credentials-session-key': 'GLEWLWYD2_RESET',
    'reset-credentials-session-duration': 3600,
    'reset-credentials-email': false,
    'reset-credentials-code': true,
    'reset-credentials-code-property': 'reset-credentials-code',
    'reset-credentials-code-list-size': 4,
  },
};
