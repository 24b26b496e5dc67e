import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { ApiKey } from './api-key.schemas.ts';

interface Made {
  readonly secret: string;
  readonly key: ApiKey;
  readonly code?: string;
  readonly detail?: string;
}

let test: TestServer;
let token: string;
async function start(preset: string): Promise<void> {
  test = await startTestServer(findPreset(preset));
  token = (await test.signIn()).accessToken;
}
afterEach(() => test.close());

const url = '/me/api-key';
const state = async () =>
  (await test.request<{ style: string; canExpire: boolean; key: ApiKey | null }>('GET', url, { token })).body;
const generate = (body: object, key?: string) =>
  test.request<Made>('POST', url, { token, body, ...(key !== undefined && { headers: { 'idempotency-key': key } }) });
const make = async (body: object = { name: 'Backup script' }) => (await generate(body)).body.secret;
const fromNow = (seconds: number) => new Date(test.now() + seconds * 1000).toISOString();
const statusWith = async (secret: string, method = 'GET', path = '/me') =>
  (await test.request(method, path, { token: secret })).status;
const setPermissions = (names: readonly string[]) => {
  test.server.stores.accounts.setPermissions(test.server.stores.accounts.findDemo() ?? '', names);
};

/** The status that a program outside of Node gets. */
async function curl(path: string, ...flags: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('curl', [
    '--silent',
    '--output',
    '/dev/null',
    '--write-out',
    '%{http_code}',
    ...flags,
    `${test.address}${path}`,
  ]);
  return stdout;
}

