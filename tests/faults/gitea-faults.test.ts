import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createGiteaProvider } from '../../electron/services/provider/gitea/create-gitea-provider.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { profileSnapshotSchema } from '../../shared/contract/account/profile.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { serveHttp, type Handler } from './fault-server.ts';
import { halfBody, reply, resetAtOnce } from './faults.ts';
import { head, outcomeOf, serveRoutes, wrongShape, type RouteServer } from './serve-routes.ts';

const line =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA somebody@private.example';
const key = { id: 7, title: 'Laptop', key: line, created_at: '2026-01-02T03:04:05+01:00' };
const person = { id: 1, login: 'ada', full_name: 'Ada', email: 'ada@example.org', created: '2024-05-01T12:00:00Z' };
const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  reply(JSON.stringify(value), headers, status);
const healthy: Readonly<Record<string, Handler>> = {
  'GET /api/v1/version': json({ version: '1.26.0' }),
  'GET /api/v1/user': json(person),
  'GET /api/v1/user/keys': json([key], 200, { 'X-Total-Count': '1' }),
  'POST /api/v1/user/keys': json(key, 201),
};

let server: RouteServer;
afterEach(() => server.close());

const provider = createGiteaProvider({ clock: createSystemClock(), version: '1.0.0' });

/** A server that is well but for these paths. */
async function serve(broken: Readonly<Record<string, Handler>>): Promise<void> {
  server = await serveRoutes({ ...healthy, ...broken }, (_request, missed) =>
    missed.writeHead(404).end('404 page not found'),
  );
}

async function open(broken: Readonly<Record<string, Handler>>): Promise<ProviderAccount> {
  await serve(broken);
  const renewed = () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' }));
  return provider.open(server.address, { scopes: null, accessToken: () => Promise.resolve('t1'), renewed });
}

async function readProfile(broken: Readonly<Record<string, Handler>>): Promise<void> {
  const { profile } = await (await open(broken)).readAccount();
  profileSnapshotSchema.parse({ ...head, offers: [], ...profile });
}

const stranger = 'untrusted-answer (not-a-profile-service)';

describe('D2 R5 · the person that a broken or hostile Gitea sends', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json(person), 'done'],
    ['more than we know', json({ ...person, shoeSize: 42, ['__proto__']: { login: 'root' } }), 'done'],
    ['no time of its making', json({ ...person, created: null }), 'done'],
    ['a number for a name', json({ ...person, full_name: 7 }), wrongShape],
    ['a name of 10,001 characters', json({ ...person, full_name: 'x'.repeat(10_001) }), wrongShape],
    ['no id', json({ ...person, id: undefined }), wrongShape],
    ['half an answer', halfBody, 'untrusted-answer (cut-short)'],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['a list', json([person]), wrongShape],
    [
      'a token that nobody knows',
      json({ message: 'invalid username, password or token' }, 401),
      'unauthenticated (session-ended)',
    ],
    ['a 401 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 401), stranger],
    ['a 403 of something between', json({ error: 'blocked' }, 403), stranger],
    [
      'a password that has to be changed',
      json({ message: 'You must change your password. Change it at: x' }, 403),
      'forbidden',
    ],
    ['a fault without a word', json({ message: '' }, 500), 'server-fault'],
  ])('%s', async (_case, handler, expected) => {
    expect(await outcomeOf(() => readProfile({ 'GET /api/v1/user': handler }))).toBe(expected);
  });

  it.each<[string, Handler]>([
    ['is not there', json({}, 404)],
    ['is a script', reply('<svg onload="x()">', { 'Content-Type': 'image/png' })],
    ['is too large', reply('x'.repeat(400_000), { 'Content-Type': 'image/png' })],
    ['leads elsewhere', (_request, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end()],
    ['breaks off', resetAtOnce],
  ])('shows no picture where it %s, and the profile all the same', async (_case, picture) => {
    const account = await open({
      'GET /avatars/1': picture,
      'GET /api/v1/user': (request, response) =>
        json({ ...person, avatar_url: `http://${request.headers.host ?? ''}/avatars/1` })(request, response),
    });
    const { profile } = await account.readAccount();
    expect(profile?.sections.avatar.values.image).toBeNull();
    expect(
      server.requests.filter(({ url }) => url === '/avatars/1').every(({ headers }) => !headers.authorization),
    ).toBe(true);
  });

  it('asks no other host for a picture', async () => {
    let asked = 0;
    const elsewhere = await serveHttp((request, response) => {
      asked += 1;
      json({})(request, response);
    });
    const account = await open({ 'GET /api/v1/user': json({ ...person, avatar_url: `${elsewhere.address}/a.png` }) });
    await account.readAccount();
    await elsewhere.close();
    expect(asked).toBe(0);
  });
});

