import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { AccessKey, AccessKeys } from './access-keys.schemas.ts';

interface Made {
  readonly secret: string;
  readonly key: AccessKey;
  readonly code?: string;
  readonly detail?: string;
}

let test: TestServer;
let token: string;
const prove = () => test.request('POST', '/auth/reauth', { token, body: { password: test.password } });
beforeEach(async () => {
  test = await startTestServer(findPreset('contact-center'));
  token = (await test.signIn()).accessToken;
  await prove();
});
afterEach(() => test.close());

const url = '/me/access-keys';
const list = async () => (await test.request<AccessKeys>('GET', url, { token })).body;
const generate = (body: object = {}, key?: string) =>
  test.request<Made>('POST', url, { token, body, ...(key !== undefined && { headers: { 'idempotency-key': key } }) });
const make = async (body: object = {}) => (await generate(body)).body;
const setActive = (id: string, isActive: boolean, etag = '*') =>
  test.request<AccessKey & { code?: string }>('PATCH', `${url}/${id}`, {
    token,
    body: { isActive },
    headers: { 'if-match': etag },
  });
const remove = (id: string) => test.request('DELETE', `${url}/${id}`, { token });
const fromNow = (seconds: number) => new Date(test.now() + seconds * 1000).toISOString();
const statusWith = async (shown: string, path = '/me') => (await test.request('GET', path, { token: shown })).status;
const setPermissions = (names: readonly string[]) => {
  test.server.stores.accounts.setPermissions(test.server.stores.accounts.findDemo() ?? '', names);
};

/** Trades id and secret for a token as a program does; gives the token, or the status of the refusal. */
async function exchange({ key: { id }, secret }: Made): Promise<string | number> {
  const fields = new URLSearchParams({ grant_type: 'password', username: id, password: secret });
  const { stdout } = await promisify(execFile)('curl', [
    '--silent',
    '--data',
    fields.toString(),
    `${test.address}/auth/token`,
  ]);
  const { access_token: got, status } = JSON.parse(stdout) as { access_token?: string; status: number };
  return got ?? status;
}

