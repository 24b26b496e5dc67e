import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { IdentityKey } from './identity-keys.schemas.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'identity-keys-'));
const kinds = {
  'id-ed25519': ['ed25519'],
  'id-ecdsa': ['ecdsa', '-b', '521'],
  'id-rsa': ['rsa', '-b', '2048'],
  'id-short': ['rsa', '-b', '1024'],
};
const fileOf = (name: string) => join(folder, name);
const lineOf = (name: keyof typeof kinds) => readFileSync(fileOf(`${name}.pub`), 'utf8').trim();

beforeAll(async () => {
  await Promise.all(
    Object.entries(kinds).map(([name, [type = '', ...more]]) =>
      run('ssh-keygen', ['-q', '-t', type, ...more, '-N', '', '-C', `mara@${name}`, '-f', fileOf(name)]),
    ),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

let test: TestServer;
let token: string;
const prove = () => test.request('POST', '/auth/reauth', { token, body: { password: test.password } });
beforeEach(async () => {
  test = await startTestServer(findPreset('platform'));
  token = (await test.signIn()).accessToken;
  await prove();
});
afterEach(() => test.close());

const url = '/me/identity-keys';
const list = async () => (await test.request<{ keys: IdentityKey[]; limit: number }>('GET', url, { token })).body;
const add = (body: object, key?: string) =>
  test.request<IdentityKey & { code?: string; errors?: object[] }>('POST', url, {
    token,
    body,
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  });
const rename = (id: string, title: string, etag = '*') =>
  test.request<IdentityKey & { code?: string }>('PATCH', `${url}/${id}`, {
    token,
    body: { title },
    headers: { 'if-match': etag },
  });
const remove = (id: string) => test.request('DELETE', `${url}/${id}`, { token });
const challenge = async (id: string) =>
  (await test.request<{ challenge: string }>('POST', `${url}/${id}/challenge`, { token })).body.challenge;
const verify = (id: string, signature: string) =>
  test.request<IdentityKey & { code?: string }>('POST', `${url}/${id}/verify`, { token, body: { signature } });

async function sign(name: keyof typeof kinds, message: string, host = new URL(test.address).host): Promise<string> {
  const file = fileOf(
    `message-${createHash('sha256')
      .update(message + host)
      .digest('hex')}`,
  );
  writeFileSync(file, message);
  await run('ssh-keygen', ['-q', '-Y', 'sign', '-n', `profile-desk-identity-key@${host}`, '-f', fileOf(name), file]);
  return readFileSync(`${file}.sig`, 'utf8');
}

describe('E11 identity keys', () => {
  it('are kept with the facts that ssh-keygen tells of them, newest first', async () => {
    for (const name of ['id-ed25519', 'id-ecdsa', 'id-rsa'] as const) {
      test.pass(1);
      const { status, body } = await add({ publicKey: lineOf(name) });
      expect(status).toBe(201);
      const [bits, sha256] = (await run('ssh-keygen', ['-lf', fileOf(name)])).stdout.split(' ');
      const [, md5] = (await run('ssh-keygen', ['-lf', fileOf(name), '-E', 'md5'])).stdout.split(' ');
      expect(body).toMatchObject({
        title: `mara@${name}`,
        publicKey: lineOf(name).split(' ').slice(0, 2).join(' '),
        bits: Number(bits),
        sha256,
        md5,
        lastUsedAt: null,
        verifiedAt: null,
      });
    }
    expect((await list()).keys.map(({ title }) => title)).toEqual(['mara@id-rsa', 'mara@id-ecdsa', 'mara@id-ed25519']);
  });

  it('have a title: the typed one, else the comment, else the type', async () => {
    const [type = '', key = ''] = lineOf('id-ed25519').split(' ');
    const { body } = await add({ publicKey: `${type} ${key}` });
    expect(body.title).toBe('ssh-ed25519');
    expect((await rename(body.id, ' Laptop ', body.etag)).body).toMatchObject({ title: 'Laptop' });
    expect((await rename(body.id, 'Stale', body.etag)).body).toMatchObject({ code: 'stale' });
    expect((await rename(body.id, '')).body).toMatchObject({
      code: 'invalid',
      errors: [{ field: 'title', code: 'required' }],
    });
    expect((await add({ publicKey: lineOf('id-rsa'), title: 'x'.repeat(101) })).body).toMatchObject({
      errors: [{ field: 'title', code: 'too-long', limit: 100 }],
    });
  });

  it('are on an account once, whatever their title; another account may have them too', async () => {
    const { body } = await add({ publicKey: lineOf('id-ed25519') });
    expect(await add({ publicKey: lineOf('id-ed25519'), title: 'Again' })).toMatchObject({
      status: 409,
      body: { code: 'duplicate-key', errors: [{ field: 'publicKey', code: 'duplicate' }] },
    });
    const { accounts, sessions, identityKeys } = test.server.stores;
    const { demo } = findPreset('platform')!;
    const other = accounts.create({
      ...demo,
      user: { ...demo.user, username: 'other' },
      contact: { ...demo.contact, email: 'other@example.com' },
      passwordHash: '',
    });
    token = sessions.start(other, { userAgent: '', ipAddress: '' }, test.now() + 60_000).accessToken;
    expect((await list()).keys).toEqual([]);
    expect([
      (await rename(body.id, 'Mine')).status,
      (await remove(body.id)).status,
      (await verify(body.id, '')).status,
    ]).toEqual([404, 404, 404]);
    expect(identityKeys.count(other)).toBe(0);
  });

  it('are made once by a repeated request', async () => {
    const [first, second] = [
      await add({ publicKey: lineOf('id-rsa') }, 'click'),
      await add({ publicKey: lineOf('id-rsa') }, 'click'),
    ];
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect((await list()).keys).toHaveLength(1);
  });

  it('are told of by mail when one comes or goes', async () => {
    const { body } = await add({ publicKey: lineOf('id-rsa') });
    expect((await remove(body.id)).status).toBe(204);
    const { mails } = (await test.request<{ mails: { subject: string }[] }>('GET', '/dev/outbox')).body;
    expect(mails.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['An SSH key was added', 'An SSH key was deleted']),
    );
  });
});

describe('K4 K6 what is no good key', () => {
  it('is refused, a private key above all, and nothing of it is kept', async () => {
    const secret = readFileSync(fileOf('id-ed25519'), 'utf8');
    const [, middle = ''] = secret.split('\n');
    const good = lineOf('id-ed25519');
    const bad = [
      secret,
      'hello',
      '',
      good.replace('ssh-ed25519', 'ssh-rsa'),
      good.slice(0, 40),
      `${good.split(' ')[0] ?? ''} AAAA`,
      lineOf('id-short'),
      lineOf('id-ecdsa').replace('AAAAE2Vj', 'AAAAE2Vk'),
    ];
    for (const publicKey of bad)
      expect((await add({ publicKey })).body).toMatchObject({
        status: 422,
        code: 'invalid',
        errors: [{ field: 'publicKey', code: 'not-valid' }],
      });
    expect((await list()).keys).toEqual([]);
    const files = readdirSync(test.dataFolder).map((name) => readFileSync(join(test.dataFolder, name), 'latin1'));
    expect(files.join('')).toContain('identity_keys');
    for (const content of files) expect(content).not.toContain(middle);
  });

  it('is the same key in another form as well', async () => {
    const [type = '', key = ''] = lineOf('id-rsa').split(' ');
    const blob = Buffer.from(key, 'base64');
    // A needless zero before the exponent, which follows the type.
    const padded = Buffer.concat([blob.subarray(0, 11), Buffer.of(0, 0, 0, 4, 0), blob.subarray(15)]);
    expect((await add({ publicKey: `${type} ${padded.toString('base64')}` })).status).toBe(422);
    expect((await add({ publicKey: `${type} ${key}` })).status).toBe(201);
  });

  it.each([
    ['anyone can forge for', `01${'00'.repeat(31)}`, /Anyone can forge/],
    ['anyone can forge for, in a form that RFC 8032 forbids', `ee${'ff'.repeat(31)}`, /Anyone can forge/],
    ['is written as RFC 8032 forbids', `f0${'ff'.repeat(30)}7f`, /no point of the curve/],
    ['is no point', `02${'00'.repeat(31)}`, /no point of the curve/],
  ])('K4: is an Ed25519 key that %s, and the answer says so', async (_, point, detail) => {
    const blob = Buffer.concat([
      Buffer.from([0, 0, 0, 11]),
      Buffer.from('ssh-ed25519'),
      Buffer.from([0, 0, 0, 32]),
      Buffer.from(point, 'hex'),
    ]);
    expect((await add({ publicKey: `ssh-ed25519 ${blob.toString('base64')}` })).body).toMatchObject({
      status: 422,
      detail: expect.stringMatching(detail),
      errors: [{ field: 'publicKey', code: 'not-valid' }],
    });
  });

  it('is told as quickly of a line of spaces', async () => {
    expect((await add({ publicKey: `${lineOf('id-ed25519')}${' '.repeat(19_000)}\nx` })).status).toBe(422);
  });

  it('is a point beside its curve as well', async () => {
    const [type = '', key = ''] = lineOf('id-ecdsa').split(' ');
    const blob = Buffer.from(key, 'base64');
    blob[blob.length - 1]! ^= 1;
    expect((await add({ publicKey: `${type} ${blob.toString('base64')}` })).status).toBe(422);
  });
});

describe('K9 a proof of ownership', () => {
  it('is a signature of ssh-keygen over the challenge, for each type', async () => {
    for (const name of ['id-ed25519', 'id-ecdsa', 'id-rsa'] as const) {
      const { id } = (await add({ publicKey: lineOf(name) })).body;
      const { status, body } = await verify(id, await sign(name, await challenge(id)));
      expect([status, body.verifiedAt]).toEqual([200, new Date(test.now()).toISOString()]);
    }
  });

  it('counts once, for five minutes, from this key and for this server alone', async () => {
    const { id } = (await add({ publicKey: lineOf('id-ed25519') })).body;
    const refused = { status: 422, body: { code: 'proof-refused' } };
    const elsewhere = await sign('id-ed25519', await challenge(id), 'other.example');
    expect(await verify(id, elsewhere)).toMatchObject(refused);
    const others = await sign('id-rsa', await challenge(id));
    expect(await verify(id, others)).toMatchObject(refused);
    const late = await sign('id-ed25519', await challenge(id));
    test.pass(300);
    expect(await verify(id, late)).toMatchObject(refused);
    const good = await sign('id-ed25519', await challenge(id));
    expect((await verify(id, good)).status).toBe(200);
    expect(await verify(id, good)).toMatchObject(refused);
  });

  it('made for another service on this computer counts for nothing, whatever Host it comes under', async () => {
    const { id } = (await add({ publicKey: lineOf('id-ed25519') })).body;
    const relay = async (host: string) => {
      const signature = await sign('id-ed25519', await challenge(id), '127.0.0.1:50999');
      const answer = await test.server.app.inject({
        method: 'POST',
        url: `${url}/${id}/verify`,
        headers: { host, authorization: `Bearer ${token}` },
        payload: { signature },
      });
      return [answer.statusCode, answer.json<{ code?: string }>().code];
    };
    expect(await relay('127.0.0.1:50999')).toEqual([421, 'misdirected']);
    expect(await relay(new URL(test.address).host)).toEqual([422, 'proof-refused']);
    expect((await list()).keys[0]?.verifiedAt).toBeNull();
  });

  it('counts under the public address that clients know the server by', async () => {
    await test.close();
    test = await startTestServer(undefined, undefined, [], ['https://Profile.Example/api']);
    token = (await test.signIn()).accessToken;
    const { id } = (await add({ publicKey: lineOf('id-ed25519') })).body;
    expect((await verify(id, await sign('id-ed25519', await challenge(id), 'profile.example'))).status).toBe(200);
  });
});

describe('E12 rights over identity keys', () => {
  it('need a fresh proof to add and delete, and the permission to add', async () => {
    const { id } = (await add({ publicKey: lineOf('id-rsa') })).body;
    await test.request('DELETE', '/auth/reauth', { token });
    expect((await add({ publicKey: lineOf('id-ed25519') })).body).toMatchObject({ code: 'reauth-required' });
    expect((await remove(id)).body).toMatchObject({ code: 'reauth-required' });
    await prove();
    test.server.stores.accounts.setPermissions(test.server.stores.accounts.findDemo() ?? '', []);
    expect((await add({ publicKey: lineOf('id-ed25519') })).body).toMatchObject({
      code: 'forbidden',
      permission: 'global.sshkey.edit',
    });
    expect((await test.request('GET', '/meta', { token })).body).toMatchObject({
      fields: { identityKeys: { key: { access: 'read-only', permission: 'global.sshkey.edit' } } },
    });
    expect((await remove(id)).status).toBe(204);
  });

  it('are nothing where the provider has no identity keys', async () => {
    await test.close();
    test = await startTestServer(findPreset('contact-center'));
    token = (await test.signIn()).accessToken;
    expect((await test.request('GET', url, { token })).status).toBe(404);
    expect((await test.request('GET', '/meta', { token })).body).toMatchObject({
      capabilities: { 'identity-keys.manage': 'not-offered' },
    });
  });
});
