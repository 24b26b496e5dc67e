import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createGitlabProvider } from '../../electron/services/provider/gitlab/create-gitlab-provider.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { serveHttp, type Handler } from './fault-server.ts';
import { halfBody, reply, resetAtOnce } from './faults.ts';
import { outcomeOf, serveRoutes, toSnapshot, wrongShape, type RouteServer } from './serve-routes.ts';

const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA Ada (gitlab.example)';
const key = { id: 7, title: 'Laptop', key: line, created_at: '2026-01-02T03:04:05+01:00' };
const person = { id: 1, username: 'ada', name: 'Ada', email: 'ada@example.org', created_at: '2024-05-01T12:00:00Z' };
const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  reply(JSON.stringify(value), headers, status);
const healthy: Readonly<Record<string, Handler>> = {
  'GET /.well-known/openid-configuration': (request, response) => {
    const issuer = `http://${request.headers.host ?? ''}`;
    json({ issuer, token_endpoint: `${issuer}/oauth/token` })(request, response);
  },
  'GET /api/v4/version': json({ version: '18.5.0' }),
  'GET /api/v4/user': json(person),
  'GET /api/v4/user/status': json({ message: 'Here', availability: 'busy' }),
  'GET /api/v4/user/preferences': json({ view_diffs_file_by_file: true }),
  'GET /api/v4/user/keys': json([key], 200, { 'X-Next-Page': '' }),
  'GET /api/v4/user/emails': json([], 200, { 'X-Next-Page': '' }),
  'POST /api/v4/user/keys': json(key, 201),
};

let server: RouteServer;
afterEach(() => server.close());

const provider = createGitlabProvider({ clock: createSystemClock(), version: '1.0.0' });

/** A server that is well but for these paths. */
async function serve(broken: Readonly<Record<string, Handler>>): Promise<void> {
  server = await serveRoutes({ ...healthy, ...broken }, json({ error: '404 Not Found' }, 404));
}

async function open(broken: Readonly<Record<string, Handler>>): Promise<ProviderAccount> {
  await serve(broken);
  const renewed = () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' }));
  return provider.open(server.address, { scopes: null, accessToken: () => Promise.resolve('t1'), renewed });
}

async function readProfile(broken: Readonly<Record<string, Handler>>) {
  const { profile } = await (await open(broken)).readAccount();
  return toSnapshot(profile!);
}

const stranger = 'untrusted-answer (not-a-profile-service)';

