import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSshKey, run } from '../../../support/ssh-tools.ts';
import { makeTempFolder } from '../../../support/temp-folder.ts';
import { askGitea, basicOf, signInToGitea, type GiteaAsk } from './gitea-client.ts';
import { openGiteaWorld, type GiteaWorld } from './gitea-world.ts';

// What Gitea's API does that a client would not expect. The same tests run against a real one: gitea-world.ts.

describe('R5 Gitea', () => {
  const folder = makeTempFolder();
  let world: GiteaWorld;
  let ask: GiteaAsk;
  let askBo: GiteaAsk;
  /** No number, which stands for the id of what has a name. */
  const fresh = () => `n${randomBytes(6).toString('hex')}`;
  const refusal = (status: number, message: unknown) => ({
    status,
    body: expect.objectContaining({ message }) as object,
  });

  beforeAll(async () => {
    world = await openGiteaWorld();
    ask = await world.askWithToken(world.ada, ['write:user']);
    askBo = await world.askWithToken(world.bo, ['write:user']);
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const makeKey = (type: string, bits: number) => makeSshKey(mkdtempSync(join(folder.path, 'key-')), type, bits);

  it('tells nobody from a wrong token, and nothing more', async () => {
    expect(await askGitea(world.address)('GET', '/user')).toMatchObject(refusal(401, 'token is required'));
    const wrong = refusal(401, 'invalid username, password or token');
    for (const header of [`token ${'0'.repeat(40)}`, 'Bearer x', basicOf({ ...world.ada, password: 'no' })])
      expect(await askGitea(world.address, header)('GET', '/user')).toMatchObject(wrong);
  });

  it('names the scope that a token lacks', async () => {
    const reader = await world.askWithToken(world.ada, ['read:user', 'read:repository']);
    expect(await reader('GET', '/user')).toMatchObject({ status: 200 });
    const message = 'required=[write:user], token scope=read:repository,read:user';
    expect(await reader('PATCH', '/user/settings', {})).toMatchObject(refusal(403, expect.stringContaining(message)));
    const other = await world.askWithToken(world.ada, ['write:issue']);
    expect(await other('GET', '/user')).toMatchObject(refusal(403, expect.stringContaining('required=[read:user]')));
  });

  it('changes some fields of the profile and none by an empty change, and says what is wrong with one', async () => {
    const change = { full_name: `Ada ${fresh()}`, location: 'London', website: 'https://ada.example' };
    const { body: changed } = await ask('PATCH', '/user/settings', change);
    expect(changed).toMatchObject(change);
    expect(await ask('PATCH', '/user/settings', {})).toMatchObject({ status: 200, body: changed });
    const wrong = { website: 'no address', full_name: 'x'.repeat(101), location: 'x'.repeat(51) };
    const rules = { website: '[Website]: Url', full_name: '[FullName]: MaxSize', location: '[Location]: MaxSize' };
    for (const [field, message] of Object.entries(rules))
      expect(await ask('PATCH', '/user/settings', { [field]: wrong[field as 'website'] })).toMatchObject(
        refusal(422, message),
      );
    const image = Buffer.from('no picture').toString('base64');
    expect(await ask('POST', '/user/avatar', { image })).toMatchObject(refusal(500, ''));
  });

  it('adds addresses one by one, and cannot make one the primary one', async () => {
    const [first, second] = [`${fresh()}@example.org`, `${fresh()}@example.org`];
    const half = await ask('POST', '/user/emails', { emails: [first, 'nonsense', second] });
    expect(half).toMatchObject(refusal(422, 'Email address "nonsense" invalid'));
    const { body } = await ask('GET', '/user/emails');
    expect(body).toContainEqual(expect.objectContaining({ email: first, primary: false }));
    expect(body).not.toContainEqual(expect.objectContaining({ email: second }));
    const used = await askBo('POST', '/user/emails', { emails: [first.toUpperCase()] });
    expect(used).toMatchObject(refusal(422, `Email address has been used: ${first.toUpperCase()}`));
    const primary = (body as { email: string; primary: boolean }[]).find((email) => email.primary)!.email;
    expect(await ask('DELETE', '/user/emails', { emails: [primary] })).toMatchObject(refusal(500, ''));
    expect(await ask('DELETE', '/user/emails', { emails: [first] })).toMatchObject({ status: 204 });
    expect(await ask('DELETE', '/user/emails', { emails: [first] })).toMatchObject({ status: 404 });
    expect((await ask('PATCH', '/user/emails', { email: first })).status).toBe(405);
  });

  it('takes a key once, whoever has it, and shows whose it is not', async () => {
    const { publicLine } = await makeKey('ed25519', 256);
    const title = fresh();
    const { status, body } = await ask('POST', '/user/keys', { title, key: publicLine });
    expect({ status, body }).toMatchObject({ status: 201, body: { title, key: publicLine, key_type: 'user' } });
    const { id, fingerprint } = body as { id: number; fingerprint: string };
    const used = refusal(422, 'Key content has been used as non-deploy key');
    expect(await ask('POST', '/user/keys', { title: fresh(), key: publicLine })).toMatchObject(used);
    expect(await askBo('POST', '/user/keys', { title: fresh(), key: publicLine })).toMatchObject(used);
    const { body: found } = await askBo('GET', `/user/keys?fingerprint=${encodeURIComponent(fingerprint)}`);
    expect(found).toMatchObject([{ id }]);
    expect(found).not.toMatchObject([{ user: expect.anything() as object }]);
    expect(await askBo('DELETE', `/user/keys/${id}`)).toMatchObject(refusal(403, 'You do not have access to this key'));
    expect((await ask('PATCH', `/user/keys/${id}`, { title: 'new' })).status).toBe(405);
    const next = await makeKey('ed25519', 256);
    expect(await ask('POST', '/user/keys', { title, key: next.publicLine })).toMatchObject(
      refusal(422, 'Key title has been used'),
    );
    expect(await ask('DELETE', `/user/keys/${id}`)).toMatchObject({ status: 204 });
  });

  it('refuses short and private keys', async () => {
    const add = async (key: string) => ask('POST', '/user/keys', { title: fresh(), key });
    const start = 'Invalid key content: ';
    const { publicLine } = await makeKey('rsa', 2048);
    expect(await add(publicLine)).toMatchObject(refusal(422, `${start}key length is not enough: got 2048, needs 3071`));
    const secret = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n';
    expect(await add(secret)).toMatchObject(refusal(422, `${start}the provided key is a private key`));
    const ed = await makeKey('ed25519', 256);
    const mixed = `ssh-rsa ${ed.publicLine.split(' ')[1]!}`;
    expect(await add(mixed)).toMatchObject(
      refusal(422, `${start}key type and content does not match: ssh-rsa - ssh-ed25519`),
    );
  });

  it('pages: 50 at most, with the length of the whole list', async () => {
    const before = Number((await ask('GET', '/user/keys?limit=1')).headers.get('x-total-count'));
    const ids: number[] = [];
    for (const _ of [1, 2, 3]) {
      const { publicLine } = await makeKey('ed25519', 256);
      ids.push(((await ask('POST', '/user/keys', { title: fresh(), key: publicLine })).body as { id: number }).id);
    }
    const { headers, body } = await ask('GET', '/user/keys?limit=2');
    expect(headers.get('x-total-count')).toBe(String(before + 3));
    expect(headers.get('link')).toContain(`<${world.address}/api/v1/user/keys?limit=2&page=2>; rel="next"`);
    expect(body).toHaveLength(2);
    expect((await ask('GET', '/user/keys?page=99')).body).toEqual([]);
    for (const id of ids) await ask('DELETE', `/user/keys/${id}`);
  });

  it('lists and makes tokens for who says Basic, be it with a token for the password', async () => {
    const path = `/users/${world.ada.login}/tokens`;
    const value = await world.makeToken(world.ada, ['write:user']);
    expect(await askGitea(world.address, `token ${value}`)('GET', path)).toMatchObject(refusal(401, 'auth required'));
    const basic = askGitea(world.address, basicOf({ ...world.ada, password: value }));
    expect((await basic('GET', path)).body).toContainEqual(
      expect.objectContaining({ token_last_eight: value.slice(-8), sha1: '' }),
    );
    const name = fresh();
    const { status, body } = await basic('POST', path, { name, scopes: ['read:user'] });
    expect({ status, body }).toMatchObject({ status: 201, body: { name, scopes: ['read:user'] } });
    expect(await basic('POST', path, { name, scopes: ['read:user'] })).toMatchObject(
      refusal(400, 'access token name has been used already'),
    );
    expect(await basic('POST', path, { name: fresh(), scopes: ['repo'] })).toMatchObject(
      refusal(400, 'invalid access token scope provided: invalid access token scope: repo'),
    );
    expect((await basic('DELETE', `${path}/${name}`)).status).toBe(204);
    await basic('POST', path, { name: '1e5', scopes: ['read:user'] });
    expect((await basic('DELETE', `${path}/1e5`)).status).toBe(204);
    expect((await basic('GET', `/users/${world.bo.login}/tokens`)).status).toBe(403);
  });

  it('takes the signature of a key in a form of its page alone', async () => {
    const { path, publicLine } = await makeKey('ed25519', 256);
    const added = await ask('POST', '/user/keys', { title: fresh(), key: publicLine });
    const { id, fingerprint } = added.body as { id: number; fingerprint: string };
    const token = String((await ask('GET', '/user/gpg_key_token')).body);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const signature = await run('ssh-keygen', ['-Y', 'sign', '-n', 'gitea', '-f', path, '-'], { input: token });
    const browser = await signInToGitea(world.address, world.ada);
    await browser.open(`/user/settings/keys?verify_ssh=${encodeURIComponent(fingerprint)}`);
    const verify = (text: string) =>
      browser.submit('/user/settings/keys', {
        type: 'verify_ssh',
        title: 'none',
        content: publicLine,
        fingerprint,
        signature: text,
      });
    expect((await verify('nonsense')).status).toBe(200);
    expect((await verify(signature)).status).toBe(303);
    await ask('DELETE', `/user/keys/${id}`);
  });
});
