import { createHash } from 'node:crypto';
import { TOTP } from 'otpauth';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createGlewlwydProvider } from '../../electron/services/provider/glewlwyd/create-glewlwyd-provider.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { mfaStatusSchema } from '../../shared/contract/account/mfa.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Handler } from './fault-server.ts';
import { halfBody, reply, resetAtOnce } from './faults.ts';
import { head, outcomeOf, serveRoutes, toSnapshot, wrongShape, type RouteServer } from './serve-routes.ts';

const cookie = 'SESSION=live';
const config = { api_prefix: 'api', admin_scope: 'g_admin', profile_scope: 'g_profile', delete_profile: 'no' };
const person = { username: 'ada', name: 'Ada Berg', email: 'ada@staff.example', scope: ['g_profile', 'vault'] };
const now = Math.floor(Date.now() / 1_000);
const app = { scheme_type: 'otp', scheme_name: 'app', scheme_authenticated: false, scheme_registered: true };
const open = { available: true, password_required: true, password_authenticated: true, password_last_login: now };
const vault = { ...open, schemes: { app: [{ ...app, scheme_display_name: 'Phone' }] }, scheme_required: { app: 1 } };
const session = { user_agent: 'x', issued_for: '127.0.0.1', expiration: now + 600, last_login: now, enabled: true };
const json = (value: unknown, status = 200) => reply(JSON.stringify(value), {}, status);
/** As glewlwyd answers: no body, and no word about its type. */
const bare = (status: number, headers: Record<string, string> = {}): Handler => {
  return (_request, response) => response.writeHead(status, headers).end();
};
const healthy: Readonly<Record<string, Handler>> = {
  'GET /config': json(config),
  'POST /api/auth/': bare(200, { 'Set-Cookie': `${cookie}; Path=/` }),
  'DELETE /api/auth/': bare(200),
  'GET /api/profile_list': json([person]),
  'GET /api/auth/scheme/': json({ g_profile: open, vault }),
  'GET /api/profile/plugin': json([{ module: 'register', name: 'recover' }]),
  'GET /api/recover/config': json({ 'update-email': false, 'reset-credentials': { code: true } }),
  'GET /api/profile/session': json([{ ...session, session_hash: '{SHA512}x' }]),
  'PUT /api/profile/': bare(200),
};

let server: RouteServer;
afterEach(() => server.close());

const provider = createGlewlwydProvider({ clock: createSystemClock(), version: '1.0.0' });

/** A server that is well but for these paths. */
async function serve(broken: Readonly<Record<string, Handler>> = {}): Promise<ProviderAccount> {
  server = await serveRoutes({ ...healthy, ...broken }, bare(404));
  const ended = () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' }));
  return provider.open(server.address, { scopes: null, accessToken: () => Promise.resolve(cookie), renewed: ended });
}

const readProfile = async (account: ProviderAccount) => toSnapshot(await account.readProfile());