describe('D2 R7 · the person that a broken or hostile GitLab sends', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json(person), 'done'],
    ['more than we know', json({ ...person, shoeSize: 42, ['__proto__']: { username: 'root' } }), 'done'],
    ['no address', json({ ...person, email: null }), 'done'],
    ['a number for a name', json({ ...person, name: 7 }), wrongShape],
    ['a name of 10,001 characters', json({ ...person, name: 'x'.repeat(10_001) }), wrongShape],
    ['no id', json({ ...person, id: undefined }), wrongShape],
    ['half an answer', halfBody, 'untrusted-answer (cut-short)'],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['a list', json([person]), wrongShape],
    ['a token that nobody knows', json({ message: '401 Unauthorized' }, 401), 'unauthenticated (session-ended)'],
    ['a token that has ended', json({ error: 'invalid_token' }, 401), 'unauthenticated (session-ended)'],
    ['a 401 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 401), stranger],
    ['a 403 of something between', json({ blocked: true }, 403), stranger],
    [
      'an account that is blocked',
      json({ message: '403 Forbidden - Your account has been blocked.' }, 403),
      'forbidden',
    ],
    ['scopes that are no words', json({ error: 'insufficient_scope', scope: '<b> \u0000' }, 403), 'forbidden'],
    ['a fault', json({ message: '500 Internal Server Error' }, 500), 'server-fault'],
  ])('%s', async (_case, handler, expected) => {
    expect(await outcomeOf(() => readProfile({ 'GET /api/v4/user': handler }))).toBe(expected);
  });

  it.each<[string, Handler]>([
    ['is not there', json({}, 404)],
    ['is a script', reply('<svg onload="x()">', { 'Content-Type': 'image/png' })],
    ['is too large', reply('x'.repeat(400_000), { 'Content-Type': 'image/png' })],
    ['leads elsewhere', (_request, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end()],
    ['breaks off', resetAtOnce],
  ])('shows no picture where it %s, and the profile all the same, without the token', async (_case, picture) => {
    const { sections } = await readProfile({
      'GET /uploads/1.png': picture,
      'GET /api/v4/user': (request, response) =>
        json({ ...person, avatar_url: `http://${request.headers.host ?? ''}/uploads/1.png` })(request, response),
    });
    expect(sections.avatar.values.image).toBeNull();
    const asked = server.requests.filter(({ url }) => url === '/uploads/1.png');
    expect(asked.every(({ headers }) => !headers.authorization)).toBe(true);
  });

  it('asks no other host for a picture', async () => {
    let asked = 0;
    const elsewhere = await serveHttp((request, response) => {
      asked += 1;
      json({})(request, response);
    });
    await readProfile({ 'GET /api/v4/user': json({ ...person, avatar_url: `${elsewhere.address}/a.png` }) });
    await elsewhere.close();
    expect(asked).toBe(0);
  });

  it.each([404, 405])(
    'leaves out preferences that an older one lacks (%i), and takes no version for a new one',
    async (status) => {
      const { sections, operations } = await readProfile({
        'GET /api/v4/user/preferences': json({ error: 'no' }, status),
        'GET /api/v4/version': json({ error: 'no' }, status),
      });
      expect(sections.more.values).toEqual({ status: 'Here', busy: 'true' });
      expect(operations['avatar.change']).toEqual({ kind: 'editable' });
    },
  );

  it('asks for the version again where it was not told for the moment', async () => {
    let times = 0;
    const account = await open({
      'GET /api/v4/version': (request, response) => {
        times += 1;
        const answer = times === 1 ? json({ message: 'x' }, 500) : json({ version: '16.0.0' });
        answer(request, response);
      },
    });
    const { operations } = await account.readProfile();
    expect(operations['avatar.change']?.kind).toBe('hand-off');
  });
});