describe('D2 R5 · SSH keys that a broken or hostile Gitea sends', () => {
  it.each<[string, unknown, string]>([
    ['nothing wrong', [key], 'done'],
    ['none', [], 'done'],
    ['a key of a type from tomorrow', [{ ...key, key: 'ssh-tomorrow AAAAB3Nz' }], 'done'],
    ['a private key', [{ ...key, key: '-----BEGIN OPENSSH PRIVATE KEY-----' }], wrongShape],
    ['an id that is a text', [{ ...key, id: '../user' }], wrongShape],
    ['a date that is none', [{ ...key, created_at: 'yesterday' }], wrongShape],
    ['no list', { keys: [key] }, wrongShape],
  ])('%s', async (_case, body, expected) => {
    const account = await open({ 'GET /api/v1/user/keys': json(body) });
    expect(await outcomeOf(() => account.sshKeysState())).toBe(expected);
  });

  it.each<[string, string | undefined, number]>([
    ['that claims more than it gives', '1000', 2],
    ['without a count', undefined, 2],
    ['with a count that is none', 'many', 2],
    ['that is whole', '1', 1],
  ])('ends a list %s', async (_case, total, asked) => {
    const headers: Record<string, string> = total === undefined ? {} : { 'X-Total-Count': total };
    const account = await open({ 'GET /api/v1/user/keys': json([key], 200, headers) });
    expect((await account.sshKeysState()).keys).toHaveLength(1);
    expect(server.requests).toHaveLength(asked);
  });

  it('gives up on a list without an end', async () => {
    let id = 0;
    const endless: Handler = (request, response) =>
      json(Array.from({ length: 1_000 }, () => ({ ...key, id: (id += 1) })))(request, response);
    const account = await open({ 'GET /api/v1/user/keys': endless });
    expect(await outcomeOf(() => account.sshKeysState())).toBe('untrusted-answer (too-large)');
  });

  it('names the scope that is missing, and locks what takes it from then on', async () => {
    const message =
      'token does not have at least one of required scope(s), required=[write:user], token scope=read:user';
    const account = await open({ 'POST /api/v1/user/keys': json({ message }, 403) });
    expect((await account.sshKeysState()).access).toEqual({ kind: 'editable' });
    await expect(account.addSshKey('x', line)).rejects.toMatchObject({ details: { permission: 'write:user' } });
    expect((await account.sshKeysState()).access).toEqual({ kind: 'needs-permission', permission: 'write:user' });
  });

  it('looks up a key whose answer was lost, and does not send it again', async () => {
    const [type, body] = line.split(' ');
    const account = await open({ 'POST /api/v1/user/keys': resetAtOnce });
    expect((await account.addSshKey('Laptop', `${type} ${body}`)).id).toBe('7');
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('R2 R5 · what is no Gitea at an address', () => {
  it.each<[string, Handler, string]>([
    ['another API', json({ status: 'ok' }), wrongShape],
    ['a version that is a page', json({ version: '<b>1</b>' }), wrongShape],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['nothing there', json({}, 404), stranger],
    ['somebody who asks for a name', json({ message: 'Log in' }, 401), stranger],
  ])('%s', async (_case, handler, expected) => {
    await serve({ 'GET /api/v1/version': handler });
    expect(await outcomeOf(() => provider.describe(server.address))).toBe(expected);
  });
});
