import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createGithubProvider } from '../../electron/services/provider/github/create-github-provider.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { serveHttp, type Handler } from './fault-server.ts';
import { halfBody, reply, resetAtOnce } from './faults.ts';
import { outcomeOf, serveRoutes, toSnapshot, wrongShape, type RouteServer } from './serve-routes.ts';

const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const key = { id: 7, title: 'Laptop', key: line, created_at: '2026-01-02T03:04:05Z', verified: true, last_used: null };
const person = { id: 1, login: 'ada', name: 'Ada', email: null, created_at: '2024-05-01T12:00:00Z' };
const email = { email: 'ada@example.org', primary: true, verified: true, visibility: 'private' };
const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  reply(JSON.stringify(value), headers, status);
const refusal = (status: number, message: string, headers: Record<string, string> = {}) =>
  json({ message, documentation_url: 'https://docs.github.com/rest', status: String(status) }, status, headers);
const healthy: Readonly<Record<string, Handler>> = {
  'GET /api/v3/meta': json({ verifiable_password_authentication: true, installed_version: '3.17.2' }),
  'GET /api/v3/user': json(person),
  'GET /api/v3/user/emails': json([email]),
  'GET /api/v3/user/keys': json([key]),
  'GET /api/v3/user/ssh_signing_keys': json([]),
  'POST /api/v3/user/keys': json(key, 201),
};

let server: RouteServer;
afterEach(() => server.close());

const provider = createGithubProvider({ clock: createSystemClock(), version: '1.0.0' });

async function serve(broken: Readonly<Record<string, Handler>>): Promise<void> {
  server = await serveRoutes({ ...healthy, ...broken }, refusal(404, 'Not Found'));
}

/** `scopes`: null of a fine-grained token. */
async function open(
  broken: Readonly<Record<string, Handler>>,
  scopes: readonly string[] | null = null,
): Promise<ProviderAccount> {
  await serve(broken);
  const renewed = () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' }));
  return provider.open(server.address, { scopes, accessToken: () => Promise.resolve('t1'), renewed });
}

const read = async (broken: Readonly<Record<string, Handler>>) =>
  toSnapshot((await (await open(broken)).readAccount()).profile!);

const stranger = 'untrusted-answer (not-a-profile-service)';
const detailsOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.toShape() : error),
  );

