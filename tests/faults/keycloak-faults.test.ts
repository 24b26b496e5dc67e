import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createKeycloakProvider } from '../../electron/services/provider/keycloak/create-keycloak-provider.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import type { TokenSource } from '../../electron/services/provider/tokens.ts';
import { applicationsSnapshotSchema } from '../../shared/contract/applications.ts';
import { linkedAccountsSnapshotSchema } from '../../shared/contract/account/linked-accounts.ts';
import { mfaStatusSchema } from '../../shared/contract/account/mfa.ts';
import type { Handler } from './fault-server.ts';
import { halfBody, reply, resetAtOnce } from './faults.ts';
import { head, outcomeOf, serveRoutes, toSnapshot, wrongShape, type RouteServer } from './serve-routes.ts';

const attribute = (name: string, more: object = {}) => ({ name, displayName: name, readOnly: false, ...more });
const metadata = { attributes: ['username', 'firstName', 'lastName', 'email'].map((name) => attribute(name)) };
const person = {
  ...{ id: 'p1', username: 'ada', firstName: 'Ada', lastName: 'Berg', email: 'ada@staff.example' },
  ...{ emailVerified: true, attributes: { shoe: ['43'] }, userProfileMetadata: metadata },
};
const session = { id: 's1', ipAddress: '127.0.0.1', started: 1_795_932_124, expires: 1_795_968_124, current: true };
const devices = (sessions: readonly object[]) => [{ os: 'Linux', osVersion: 'Unknown', device: 'Other', sessions }];
const otp = (credential: object) => [
  { type: 'otp', createAction: 'CONFIGURE_TOTP', removeable: true, userCredentialMetadatas: [{ credential }] },
];
const json = (value: unknown, status = 200) => reply(JSON.stringify(value), {}, status);
const healthy: Readonly<Record<string, Handler>> = {
  'GET /account/': json(person),
  'POST /account/': (_request, response) => response.writeHead(204).end(),
  'GET /account/credentials': json([]),
  'GET /account/sessions/devices': json(devices([session])),
  'GET /account/linked-accounts': json([]),
};

let server: RouteServer;
afterEach(() => server.close());

const provider = createKeycloakProvider({ clock: createSystemClock(), version: '1.0.0' });

/** A server that is well but for these paths. */
async function open(
  broken: Readonly<Record<string, Handler>> = {},
  more: Partial<TokenSource> = {},
): Promise<ProviderAccount> {
  server = await serveRoutes({ ...healthy, ...broken }, json({ error: 'HTTP 404 Not Found' }, 404));
  const tokens = {
    scopes: null,
    accessToken: () => Promise.resolve('a1'),
    renewed: () => Promise.resolve('a2'),
    ...more,
  };
  return provider.open(server.address, tokens, 'profile-desk');
}

const readProfile = async (account: ProviderAccount) => toSnapshot(await account.readProfile());

describe('R4 D2 · a profile that a broken or hostile Keycloak sends', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json(person), 'done'],
    ['more than we know', json({ ...person, shoeSize: 42, ['__proto__']: { id: 'p2' } }), 'done'],
    ['names that are not set', json({ ...person, firstName: undefined, lastName: null, email: undefined }), 'done'],
    ['no metadata, as before version 24', json({ ...person, userProfileMetadata: undefined }), 'done'],
    [
      'annotations of any kind',
      json({ ...person, userProfileMetadata: { attributes: [attribute('email', { annotations: { a: {} } })] } }),
      'done',
    ],
    ['a name of 10,001 characters', json({ ...person, firstName: 'x'.repeat(10_001) }), wrongShape],
    ['a name that is a number', json({ ...person, lastName: 7 }), wrongShape],
    ['no username', json({ ...person, username: undefined }), wrongShape],
    ['metadata that is a list', json({ ...person, userProfileMetadata: [] }), wrongShape],
    [
      '10,001 attributes',
      json({ ...person, userProfileMetadata: { attributes: Array(10_001).fill(attribute('a')) } }),
      wrongShape,
    ],
    ['the page of the console', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['half of it', halfBody, 'untrusted-answer (cut-short)'],
    ['a 401', json({ error: 'HTTP 401 Unauthorized' }, 401), 'unauthenticated (session-ended)'],
    ['a 403 for want of a role', json({ error: 'HTTP 403 Forbidden' }, 403), 'forbidden'],
    ['a 404', json({ error: 'Realm does not exist' }, 404), 'not-offered'],
    ['a fault', json({ error: 'unknown_error' }, 500), 'server-fault'],
  ])('%s', async (_fault, handler, outcome) => {
    const account = await open({ 'GET /account/': handler });
    expect(await outcomeOf(() => readProfile(account))).toBe(outcome);
  });

  it.each(['GET /account/credentials', 'GET /account/linked-accounts'])(
    '%s is missing: so are its operations',
    async (part) => {
      const account = await open({ [part]: json({ error: 'HTTP 404 Not Found' }, 404) });
      expect((await readProfile(account)).operations).toMatchObject({ 'profile.update': { kind: 'editable' } });
    },
  );

  it.each(['GET /account/credentials', 'GET /account/linked-accounts'])(
    '%s is broken: nobody is told half',
    async (part) => {
      const account = await open({ [part]: json({ error: 'unknown_error' }, 500) });
      expect(await outcomeOf(() => readProfile(account))).toBe('server-fault');
    },
  );
});