describe('R9 R2 · an address where something else answers', () => {
  it.each<[string, Handler, string]>([
    ['nothing there', bare(404), 'untrusted-answer (not-a-profile-service)'],
    ['a login page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['a configuration of something else', json({ api_prefix: 'api' }), wrongShape],
    ['a prefix that leads elsewhere', json({ ...config, api_prefix: '../other' }), wrongShape],
    ['a prefix that is an address', json({ ...config, api_prefix: '/evil.example/api' }), wrongShape],
    ['a fault', bare(500), 'server-fault'],
  ])('%s', async (_fault, handler, outcome) => {
    await serve({ 'GET /config': handler });
    expect(await outcomeOf(() => provider.describe(server.address))).toBe(outcome);
  });
});

describe('R9 D2 · a profile that a broken or hostile glewlwyd sends', () => {
  it.each<[string, string, Handler, string]>([
    ['nothing wrong', 'GET /api/profile_list', json([person]), 'done'],
    ['more than we know', 'GET /api/profile_list', json([{ ...person, picture: 'A', ['__proto__']: {} }]), 'done'],
    ['neither name nor e-mail', 'GET /api/profile_list', json([{ username: 'ada', name: null }]), 'done'],
    ['two people', 'GET /api/profile_list', json([person, { username: 7 }]), 'done'],
    ['nobody', 'GET /api/profile_list', json([]), wrongShape],
    [
      'a name of 10,001 characters',
      'GET /api/profile_list',
      json([{ ...person, name: 'x'.repeat(10_001) }]),
      wrongShape,
    ],
    ['no username', 'GET /api/profile_list', json([{ ...person, username: '' }]), wrongShape],
    ['half of it', 'GET /api/profile_list', halfBody, 'untrusted-answer (cut-short)'],
    ['nothing at all', 'GET /api/profile_list', bare(200), 'untrusted-answer (cut-short)'],
    ['an error in words', 'GET /api/profile_list', reply('no', { 'Content-Type': 'text/plain' }, 500), 'server-fault'],
    ['a session that is over', 'GET /api/profile_list', bare(401), 'unauthenticated (session-ended)'],
    [
      'scopes of a session that is over',
      'GET /api/auth/scheme/',
      json({ g_profile: {} }),
      'unauthenticated (session-ended)',
    ],
    ['scopes that are a list', 'GET /api/auth/scheme/', json([]), wrongShape],
    ['no plug-ins', 'GET /api/profile/plugin', json([]), 'done'],
    ['a plug-in that is switched off', 'GET /api/recover/config', bare(404), 'done'],
    [
      'a plug-in with a path of its own',
      'GET /api/profile/plugin',
      json([{ module: 'register', name: '..' }]),
      'not-found',
    ],
  ])('%s', async (_fault, path, handler, outcome) => {
    const account = await serve({ [path]: handler });
    expect(await outcomeOf(() => readProfile(account))).toBe(outcome);
  });

  it('E10 does not offer the end of the account where its configuration says no', async () => {
    const account = await serve();
    expect((await readProfile(account)).operations).not.toHaveProperty('deletion.remove');
    expect(await outcomeOf(() => account.readDeletion())).toBe('not-offered');
  });

  it('W10 shows a scheme by its name, without what no screen may show', async () => {
    const named = (scheme_display_name: string) => ({ ...vault, schemes: { app: [{ ...app, scheme_display_name }] } });
    for (const [sent, shown] of [
      ['\u202Eenohp', 'enohp'],
      ['x'.repeat(9_000), 'x'.repeat(200)],
    ] as const) {
      const account = await serve({ 'GET /api/auth/scheme/': json({ g_profile: open, vault: named(sent) }) });
      const state = mfaStatusSchema.parse({ ...head, ...(await account.mfaStatus()) });
      expect(state.devices).toMatchObject([{ id: 'app', name: shown }]);
      await server.close();
    }
    await serve();
  });
});

describe('R9 R2 · a sign-in', () => {
  const signIn = () => provider.signIn(server.address, { identifier: 'ada', password: 'right' });

  it.each<[string, Record<string, string>]>([
    ['no cookie', {}],
    ['an empty cookie', { 'Set-Cookie': 'SESSION=; Path=/' }],
    ['a cookie that would break the header', { 'Set-Cookie': 'SESSION=a b; Path=/' }],
  ])('answered with %s', async (_fault, headers) => {
    await serve({ 'POST /api/auth/': bare(200, headers) });
    expect(await outcomeOf(signIn)).toBe(wrongShape);
  });

  it('takes the first cookie, whatever its name, and sends none along', async () => {
    await serve({
      'POST /api/auth/': (_request, response) =>
        response.writeHead(200, { 'Set-Cookie': ['OTHER_NAME=abc; Secure', 'SECOND=def'] }).end(),
    });
    expect(await signIn()).toMatchObject({ next: 'done', tokens: { kind: 'session', token: 'OTHER_NAME=abc' } });
    const sent = server.requests.map(({ method, headers }) => [method, headers.cookie]);
    expect(sent).toContainEqual(['POST', undefined]);
    expect(sent).toContainEqual(['GET', 'OTHER_NAME=abc']);
  });

  it('E9 ends when the list of sessions says so, not when its cookie does', async () => {
    const hash = `{SHA256}${createHash('sha256').update('live').digest('base64url')}`;
    const list = json([
      { ...session, expiration: now + 60, session_hash: '{SHA512}x' },
      { ...session, session_hash: hash },
    ]);
    await serve({
      'POST /api/auth/': bare(200, { 'Set-Cookie': 'S=live; Expires=Fri, 01 Jan 2100 00:00:00 GMT' }),
      'GET /api/profile/session': list,
    });
    const step = await signIn();
    const left = step.next === 'done' && step.tokens.kind === 'session' ? step.tokens.expiresAt - Date.now() : 0;
    expect(Math.abs(left - 600_000)).toBeLessThan(10_000);
  });
});

describe('R9 E12 · a proof', () => {
  it('that began another session, because the old one had just ended, ends that one too', async () => {
    const account = await serve({ 'POST /api/auth/': bare(200, { 'Set-Cookie': 'SESSION=another; Path=/' }) });
    const prove = () => account.reauthenticate({ kind: 'password', password: 'right' });
    expect(await outcomeOf(prove)).toBe('unauthenticated (session-ended)');
    expect(server.requests.filter(({ method }) => method === 'DELETE').map(({ headers }) => headers.cookie)).toEqual([
      'SESSION=another',
    ]);
  });

  it.each<[string, object, object]>([
    ['a password', { ...open, password_authenticated: false }, { remaining: 0, proofs: ['password'] }],
    ['first the password, then a code', { ...vault, password_authenticated: false }, { proofs: ['password'] }],
    ['a code', vault, { remaining: 0, proofs: ['code'] }],
    ['nothing, where no password is asked for', { ...open, password_required: false }, { remaining: 0, proofs: [] }],
    ['nothing that would open anything', { ...open, available: false }, { remaining: 0, proofs: [] }],
    [
      'none for a minute, where it counts for longer',
      { ...open, password_last_login: now - 900 },
      { remaining: 60_000 },
    ],
  ])('is %s', async (_proof, g_profile, window) => {
    const account = await serve({ 'GET /api/auth/scheme/': json({ g_profile, vault }) });
    expect(await account.reauthWindow()).toMatchObject({ windowSeconds: 600, ...window });
  });
});

describe('R9 E8 E9 · sessions that a broken or hostile glewlwyd lists', () => {
  const listed = async (rows: readonly object[]) =>
    (await serve({ 'GET /api/profile/session': json(rows) })).readSessions();

  it('cuts what whoever signed in made too long, and does not know a time that no calendar has', async () => {
    const row = { ...session, session_hash: 'a', user_agent: 'x'.repeat(400_000), issued_for: 'y'.repeat(400_000) };
    expect(await listed([{ ...row, last_login: 1e300 }])).toMatchObject([
      { userAgent: 'x'.repeat(1_000), ipAddress: 'y'.repeat(300), lastAuthenticatedAt: null },
    ]);
  });

  it('takes a hash twice for one', async () => {
    const row = { ...session, session_hash: 'a' };
    expect(await listed([row, row])).toHaveLength(1);
  });

  it('ends none where it cannot tell which one is its own', async () => {
    const account = await serve();
    expect(await outcomeOf(() => account.closeOtherSessions())).toBe('not-offered');
    expect(server.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it('goes on for ever at no server: a list without an end has one here', async () => {
    const page = Array.from({ length: 100 }, (_, at) => ({ ...session, session_hash: `a${at}` }));
    expect(await listed(page)).toHaveLength(100);
    expect(server.requests.filter(({ url }) => url?.includes('/profile/session'))).toHaveLength(200);
  });

  it('names a session by one segment of the path', async () => {
    const account = await serve();
    expect(await account.closeSessions(['a/../../x'])).toEqual([]);
    expect(server.requests.at(-1)?.url).toBe('/api/profile/session/a%2F..%2F..%2Fx');
    expect(await account.closeSessions(['..'])).toMatchObject([{ id: '..', error: { code: 'not-found' } }]);
  });
});

describe('R9 W2 · a write that goes wrong', () => {
  const rename = async (account: ProviderAccount) => {
    const { revision } = (await account.readProfile()).sections.user;
    return account.updateSection('user', { firstName: 'Adele' }, revision);
  };
  const writes = () => server.requests.filter(({ method }) => method === 'PUT').length;

  it('is sent once, whatever became of its answer', async () => {
    const account = await serve({ 'PUT /api/profile/': resetAtOnce });
    expect(await outcomeOf(() => rename(account))).toBe('offline (connection-lost)');
    expect(writes()).toBe(1);
  });

  it('is told as not saved where the server dropped it without a word', async () => {
    const account = await serve();
    await expect(rename(account)).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { firstName: { code: 'locked' } } },
    });
  });

  it.each<[string, object, string]>([
    ['a password that is too old', { ...open, password_authenticated: false }, 'reauth-required'],
    ['a scope that the person does not have', { ...open, available: false }, 'forbidden'],
    ['a code', { ...vault }, 'reauth-required'],
    [
      'a key that no app here has',
      { ...open, schemes: { a: [{ ...app, scheme_type: 'webauthn' }] }, scheme_required: { a: 1 } },
      'forbidden',
    ],
    ['nothing that anybody could tell', open, 'unauthenticated (session-ended)'],
  ])('is refused for want of %s', async (_cause, g_profile, outcome) => {
    const account = await serve({
      'PUT /api/profile/': bare(401),
      'GET /api/auth/scheme/': json({ g_profile, vault }),
    });
    expect(await outcomeOf(() => rename(account))).toBe(outcome);
  });
});

describe('R9 W10 · an authenticator app that is set up', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const register = '/api/profile/scheme/register/';
  const free = { ...vault, schemes: { app: [{ ...app, scheme_registered: false }] } };
  const parameters = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null } as const;

  async function use(broken: Readonly<Record<string, Handler>>, code = new TOTP({ secret }).generate()) {
    const account = await serve({ 'GET /api/auth/scheme/': json({ g_profile: open, vault: free }), ...broken });
    return outcomeOf(() => account.useSecret({ secret, parameters }, code, 'Phone'));
  }
  const sent = () => server.requests.filter(({ url }) => url === register).map(({ method }) => method);
  const state = (more: object = {}) => json({ type: 'TOTP', digits: 6, secret: `${secret}====`, ...more });

  it('is not sent with a wrong code, for which the server would not ask', async () => {
    expect(await use({}, '12345')).toBe('unauthenticated (wrong-code)');
    expect(sent()).toEqual([]);
  });

  it('counts although its answer got lost, if it is there with this secret', async () => {
    expect(await use({ [`POST ${register}`]: resetAtOnce, [`PUT ${register}`]: state() })).toBe('done');
    await server.close();
    expect(await use({ [`POST ${register}`]: resetAtOnce, [`PUT ${register}`]: state({ secret: 'OTHER' }) })).toBe(
      'offline (connection-lost)',
    );
  });

  it('is taken back where its codes are longer than any that the person has', async () => {
    expect(await use({ [`POST ${register}`]: bare(200), [`PUT ${register}`]: state({ digits: 8 }) })).toBe(
      'not-offered',
    );
    expect(sent()).toEqual(['POST', 'PUT', 'POST']);
  });
});