describe('D2 R6 · the person that a broken or hostile GitHub sends', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json(person), 'done'],
    ['more than we know', json({ ...person, shoe_size: 42, ['__proto__']: { login: 'root' } }), 'done'],
    ['no name, and no time of its making', json({ ...person, name: null, created_at: null }), 'done'],
    ['a number for a name', json({ ...person, name: 7 }), wrongShape],
    ['a name of 10,001 characters', json({ ...person, name: 'x'.repeat(10_001) }), wrongShape],
    ['no id', json({ ...person, id: undefined }), wrongShape],
    ['half an answer', halfBody, 'untrusted-answer (cut-short)'],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['a list', json([person]), wrongShape],
    ['a token that nobody knows', refusal(401, 'Bad credentials'), 'unauthenticated (session-ended)'],
    ['a 401 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 401), stranger],
    ['a 403 of something between', json({ error: 'blocked' }, 403), stranger],
    ['an account that is suspended', refusal(403, 'Sorry. Your account was suspended.'), 'forbidden'],
    [
      'an organisation that wants its own sign-in',
      refusal(403, 'Resource protected by organization SAML enforcement.', {
        'X-GitHub-SSO': 'required; url=https://evil.example/',
      }),
      'forbidden (single-sign-on)',
    ],
    ['a fault', refusal(500, 'Server Error'), 'server-fault'],
  ])('%s', async (_case, handler, expected) => {
    expect(await outcomeOf(() => read({ 'GET /api/v3/user': handler }))).toBe(expected);
  });

  it('shows the profile without the addresses that its token may not see', async () => {
    const hidden = refusal(403, 'Resource not accessible by personal access token');
    const { sections } = await read({ 'GET /api/v3/user/emails': hidden });
    expect([sections.user.values.firstName, sections.contact.values.email]).toEqual(['Ada', '']);
  });

  it('asks no other host for a picture, and none with the token', async () => {
    let asked = 0;
    const elsewhere = await serveHttp((request, response) => {
      asked += 1;
      json({})(request, response);
    });
    await read({ 'GET /api/v3/user': json({ ...person, avatar_url: `${elsewhere.address}/a.png` }) });
    await elsewhere.close();
    expect(asked).toBe(0);
    const own: Handler = (request, response) =>
      json({ ...person, avatar_url: `http://${request.headers.host ?? ''}/avatars/u/1` })(request, response);
    await read({ 'GET /api/v3/user': own });
    const pictures = server.requests.filter(({ url }) => url === '/avatars/u/1');
    expect(pictures.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

describe('D2 R6 · the limits of a busy GitHub', () => {
  const soon = (seconds: number) => String(Math.floor(Date.now() / 1_000) + seconds);
  const date = () => new Date(Math.floor(Date.now() / 1_000) * 1_000).toUTCString();

  it.each<[string, Handler, number]>([
    [
      '403 and the end of a window',
      (q, r) =>
        refusal(403, 'API rate limit exceeded', {
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset': soon(1_800),
          Date: date(),
        })(q, r),
      1_800,
    ],
    ['429 with a pause', refusal(429, 'Too many', { 'Retry-After': '90' }), 90],
    ['403 with a pause', refusal(403, 'You have exceeded a secondary rate limit.', { 'Retry-After': '120' }), 120],
    ['403 and words alone', refusal(403, 'You have exceeded a secondary rate limit. Please wait.'), 60],
    ['a pause of a year', refusal(429, 'Too many', { 'Retry-After': '31536000' }), 3_600],
    [
      'a window that ends in a year',
      (q, r) => refusal(403, 'x', { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': soon(31_536_000) })(q, r),
      3_600,
    ],
    [
      'a window that ended',
      (q, r) => refusal(403, 'x', { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': soon(-50) })(q, r),
      1,
    ],
    ['a window without an end', refusal(403, 'x', { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': 'soon' }), 60],
  ])('%s: told, and nothing more is asked until then', async (_case, limited, seconds) => {
    const account = await open({ 'PATCH /api/v3/user': limited, 'POST /api/v3/user/emails': limited });
    const first = await detailsOf(account.addEmail('x@example.org'));
    expect(first).toMatchObject({ code: 'rate-limited' });
    const { retryAfter } = first as { retryAfter: number };
    expect(retryAfter).toBeLessThanOrEqual(seconds);
    expect(retryAfter).toBeGreaterThanOrEqual(seconds - 5);
    if (seconds < 10) return;
    const asked = server.requests.length;
    expect(await detailsOf(account.whoAmI())).toMatchObject({ code: 'rate-limited' });
    expect(server.requests).toHaveLength(asked);
  });
});

describe('D2 R6 · what a token may not do', () => {
  const lacking = { 'X-OAuth-Scopes': 'read:user', 'X-Accepted-OAuth-Scopes': 'admin:public_key' };

  it.each<[string, Handler, readonly string[] | null, object]>([
    [
      '404 of a classic one',
      refusal(404, 'Not Found', lacking),
      ['user', 'write:public_key'],
      { code: 'forbidden', permission: 'write:public_key' },
    ],
    [
      '403 of a fine-grained one',
      refusal(403, 'Resource not accessible by personal access token'),
      null,
      { code: 'forbidden', permission: 'Git SSH keys: Read and write' },
    ],
    [
      '403 that names the permission',
      refusal(403, 'No.', { 'X-Accepted-GitHub-Permissions': 'git_ssh_keys=write' }),
      null,
      { code: 'forbidden', permission: 'Git SSH keys: Read and write' },
    ],
  ])('%s is named, and locks what takes it from then on', async (_case, handler, scopes, expected) => {
    const account = await open({ 'POST /api/v3/user/keys': handler }, scopes);
    expect((await account.sshKeysState()).access).toEqual({ kind: 'editable' });
    expect(await detailsOf(account.addSshKey('x', line))).toMatchObject(expected);
    const { permission } = expected as { permission: string };
    expect((await account.sshKeysState()).access).toEqual({ kind: 'needs-permission', permission });
  });

  it('a key that is gone is told from one that may not be removed', async () => {
    const held = { 'X-OAuth-Scopes': 'admin:public_key' };
    const account = await open({ 'DELETE /api/v3/user/keys/7': refusal(404, 'Not Found', held) }, ['admin:public_key']);
    expect(await outcomeOf(() => account.removeSshKey('authentication-7'))).toBe('not-found');
    await server.close();
    const other = await open({ 'DELETE /api/v3/user/keys/7': refusal(404, 'Not Found', lacking) }, [
      'admin:public_key',
    ]);
    expect(await outcomeOf(() => other.removeSshKey('authentication-7'))).toBe('forbidden');
    await server.close();
    // Of a GitHub App the header is there and empty: it has no scopes that could be lacking.
    const ofApp = await open({ 'DELETE /api/v3/user/keys/7': refusal(404, 'Not Found', { 'X-OAuth-Scopes': '' }) });
    expect(await outcomeOf(() => ofApp.removeSshKey('authentication-7'))).toBe('not-found');
  });

  it.each(['7', 'authentication-0', 'authentication-7/../../user', 'signing-', '..'])(
    'no id leads to another path: %s',
    async (id) => {
      const account = await open({});
      expect(await outcomeOf(() => account.removeSshKey(id))).toBe('not-found');
      expect(server.requests).toEqual([]);
    },
  );
});

describe('D2 R6 · SSH keys that a broken or hostile GitHub sends', () => {
  it.each<[string, unknown, string]>([
    ['nothing wrong', [key], 'done'],
    ['none', [], 'done'],
    ['no title', [{ ...key, title: null }], 'done'],
    ['a key of a type from tomorrow', [{ ...key, key: 'ssh-tomorrow AAAAB3Nz' }], 'done'],
    ['a private key', [{ ...key, key: '-----BEGIN OPENSSH PRIVATE KEY-----' }], wrongShape],
    ['an id that is a text', [{ ...key, id: '../user' }], wrongShape],
    ['a date that is none', [{ ...key, created_at: 'yesterday' }], wrongShape],
    ['no list', { keys: [key] }, wrongShape],
  ])('%s', async (_case, body, expected) => {
    const account = await open({ 'GET /api/v3/user/keys': json(body) });
    expect(await outcomeOf(() => account.sshKeysState())).toBe(expected);
  });

  it('follows links to the end, and only where it has asked', async () => {
    const pages: Readonly<Record<string, Handler>> = {
      '1': json([key], 200, { Link: '<https://evil.example/user/keys?per_page=100&page=2>; rel="next"' }),
      '2': json([{ ...key, id: 8 }], 200, { Link: '<https://evil.example/?page=1>; rel="first"' }),
    };
    const paged: Handler = (request, response) =>
      pages[new URLSearchParams(request.url?.split('?')[1]).get('page') ?? '1']!(request, response);
    const account = await open({ 'GET /api/v3/user/keys': paged });
    const { keys } = await account.sshKeysState();
    // One key, by its type and body.
    expect(keys.map(({ id }) => id)).toEqual(['authentication-7.authentication-8']);
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/v3/user/keys?per_page=100',
      '/api/v3/user/keys?per_page=100&page=2',
      '/api/v3/user/ssh_signing_keys?per_page=100',
    ]);
  });

  it('ends where a page brings nothing new, and gives up on a list without an end', async () => {
    const round = json([key], 200, { Link: '<http://x/?page=2>; rel="next"' });
    const account = await open({ 'GET /api/v3/user/keys': round });
    expect((await account.sshKeysState()).keys).toHaveLength(1);
    await server.close();
    let id = 0;
    const endless: Handler = (request, response) => {
      const keys = Array.from({ length: 1_000 }, () => ({ ...key, id: (id += 1) }));
      json(keys, 200, { Link: '<http://x/?page=2>; rel="next"' })(request, response);
    };
    const other = await open({ 'GET /api/v3/user/keys': endless });
    expect(await outcomeOf(() => other.sshKeysState())).toBe('untrusted-answer (too-large)');
  });

  it('a key of both lists is one, and an older server has one list', async () => {
    const signing = { id: 7, title: 'Laptop', key: line, created_at: '2026-01-02T03:04:05Z' };
    const account = await open({ 'GET /api/v3/user/ssh_signing_keys': json([signing]) });
    expect((await account.sshKeysState()).keys).toMatchObject([{ id: 'authentication-7.signing-7', usage: 'both' }]);
    await server.close();
    const other = await open({ 'GET /api/v3/user/ssh_signing_keys': refusal(404, 'Not Found') });
    expect((await other.sshKeysState()).keys).toMatchObject([{ id: 'authentication-7', usage: 'authentication' }]);
  });

  it.each<[string, string]>([
    ['key is already in use', 'taken'],
    ['key is invalid. You must supply a key in OpenSSH public key format', 'not-valid'],
  ])('“%s” is %s at the field', async (message, code) => {
    const errors = [{ resource: 'PublicKey', code: 'custom', field: 'key', message }];
    const account = await open({
      'GET /api/v3/user/keys': json([]),
      'POST /api/v3/user/keys': json({ message: 'Validation Failed', errors }, 422),
    });
    expect(await detailsOf(account.addSshKey('x', line))).toEqual({
      code: 'invalid-request',
      fields: { publicKey: { code } },
    });
  });

  it('looks up a key whose answer was lost, and does not send it again', async () => {
    const account = await open({ 'POST /api/v3/user/keys': resetAtOnce });
    expect((await account.addSshKey('Laptop', line)).id).toBe('authentication-7');
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('R2 X3 R6 · the end of a token, as a header tells it', () => {
  it.each<[string | undefined, string | null]>([
    ['2027-03-31 00:00:00 UTC', '2027-03-31T00:00:00.000Z'],
    ['2027-03-31 09:00:00 +0900', '2027-03-31T00:00:00.000Z'],
    ['2027-03-31 00:00:00', '2027-03-31T00:00:00.000Z'],
    [undefined, null],
    ['never', null],
    ['2027-13-31 00:00:00 UTC', null],
  ])('%s', async (header, end) => {
    const headers: Record<string, string> = { 'X-OAuth-Scopes': 'user' };
    if (header !== undefined) headers['GitHub-Authentication-Token-Expiration'] = header;
    await serve({ 'GET /api/v3/user': json(person, 200, headers) });
    const tokens = await provider.tokensOfPasted(server.address, 'ghp_1', '');
    const expiresAt = end === null ? null : Date.parse(end);
    expect(tokens).toEqual({ kind: 'fixed', token: 'ghp_1', expiresAt, scopes: ['user'] });
  });
});

describe('R2 R6 · what is no GitHub at an address', () => {
  it.each<[string, Handler, string]>([
    ['another API', json({ status: 'ok' }), wrongShape],
    [
      'a version that is a page',
      json({ verifiable_password_authentication: true, installed_version: '<b>' }),
      wrongShape,
    ],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['nothing there', json({}, 404), stranger],
    ['somebody who asks for a name', json({ message: 'Log in' }, 401), stranger],
    ['a limit', refusal(429, 'Too many', { 'Retry-After': '90' }), 'rate-limited'],
  ])('%s', async (_case, handler, expected) => {
    await serve({ 'GET /api/v3/meta': handler });
    expect(await outcomeOf(() => provider.describe(server.address))).toBe(expected);
  });
});