describe('C2 access keys', () => {
  it('show their secret once, and are listed newest first without it', async () => {
    expect(await list()).toEqual({ keys: [], limit: 10, canExpire: true });
    const first = await make();
    expect(first.key).toEqual({
      id: first.key.id,
      name: '',
      isActive: true,
      createdAt: fromNow(0),
      lastUsedAt: null,
      expiresAt: null,
      etag: first.key.etag,
    });
    test.pass(1);
    const second = await make({ name: 'Dialer', expiresAt: fromNow(60) });
    expect(second.key).toMatchObject({ name: 'Dialer', expiresAt: fromNow(60) });
    const { keys } = await list();
    expect(keys).toEqual([second.key, first.key]);
    expect(JSON.stringify(keys)).not.toMatch(/pds_/);
    const rows = JSON.stringify(test.server.database.all('SELECT * FROM access_keys'));
    for (const { secret } of [first, second]) expect(rows).not.toContain(secret.slice(4, -6));
  });

  it('get a token from curl that reads and does nothing else, for ten minutes', async () => {
    const made = await make();
    test.pass(30);
    const got = String(await exchange(made));
    expect(got).toMatch(/^pdt_/);
    expect((await list()).keys[0]?.lastUsedAt).toBe(fromNow(0));
    expect([await statusWith(got), await statusWith(got, url), await statusWith(got, '/me/mfa')]).toEqual([
      200, 403, 403,
    ]);
    expect((await test.request('POST', url, { token: got, body: {} })).status).toBe(403);
    test.pass(569.999);
    expect(await statusWith(got)).toBe(200);
    test.pass(30.001);
    expect((await test.request('GET', '/me', { token: got })).body).toMatchObject({ status: 401, code: 'key-refused' });
  });

  it('give nothing for a wrong secret or another key’s', async () => {
    const [one, other] = [await make(), await make()];
    expect(await exchange({ ...one, secret: other.secret })).toBe(401);
    expect(await exchange({ ...one, secret: `${one.secret.slice(0, -1)}-` })).toBe(401);
    expect(await exchange({ ...one, key: { ...one.key, id: 'unknown' } })).toBe(401);
    const json = await test.request('POST', '/auth/token', {
      body: { grant_type: 'password', username: one.key.id, password: one.secret },
    });
    expect(json.status).toBe(415);
  });

  it('stop at once with their tokens, and work again when they are active again', async () => {
    const made = await make();
    const got = String(await exchange(made));
    const stopped = await setActive(made.key.id, false, made.key.etag);
    expect(stopped.body).toMatchObject({ isActive: false });
    expect([await statusWith(got), await exchange(made)]).toEqual([401, 401]);
    expect((await setActive(made.key.id, true, made.key.etag)).body.code).toBe('stale');
    expect((await setActive(made.key.id, true, stopped.headers.get('etag') ?? '')).body.isActive).toBe(true);
    expect(await statusWith(got)).toBe(401);
    expect(await exchange(made)).toMatch(/^pdt_/);
    // Being used does not make what the person sees stale.
    expect((await setActive(made.key.id, false, made.key.etag)).status).toBe(200);
  });

  it('fail at once when they are deleted', async () => {
    const made = await make();
    const got = String(await exchange(made));
    expect((await remove(made.key.id)).status).toBe(204);
    expect([await statusWith(got), await exchange(made)]).toEqual([401, 401]);
    expect((await list()).keys).toEqual([]);
    expect((await remove(made.key.id)).status).toBe(404);
    expect((await setActive(made.key.id, true)).status).toBe(404);
  });

  it('end at their time, and no token outlives its key (X3)', async () => {
    const made = await make({ expiresAt: fromNow(60) });
    const got = String(await exchange(made));
    test.pass(59.999);
    expect(await statusWith(got)).toBe(200);
    test.pass(0.001);
    expect([await statusWith(got), await exchange(made)]).toEqual([401, 401]);
    expect((await generate({ expiresAt: fromNow(0) })).body).toMatchObject({
      errors: [{ field: 'expiresAt', code: 'not-valid' }],
    });
    expect((await generate({ name: 'x'.repeat(300) })).body).toMatchObject({
      errors: [{ field: 'name', code: 'too-long', limit: 100 }],
    });
  });

  it('are ten at most, also when they are asked for together', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => generate()));
    expect(answers.filter(({ body }) => body.code === 'limit-reached')).toHaveLength(2);
    const { keys } = await list();
    expect(keys).toHaveLength(10);
    await remove(keys[0]!.id);
    expect((await generate()).status).toBe(201);
  });

  it('are made once by a double click, and the second is told which (W7)', async () => {
    const answers = await Promise.all([1, 2].map(() => generate({}, 'click')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const made = answers.find(({ status }) => status === 201)!.body;
    const refused = answers.find(({ status }) => status === 409)!.body;
    expect(refused).toMatchObject({ code: 'already-done', detail: `The key made then is ${made.key.id}` });
    expect((await list()).keys).toHaveLength(1);
  });
});

describe('C2 X6 rights over access keys', () => {
  it('hang on the permission as it is now; stopping and deleting do not', async () => {
    const { key } = await make();
    setPermissions([]);
    expect((await generate()).body).toMatchObject({ code: 'forbidden', permission: 'Access Key Create' });
    expect((await test.request('GET', '/meta', { token })).body).toMatchObject({
      capabilities: { 'access-keys.manage': 'offered', 'api-key.manage': 'not-offered' },
      fields: { accessKeys: { key: { access: 'read-only', permission: 'Access Key Create' } } },
    });
    expect((await setActive(key.id, false)).status).toBe(200);
    expect((await remove(key.id)).status).toBe(204);
  });

  it('need a fresh proof for every change', async () => {
    const { key } = await make();
    await test.request('DELETE', '/auth/reauth', { token });
    for (const { body } of [await generate(), await setActive(key.id, false), await remove(key.id)])
      expect(body).toMatchObject({ code: 'reauth-required' });
    expect((await list()).keys).toEqual([key]);
  });

  it('end at one’s own keys', async () => {
    const { key, secret } = await make();
    const { accounts, sessions } = test.server.stores;
    const { demo } = findPreset('contact-center')!;
    const other = accounts.create({
      ...demo,
      user: { ...demo.user, username: 'other' },
      contact: { ...demo.contact, email: 'other@example.com' },
      passwordHash: '',
    });
    token = sessions.start(other, { userAgent: '', ipAddress: '' }, test.now() + 60_000).accessToken;
    expect((await list()).keys).toEqual([]);
    expect([(await setActive(key.id, false)).status, (await remove(key.id)).status]).toEqual([404, 404]);
    expect(await exchange({ key, secret })).toMatch(/^pdt_/);
  });

  it('are nothing where the provider has no access keys', async () => {
    await test.close();
    test = await startTestServer();
    expect(await statusWith((await test.signIn()).accessToken, url)).toBe(404);
    expect((await test.request('POST', '/auth/token', { body: {} })).status).toBe(404);
  });
});