/** Everything the server wrote, as one text. */
function written(): string {
  const files = readdirSync(test.dataFolder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
}

describe('W7 an API key with a name', () => {
  it('is shown once, and from then on by its last four', async () => {
    await start('control-account');
    expect(await state()).toEqual({ style: 'named', canExpire: true, key: null });
    const { status, body } = await generate({ name: ' Backup  script ' });
    const key = {
      name: 'Backup  script',
      lastFour: body.secret.slice(-4),
      createdAt: fromNow(0),
      lastUsedAt: null,
      expiresAt: null,
    };
    expect([status, body]).toEqual([201, { secret: body.secret, key }]);
    expect((await state()).key).toEqual(key);
    expect(await statusWith(token, 'POST', `${url}/reveal`)).toBe(404);
  });

  it('lies nowhere on disk', async () => {
    await start('control-account');
    const secret = await make();
    await generate({ name: 'x' }, 'k');
    expect(written()).not.toContain(secret.slice(4, -6));
    expect(test.server.database.all('SELECT sealed_key FROM api_keys')).toEqual([{ sealed_key: null }]);
  });

  it.each([
    ['', 'required'],
    ['   ', 'required'],
    ['x'.repeat(101), 'too-long'],
    ['x'.repeat(300), 'too-long'],
    ['a\u0007b', 'control-characters'],
    ['a\u202eb', 'control-characters'],
  ])('is not made with the name %j', async (name, code) => {
    await start('control-account');
    const { status, body } = await generate({ name });
    expect([status, body]).toMatchObject([422, { errors: [{ field: 'name', code }] }]);
    expect((await state()).key).toBeNull();
  });

  it('works from curl until it is replaced, and the old one gets 401 at once', async () => {
    await start('control-account');
    const first = await make();
    expect(await curl('/me', '--header', `Authorization: Bearer ${first}`)).toBe('200');
    const { body } = await test.request<Made>('POST', `${url}/rotate`, { token });
    expect(body.key).toMatchObject({ name: 'Backup script', lastUsedAt: null });
    expect(await curl('/me', '--header', `Authorization: Bearer ${first}`)).toBe('401');
    expect(await curl('/me', '--header', `Authorization: Bearer ${body.secret}`)).toBe('200');
    expect(await curl('/me', '--user', `${test.identifier}:${body.secret}`)).toBe('401');
    await test.request('DELETE', url, { token });
    expect(await curl('/me', '--header', `Authorization: Bearer ${body.secret}`)).toBe('401');
  });

  it('says when it was used last, to the minute', async () => {
    await start('control-account');
    const secret = await make();
    test.pass(60);
    const used = fromNow(0);
    await statusWith(secret);
    test.pass(59);
    await statusWith(secret);
    expect((await state()).key?.lastUsedAt).toBe(used);
    test.pass(1);
    await statusWith(secret);
    expect((await state()).key?.lastUsedAt).toBe(fromNow(0));
  });
});

describe('X3 the end of an API key', () => {
  it('comes at its time, and rotating gives the same length again', async () => {
    await start('control-account');
    const secret = await make({ name: 'x', expiresAt: fromNow(300) });
    test.pass(299.999);
    expect(await statusWith(secret)).toBe(200);
    test.pass(0.001);
    expect((await test.request('GET', '/me', { token: secret })).body).toMatchObject({
      status: 401,
      code: 'key-refused',
    });
    const { body } = await test.request<Made>('POST', `${url}/rotate`, { token });
    expect(body.key.expiresAt).toBe(fromNow(300));
  });

  it('can be as far off as can be written; rotating does not go beyond', async () => {
    await start('control-account');
    await make({ name: 'x', expiresAt: '9999-12-31T23:59:59Z' });
    test.pass(60);
    const { status, body } = await test.request<Made>('POST', `${url}/rotate`, { token });
    expect([status, body.key.expiresAt]).toEqual([201, '9999-12-31T23:59:59.999Z']);
    expect((await state()).key?.expiresAt).toBe(body.key.expiresAt);
  });

  it('is in the future, and only where the provider has one', async () => {
    await start('control-account');
    const refused = { errors: [{ field: 'expiresAt', code: 'not-valid' }] };
    expect((await generate({ name: 'x', expiresAt: fromNow(0) })).body).toMatchObject(refused);
    expect((await generate({ name: 'x', expiresAt: 'tomorrow' })).body).toMatchObject(refused);
    await test.close();
    await start('platform');
    expect((await generate({ expiresAt: fromNow(60) })).body).toMatchObject(refused);
    expect((await generate({ expiresAt: null })).status).toBe(201);
  });
});

describe('E7 an API key that replaces', () => {
  it('can be shown again after a fresh proof, and is kept sealed', async () => {
    await start('platform');
    const secret = await make({});
    const reveal = () => test.request('POST', `${url}/reveal`, { token, headers: { 'idempotency-key': 'k' } });
    for (let count = 0; count < 2; count += 1) expect((await reveal()).body).toEqual({ secret });
    expect(written()).not.toContain(secret.slice(4, -6));
    await test.request('DELETE', '/auth/reauth', { token });
    expect((await reveal()).body).toMatchObject({ code: 'reauth-required' });
  });

  it('is a Basic password too, of its own person only', async () => {
    await start('platform');
    const secret = await make({});
    expect(await curl('/me', '--user', `${test.identifier.toUpperCase()}:${secret}`)).toBe('200');
    for (const pair of [
      `other@example.com:${secret}`,
      `:${secret}`,
      `${test.identifier}:x`,
      `${test.identifier}:${test.password}`,
    ]) {
      expect(await curl('/me', '--user', pair)).toBe('401');
    }
  });
});

describe('W7 E7 X6 what an API key may do', () => {
  it('is to read, and nothing that guards the account', async () => {
    await start('platform');
    const secret = await make({});
    for (const path of ['/me', '/me/contact', '/me/avatar', '/me/sessions', '/meta'])
      expect(await statusWith(secret, 'GET', path)).toBe(200);
    for (const path of ['/me/mfa', '/me/mfa/recovery-codes', '/auth/reauth', url])
      expect(await statusWith(secret, 'GET', path)).toBe(403);
    for (const path of [
      url,
      `${url}/rotate`,
      `${url}/reveal`,
      '/me/password',
      '/me/sessions/close-others',
      '/auth/reauth',
    ]) {
      expect(await statusWith(secret, 'POST', path)).toBe(403);
    }
    expect(await statusWith(secret, 'DELETE', '/me/mfa')).toBe(403);
    const edit = await test.request('PATCH', '/me', {
      token: secret,
      headers: { 'if-match': '*' },
      body: { firstName: 'x' },
    });
    expect(edit.status).toBe(403);
    const { sessions } = (
      await test.request<{ sessions: { current: boolean }[] }>('GET', '/me/sessions', { token: secret })
    ).body;
    expect(sessions.map(({ current }) => current)).toEqual([false]);
  });

  it('hangs on the permission as it is now; without a proof nothing is made', async () => {
    await start('control-account');
    const secret = await make();
    setPermissions(['Notifications Edit']);
    const acts = () =>
      Promise.all([
        generate({ name: 'x' }),
        test.request('POST', `${url}/rotate`, { token }),
        test.request('DELETE', url, { token }),
      ]);
    for (const { body } of await acts())
      expect(body).toMatchObject({ status: 403, code: 'forbidden', permission: 'API Key Manage' });
    setPermissions(['API Key Manage']);
    await test.request('DELETE', '/auth/reauth', { token });
    for (const { body } of await acts()) expect(body).toMatchObject({ code: 'reauth-required' });
    expect(await statusWith(secret)).toBe(200);
  });

  it('is nothing where the provider has none', async () => {
    await start('contact-center');
    expect(await statusWith(token, 'GET', url)).toBe(404);
  });
});

describe('W7 a double click', () => {
  it('makes one key, and tells the second which it was without showing it', async () => {
    await start('control-account');
    const answers = await Promise.all([1, 2, 3].map(() => generate({ name: 'x' }, 'click')));
    const [made] = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const again = (await generate({ name: 'x' }, 'click')).body;
    expect(again).toMatchObject({ code: 'already-done', detail: `The key made then ends in ${made!.key.lastFour}` });
    expect(await statusWith(made!.secret)).toBe(200);
    expect((await state()).key?.lastFour).toBe(made!.key.lastFour);
  });

  it('under the key of another request does nothing', async () => {
    await start('control-account');
    const secret = await make();
    await generate({ name: 'x' }, 'k');
    expect((await generate({ name: 'y' }, 'k')).body.code).toBe('key-reused');
    expect((await state()).key?.name).toBe('x');
    expect(await statusWith(secret)).toBe(401);
  });

  it('may be tried again after it was refused', async () => {
    await start('control-account');
    expect((await generate({ name: '' }, 'k')).status).toBe(422);
    expect((await generate({ name: '' }, 'k')).status).toBe(422);
    setPermissions([]);
    expect((await generate({ name: 'x' }, 'l')).status).toBe(403);
    setPermissions(['API Key Manage']);
    expect((await generate({ name: 'x' }, 'l')).status).toBe(201);
  });
});
