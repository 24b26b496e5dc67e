import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createCxoneProvider } from '../../electron/services/provider/cxone/create-cxone-provider.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { createBareSource, type Refusals } from '../../electron/services/provider/tokens.ts';
import type { Handler } from './fault-server.ts';
import { halfBody, reply } from './faults.ts';
import { outcomeOf, serveRoutes, toSnapshot, wrongShape, type RouteServer } from './serve-routes.ts';

const keys = '/access-key-management/v1/access-keys';
const trade = 'POST /authentication/v1/token/access-key';
const owner = { userId: 'u1', tenantId: 't1', agentId: 7 };
const key = { accessKeyId: 'K1====', ...owner, isActive: true, lastUsedDate: '2026-01-02T03:04:05Z' };
const names = { userName: 'ada', firstName: 'Ada', lastName: 'Lovelace', fullName: 'Ada Lovelace' };
const user = { id: 'u1', ...names, emailAddress: 'ada@example.org', country: 'GB', role: 'Agent' };
const json = (value: unknown, status = 200) => reply(JSON.stringify(value), {}, status);
const problem = (status: number, path = keys) =>
  json({ timestamp: 'now', status, error: 'x', message: 'x', path }, status);
const healthy: Readonly<Record<string, Handler>> = {
  [trade]: json({ access_token: 'a1', token_type: 'Bearer', expires_in: 600 }),
  [`GET ${keys}/K1%3D%3D%3D%3D`]: json({ resultSet: owner }),
  [`GET ${keys}`]: json({ totalRecords: 1, accessKeys: [key] }),
  'GET /user-management/v3/users/u1': json({ user }),
  'GET /user-management/v1/users/u1/identities': json({ user: { id: 'u1', fullName: 'Ada Lovelace' } }),
};

const stranger = 'untrusted-answer (not-a-profile-service)';

let server: RouteServer;
afterEach(() => server.close());

const clock = createSystemClock();
const provider = createCxoneProvider({ clock, version: '1.0.0' });

/** An area that is well but for these routes. */
async function serve(broken: Readonly<Record<string, Handler>> = {}): Promise<void> {
  server = await serveRoutes({ ...healthy, ...broken }, problem(404));
}

async function open(broken: Readonly<Record<string, Handler>> = {}, refusals?: Refusals): Promise<ProviderAccount> {
  await serve(broken);
  const tokens = await provider.tokensOfPasted(server.address, 's1', 'K1====');
  return provider.open(server.address, { ...createBareSource(tokens), ...(refusals && { refusals }) });
}

describe('D2 R10 · the person that a broken or hostile CXone sends', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json({ user }), 'done'],
    ['more than we know', json({ user: { ...user, password: 'x', ['__proto__']: {} } }), 'done'],
    ['almost nothing', json({ user: { id: 'u1' } }), 'done'],
    ['a country that is none', json({ user: { ...user, country: 'Great Britain' } }), 'done'],
    ['a number for a name', json({ user: { ...user, firstName: 7 } }), wrongShape],
    ['nobody', json({ user: null }), wrongShape],
    ['half an answer', halfBody, 'untrusted-answer (cut-short)'],
    ['a token that counts no more', problem(401), 'unauthenticated (session-ended)'],
    ['a 401 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 401), stranger],
    ['a 403 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 403), stranger],
    ['a fault of its own', problem(500), 'server-fault'],
  ])('%s', async (_case, handler, expected) => {
    const account = await open({ 'GET /user-management/v3/users/u1': handler });
    expect(await outcomeOf(async () => toSnapshot((await account.readAccount()).profile!))).toBe(expected);
  });

  it('is shown by name alone where the record is not theirs to see', async () => {
    const account = await open({ 'GET /user-management/v3/users/u1': problem(403) });
    const { sections } = toSnapshot((await account.readAccount()).profile!);
    expect(sections.user.values).toMatchObject({ firstName: 'Ada Lovelace', lastName: '', username: '' });
    expect(sections.user.access).toMatchObject({ lastName: { kind: 'not-offered' }, role: { kind: 'not-offered' } });
    expect(sections.contact.access.email).toEqual({ kind: 'not-offered' });
  });

  it('is asked for by an id that leads nowhere else', async () => {
    const account = await open({
      [`GET ${keys}/K1%3D%3D%3D%3D`]: json({ resultSet: { ...owner, userId: '../u2?x' } }),
    });
    await outcomeOf(() => account.readAccount());
    expect(server.requests.at(-1)?.url).toBe('/user-management/v3/users/..%2Fu2%3Fx');
  });
});