describe('D2 R7 · SSH keys that a broken or hostile GitLab sends', () => {
  it.each<[string, unknown, string]>([
    ['nothing wrong', [key], 'done'],
    ['none', [], 'done'],
    ['a key of a type from tomorrow', [{ ...key, key: 'ssh-tomorrow AAAAB3Nz' }], 'done'],
    ['a private key', [{ ...key, key: '-----BEGIN OPENSSH PRIVATE KEY-----' }], wrongShape],
    ['an id that is a text', [{ ...key, id: '../user' }], wrongShape],
    ['a date that is none', [{ ...key, created_at: 'yesterday' }], wrongShape],
    ['no list', { keys: [key] }, wrongShape],
  ])('%s', async (_case, body, expected) => {
    const account = await open({ 'GET /api/v4/user/keys': json(body) });
    expect(await outcomeOf(() => account.sshKeysState())).toBe(expected);
  });

  it.each<[string, string | undefined, number]>([
    ['that claims more than it gives', '2', 2],
    ['without a header', undefined, 2],
    ['that is whole', '', 1],
  ])('ends a list %s', async (_case, next, asked) => {
    const headers: Record<string, string> = next === undefined ? {} : { 'X-Next-Page': next };
    const account = await open({ 'GET /api/v4/user/keys': json([key], 200, headers) });
    expect((await account.sshKeysState()).keys).toHaveLength(1);
    expect(server.requests.filter(({ url }) => url?.startsWith('/api/v4/user/keys'))).toHaveLength(asked);
  });

  it('gives up on a list without an end', async () => {
    let id = 0;
    const endless: Handler = (request, response) =>
      json(Array.from({ length: 1_000 }, () => ({ ...key, id: (id += 1) })))(request, response);
    const account = await open({ 'GET /api/v4/user/keys': endless });
    expect(await outcomeOf(() => account.sshKeysState())).toBe('untrusted-answer (too-large)');
  });

  it('names the scope that is missing, and locks what takes it from then on', async () => {
    const lacks = { error: 'insufficient_scope', error_description: 'More is needed.', scope: 'api' };
    const account = await open({ 'POST /api/v4/user/keys': json(lacks, 403) });
    expect((await account.sshKeysState()).access).toEqual({ kind: 'editable' });
    await expect(account.addSshKey('x', line)).rejects.toMatchObject({ details: { permission: 'api' } });
    expect((await account.sshKeysState()).access).toEqual({ kind: 'needs-permission', permission: 'api' });
  });

  it.each<[object, object]>([
    [{ key: ['must be at least 3072 bits'] }, { publicKey: { code: 'too-short', limit: 3_072 } }],
    [{ key: ['type is forbidden. Must be ED25519'] }, { publicKey: { code: 'not-valid' } }],
    [{ title: ['is too long (maximum is 255 characters)'] }, { title: { code: 'too-long', limit: 255 } }],
    [{ base: 'Something' }, { publicKey: { code: 'not-valid' } }],
  ])('says at the field what is wrong with a key: %j', async (message, fields) => {
    const account = await open({ 'POST /api/v4/user/keys': json({ message }, 400) });
    await expect(account.addSshKey('x', line)).rejects.toMatchObject({ code: 'invalid-request', details: { fields } });
  });

  it('looks up a key whose answer was lost, and does not send it again', async () => {
    const [type, body] = line.split(' ');
    const account = await open({ 'POST /api/v4/user/keys': resetAtOnce });
    expect((await account.addSshKey('Laptop', `${type} ${body}`)).id).toBe('7');
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('R2 R7 · what is no GitLab at an address', () => {
  const closed = json({ message: '401 Unauthorized' }, 401);

  it('knows one by its refusal', async () => {
    await serve({ 'GET /api/v4/version': closed });
    expect(await outcomeOf(() => provider.describe(server.address))).toBe('done');
  });

  it.each<[string, Readonly<Record<string, Handler>>, string]>([
    ['somebody who tells a version', { 'GET /api/v4/version': json({ version: '1' }) }, stranger],
    ['somebody else who asks for a name', { 'GET /api/v4/version': json({ message: 'Log in' }, 401) }, stranger],
    [
      'a page',
      { 'GET /api/v4/version': reply('<html>', { 'Content-Type': 'text/html' }) },
      'untrusted-answer (not-json)',
    ],
    ['nothing there', { 'GET /api/v4/version': json({}, 404) }, stranger],
    [
      'another issuer',
      {
        'GET /api/v4/version': closed,
        'GET /.well-known/openid-configuration': json({ issuer: 'x', token_endpoint: 'https://x.example/token' }),
      },
      stranger,
    ],
  ])('%s', async (_case, broken, expected) => {
    await serve(broken);
    expect(await outcomeOf(() => provider.describe(server.address))).toBe(expected);
  });
});

describe('D2 R7 · access tokens that a broken or hostile GitLab sends', () => {
  it('takes no other token for the one that is tried', async () => {
    const account = await open({ 'GET /api/v4/personal_access_tokens/self': json({ id: 6 }) });
    expect(await account.tryAccessKey('5', 'glpat-of-5')).toBe(false);
    expect(await account.tryAccessKey('6', 'glpat-of-6')).toBe(true);
  });

  it('sends no number of a token that is not listed: GitLab would end all that came of one that is void', async () => {
    const account = await open({
      'GET /api/v4/personal_access_tokens': json([]),
      'GET /api/v4/personal_access_tokens/self': json({ id: 6 }),
    });
    await expect(account.rotateAccessKey('5', null)).rejects.toMatchObject({ code: 'not-found' });
    await expect(account.removeAccessKey('5')).rejects.toMatchObject({ code: 'not-found' });
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