describe('R4 D2 · lists that a broken or hostile Keycloak sends', () => {
  const readSessions = async (sessions: readonly object[]) =>
    (await open({ 'GET /account/sessions/devices': json(devices(sessions)) })).readSessions();

  it('cuts what whoever signed in made too long, and takes out what no screen may show', async () => {
    const [first] = await readSessions([{ ...session, ipAddress: 'x'.repeat(400_000), browser: '\u202Eevil\n/1' }]);
    expect(first).toMatchObject({ ipAddress: 'x'.repeat(300), reported: { browser: { name: 'evil', version: '1' } } });
  });

  it('names a program by its id where its name is none', async () => {
    const clients = [{ clientId: 'account', clientName: '${client_account}' }, { clientId: 'desk' }];
    const [first] = await readSessions([{ ...session, clients }]);
    expect(first!.programs).toEqual(['account', 'desk']);
  });

  it('does not know a time that no calendar has', async () => {
    const [first] = await readSessions([{ ...session, started: 1e300, lastAccess: -1, expires: null }]);
    expect(first).toMatchObject({ createdAt: null, lastModifiedAt: null, expiresAt: null });
  });

  it('takes an id twice for one, and two current sessions for none of its own', async () => {
    const twice = await readSessions([{ ...session, current: undefined }, session]);
    expect(twice.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([['s1', true]]);
    await server.close();
    expect(await outcomeOf(() => readSessions([session, { ...session, id: 's2' }]))).toBe(wrongShape);
  });

  it('keeps the current session of 20,000 and more', async () => {
    const many = Array.from({ length: 15_000 }, (_, at) => ({ ...session, id: `s-${String(at)}`, current: undefined }));
    const handler = json([
      ...devices([session, ...many]),
      ...devices(many.map(({ id, ...rest }) => ({ ...rest, id: `t${id}` }))),
    ]);
    const list = await (await open({ 'GET /account/sessions/devices': handler })).readSessions();
    expect(list).toHaveLength(20_000);
    expect(list.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  });

  it.each<[string, object, object]>([
    [
      'data that is no JSON',
      { id: 'd1', userLabel: 'Phone', createdDate: 0, credentialData: '{' },
      { name: 'Phone', type: 'totp' },
    ],
    [
      'a counter in place of the time',
      { id: 'd1', credentialData: '{"subType":"hotp"}' },
      { type: 'hotp', createdAt: null },
    ],
    ['a label that turns the text around', { id: 'd1', userLabel: '\u202Eenohp' }, { name: 'enohp' }],
    ['a label of 1 MB', { id: 'd1', userLabel: 'x'.repeat(1_000_000) }, { name: 'x'.repeat(200) }],
    ['a date no calendar has', { id: 'd1', createdDate: 1e300 }, { createdAt: null }],
  ])('shows a device with %s', async (_fault, credential, shown) => {
    const state = await (await open({ 'GET /account/credentials': json(otp(credential)) })).mfaStatus();
    expect(mfaStatusSchema.parse({ ...head, ...state }).devices).toMatchObject([{ id: 'd1', ...shown }]);
  });

  it('leaves out a device whose id no call could name', async () => {
    const account = await open({ 'GET /account/credentials': json(otp({ id: 'x'.repeat(65) })) });
    expect((await account.mfaStatus()).devices).toEqual([]);
  });

  it('shows linked accounts without names, and asks for none by a path of its own', async () => {
    const links = ['..', 'a/../../x'].map((providerAlias) => ({ connected: true, providerAlias }));
    const account = await open({ 'GET /account/linked-accounts': json(links) });
    const state = await account.linkedAccounts();
    linkedAccountsSnapshotSchema.parse({ ...head, ...state });
    expect(state.linkedAccounts).toMatchObject([{ provider: '..', label: '' }, {}]);
    expect(await outcomeOf(() => account.unlinkIdentity('..'))).toBe('not-found');
    expect(await outcomeOf(() => account.unlinkIdentity('a/../../x'))).toBe('not-offered');
    expect(server.requests.at(-1)?.url).toBe('/account/linked-accounts/a%2F..%2F..%2Fx');
  });
});

describe('R4 D3 a sign-out', () => {
  const done: Handler = (_request, response) => response.writeHead(204).end();
  const logOut = 'POST /protocol/openid-connect/logout';
  const end = 'DELETE /account/sessions/s1';

  it.each<[string, Handler, string, string[]]>([
    ['ends the session by its refresh token', done, 'done', [logOut]],
    [
      'ends it by the account API where the token is refused',
      json({ error: 'invalid_grant' }, 400),
      'done',
      [logOut, end],
    ],
    ['ends it by the account API where there is no such endpoint', json({}, 404), 'done', [logOut, end]],
    ['says so where nobody answers', resetAtOnce, 'offline (connection-lost)', [logOut]],
  ])('%s', async (_how, answer, outcome, sent) => {
    const refreshToken = () => Promise.resolve('r1');
    const account = await open({ [end]: done, [logOut]: answer }, { refreshToken });
    expect(await outcomeOf(() => account.signOut())).toBe(outcome);
    const changes = server.requests.filter(({ method }) => method !== 'GET');
    expect([...new Set(changes.map(({ method, url }) => `${method} ${url}`))]).toEqual(sent);
  });
});

describe('R4 applications that a broken or hostile Keycloak tells of', () => {
  const read = async (applications: unknown) => {
    const account = await open({ 'GET /account/applications': json(applications) });
    return applicationsSnapshotSchema.parse({ ...head, applications: await account.readApplications() }).applications;
  };

  it.each<[string, unknown]>([
    ['no list', {}],
    ['one without an id', [{ clientName: 'Calendar' }]],
    ['1,001 of them', Array(1_001).fill({ clientId: 'a' })],
    ['a consent that is a word', [{ clientId: 'a', consent: 'yes' }]],
  ])('%s is refused', async (_fault, sent) => {
    const account = await open({ 'GET /account/applications': json(sent) });
    expect(await outcomeOf(() => account.readApplications())).toBe(wrongShape);
  });

  it('are named by their id where the name is a key, and lead nowhere', async () => {
    const sent = [
      { clientId: 'console', clientName: '${client_console}', effectiveUrl: 'javascript:alert(1)', inUse: true },
      { clientId: 'cal\u202Eendar', description: 'Two\nlines', effectiveUrl: 'https://user:pw@cal.example:8443/x?y' },
      { clientId: 'profile-desk', offlineAccess: true, consent: { createdDate: 1e20 } },
    ];
    expect(await read(sent)).toMatchObject([
      { name: 'console', site: null, grants: [], isInUse: true, hasOfflineAccess: null, canWithdraw: false },
      { name: 'cal endar', description: 'Two lines', site: 'cal.example:8443', isInUse: null },
      { isThisApp: true, canWithdraw: false, grantedAt: null },
    ]);
  });

  it('tell what was granted in words, each once', async () => {
    const grantedScopes = [
      { name: '${profileScopeConsentText}', displayText: 'User profile' },
      { name: '${emailScopeConsentText}', displayText: '${emailScopeConsentText}' },
      { name: 'phone_number' },
      { displayText: 'User profile' },
      {},
    ];
    const [calendar] = await read([{ clientId: 'calendar', consent: { grantedScopes, createdDate: 0 } }]);
    expect(calendar).toMatchObject({
      grants: ['User profile', 'Email scope consent text', 'Phone number'],
      ...{ grantedAt: '1970-01-01T00:00:00.000Z', canWithdraw: true },
    });
  });

  it.each(['..', 'a/../../x'])('are withdrawn by the path of their own alone: %s', async (id) => {
    const account = await open();
    expect(await outcomeOf(() => account.withdrawApplication(id))).toBe(id === '..' ? 'not-found' : 'not-offered');
    expect(server.requests.map(({ url }) => url)).toEqual(
      id === '..' ? [] : ['/account/applications/a%2F..%2F..%2Fx/consent'],
    );
  });
});

describe('R4 W2 · a write that goes wrong', () => {
  const rename = async (account: ProviderAccount) => {
    const { revision } = (await account.readProfile()).sections.user;
    return account.updateSection('user', { firstName: 'Adele' }, revision);
  };
  const writes = () => server.requests.filter(({ method }) => method === 'POST').length;

  it('is sent once, whatever became of its answer', async () => {
    const account = await open({ 'POST /account/': resetAtOnce });
    expect(await outcomeOf(() => rename(account))).toBe('offline (connection-lost)');
    expect(writes()).toBe(1);
  });

  it('locks every field of a person who is kept elsewhere, until the next sign-in', async () => {
    const account = await open({ 'POST /account/': json({ errorMessage: 'readOnlyUserMessage' }, 400) });
    expect((await readProfile(account)).sections.user.access.firstName).toEqual({ kind: 'editable' });
    expect(await outcomeOf(() => rename(account))).toBe('forbidden');
    const { sections } = await readProfile(account);
    expect([sections.user.access.firstName, sections.contact.access.email]).toEqual(
      Array(2).fill({ kind: 'set-by-provider' }),
    );
  });

  it('is no locked field where the refusal is about the request', async () => {
    const account = await open({ 'POST /account/': json({ error: 'No LoA on the token' }, 403) });
    await expect(rename(account)).rejects.toMatchObject({ code: 'forbidden', details: {} });
    expect((await readProfile(account)).sections.user.access.firstName).toEqual({ kind: 'editable' });
  });
});