describe('D2 R10 C7 · access keys that a broken or hostile CXone sends', () => {
  it.each<[string, unknown, string]>([
    ['nothing wrong', { accessKeys: [key] }, 'done'],
    ['none', { accessKeys: [] }, 'done'],
    ['a use at no time', { accessKeys: [{ ...key, lastUsedDate: 'never' }] }, 'done'],
    ['no id', { accessKeys: [{ ...key, accessKeyId: '' }] }, wrongShape],
    ['no list', { accessKeys: key }, wrongShape],
  ])('%s', async (_case, body, expected) => {
    const account = await open({ [`GET ${keys}`]: json(body) });
    expect(await outcomeOf(() => account.accessKeysState())).toBe(expected);
  });

  it('are those of the person, without a name, an end or a time of making', async () => {
    const another = { ...key, accessKeyId: 'K2====', lastUsedDate: null };
    const account = await open({ [`GET ${keys}`]: json({ accessKeys: [key, another] }) });
    const facts = { id: 'K1====', name: '', isActive: true, createdAt: null, expiresAt: null };
    expect((await account.accessKeysState()).keys).toEqual([
      { ...facts, isOwn: true, lastUsedAt: '2026-01-02T03:04:05.000Z', revision: 'true' },
      { ...facts, id: 'K2====', lastUsedAt: null, revision: 'true' },
    ]);
    expect(server.requests.at(-1)?.url).toBe(`${keys}?userId=u1`);
  });

  it('need a permission that the first refusal tells of', async () => {
    const account = await open({ [`POST ${keys}`]: problem(403) });
    expect((await account.accessKeysState()).access).toEqual({ kind: 'editable' });
    const permission = 'Access Key Create';
    await expect(account.makeAccessKey({ name: '', expiresAt: null })).rejects.toMatchObject({
      details: { permission },
    });
    const lock = { kind: 'needs-permission', permission };
    expect((await account.accessKeysState()).access).toEqual(lock);
    expect((await account.readProfile()).operations['accessKeys.create']).toEqual(lock);
  });

  it('are locked as long as the refusal is remembered, and by what is kept of the account', async () => {
    const noted = new Set<string>();
    const refusals: Refusals = { has: (what) => noted.has(what), note: (what) => void noted.add(what) };
    const account = await open({ [`POST ${keys}`]: problem(403) }, refusals);
    await account.makeAccessKey({ name: '', expiresAt: null }).catch(() => undefined);
    expect((await account.accessKeysState()).access).toMatchObject({ kind: 'needs-permission' });
    noted.clear();
    expect((await account.accessKeysState()).access, 'after a day, or another sign-in').toEqual({ kind: 'editable' });
    expect((await account.readProfile()).operations['accessKeys.create']).toEqual({ kind: 'editable' });
  });

  it('may be refused to be stopped or deleted, which says nothing of making one', async () => {
    const refused = problem(403);
    const account = await open({ [`PATCH ${keys}`]: refused, [`DELETE ${keys}/K1%3D%3D%3D%3D`]: refused });
    await expect(account.setAccessKeyActive('K1====', false, 'true')).rejects.toMatchObject({
      ...{ code: 'forbidden', details: {} },
    });
    await expect(account.removeAccessKey('K1====')).rejects.toMatchObject({ code: 'forbidden', details: {} });
    expect((await account.accessKeysState()).access).toEqual({ kind: 'editable' });
  });

  it('are not switched over a state that has changed', async () => {
    const account = await open({ [`PATCH ${keys}`]: json({}) });
    await expect(account.setAccessKeyActive('K1====', false, 'false')).rejects.toMatchObject({ code: 'conflict' });
    await account.setAccessKeyActive('K1====', false, 'true');
    const changes = server.requests.filter(({ method }) => method === 'PATCH');
    expect(changes.map(({ url }) => url)).toEqual([`${keys}?accessKeyId=K1%3D%3D%3D%3D&userId=u1&tenantId=t1`]);
  });
});

describe('R2 R10 · a key that is traded', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json({ access_token: 'a1' }), 'done'],
    ['a key that is wrong or off', problem(401), 'unauthenticated (key-refused)'],
    ['the same as a bad request', problem(400), 'unauthenticated (key-refused)'],
    ['a 403 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 403), stranger],
    ['a token that would be another header', json({ access_token: 'a\r\nX-Evil: 1' }), wrongShape],
    ['no token', json({ token_type: 'Bearer' }), wrongShape],
    ['too many tries', problem(429), 'rate-limited'],
  ])('%s', async (_case, handler, expected) => {
    await serve({ [trade]: handler });
    expect(await outcomeOf(() => provider.tokensOfPasted(server.address, 's1', 'K1===='))).toBe(expected);
  });

  it('is traded again once its token is over, and gives the session up once it is refused', async () => {
    await serve();
    const first = await provider.tokensOfPasted(server.address, 's1', 'K1====');
    if (first.kind !== 'refreshing') throw new Error('it does not renew');
    expect(Math.round((first.expiresAt - clock.now()) / 60_000)).toBe(10);
    expect(await provider.refresh(server.address, first.refresh, 'x')).toMatchObject({ access: first.access });
    await server.close();
    await serve({ [trade]: problem(401) });
    expect(await outcomeOf(() => provider.refresh(server.address, first.refresh, 'x'))).toBe(
      'unauthenticated (session-ended)',
    );
  });
});

describe('R2 R10 · what is no CXone at an address', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', problem(401), 'done'],
    ['another service of the same make', problem(401, '/error'), stranger],
    ['somebody else who asks for a name', json({ message: 'Log in' }, 401), stranger],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['one who lets in everybody', json({ accessKeys: [] }), stranger],
    ['nothing there', problem(404), stranger],
  ])('%s', async (_case, handler, expected) => {
    await serve({ [`GET ${keys}`]: handler });
    expect(await outcomeOf(() => provider.describe(`${server.address}/login`))).toBe(expected);
  });
});
