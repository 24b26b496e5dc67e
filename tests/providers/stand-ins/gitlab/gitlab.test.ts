import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSshKey } from '../../../support/ssh-tools.ts';
import { makeTempFolder } from '../../../support/temp-folder.ts';
import { askGitlab } from './gitlab-client.ts';
import { openGitlabWorld, type GitlabWorld } from './gitlab-world.ts';
import { startGitlab } from './start-gitlab.ts';

// What GitLab's API does that a client would not expect, as its documentation and source say (docs/providers/gitlab.md
// names the page of each). The same tests run against a real one: gitlab-world.ts.

const fresh = () => randomBytes(6).toString('hex');
const message = (status: number, text: unknown) => ({ status, body: { message: text } });

describe('R7 GitLab', () => {
  const folder = makeTempFolder();
  let world: GitlabWorld;

  beforeAll(async () => {
    world = await openGitlabWorld();
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const makeKey = (type: string, bits: number) => makeSshKey(mkdtempSync(join(folder.path, 'key-')), type, bits);
  const idOf = ({ body }: { readonly body: unknown }) => String((body as { id: number }).id);

  it('tells nobody from a wrong token, says so in its own words, and leaves routes it lacks to an error', async () => {
    for (const ask of [askGitlab(world.address), askGitlab(world.address, 'glpat-nonsense')])
      expect(await ask('GET', '/user')).toMatchObject(message(401, '401 Unauthorized'));
    expect(await askGitlab(world.address)('GET', '/version')).toMatchObject(message(401, '401 Unauthorized'));
    expect(await world.ask('GET', '/nothing/here')).toMatchObject({ status: 404, body: { error: '404 Not Found' } });
  });

  it('names every scope that would do where one is missing, and lets any token tell of itself', async () => {
    const read = world.askWith('read_user');
    const weak = world.askWith('read_repository');
    if (!read || !weak) return;
    const lacks = (scope: string) => ({ status: 403, body: { error: 'insufficient_scope', scope } });
    expect(await read('GET', '/user')).toMatchObject({ status: 200 });
    expect(await read('POST', '/user/keys', {})).toMatchObject(lacks('api'));
    expect(await read('GET', '/personal_access_tokens')).toMatchObject(lacks('api read_api'));
    expect(await weak('GET', '/user')).toMatchObject(lacks('read_user api read_api'));
    const own = { scopes: ['read_repository'], revoked: false, active: true };
    expect(await weak('GET', '/personal_access_tokens/self')).toMatchObject({ status: 200, body: own });
  });

  it('leaves the primary address out of the list, and takes one once on the whole instance', async () => {
    const { email: primary } = (await world.ask('GET', '/user')).body as { email: string };
    const email = `${fresh()}@example.org`;
    const added = await world.ask('POST', '/user/emails', { email });
    expect(added).toMatchObject({ status: 201, body: { email, confirmed_at: null } });
    const listed = (await world.ask('GET', '/user/emails')).body as { email: string }[];
    expect(listed.map((each) => each.email)).toContain(email);
    expect(listed.map((each) => each.email)).not.toContain(primary);
    for (const ask of [world.ask, world.askBo])
      if (ask)
        expect(await ask('POST', '/user/emails', { email: email.toUpperCase() })).toMatchObject(
          message(400, { email: ['has already been taken'] }),
        );
    expect(await world.ask('POST', '/user/emails', { email: 'nonsense' })).toMatchObject(
      message(400, { email: ['is invalid'] }),
    );
    expect((await world.ask('DELETE', `/user/emails/${idOf(added)}`)).status).toBe(204);
    expect(await world.ask('DELETE', `/user/emails/${idOf(added)}`)).toMatchObject(message(404, '404 Email Not Found'));
  });

  it('takes a key once, whoever has it, puts a name in the place of its comment, and says what it is for', async () => {
    const { publicLine } = await makeKey('ed25519', 256);
    const [type = '', body = ''] = publicLine.split(' ');
    const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    const sent = { title: fresh(), key: publicLine, expires_at: day, usage_type: 'signing' };
    const added = await world.ask('POST', '/user/keys', sent);
    expect(added).toMatchObject({ status: 201, body: { title: sent.title, usage_type: 'signing' } });
    const { key, expires_at: end } = added.body as { key: string; expires_at: string };
    expect([key.startsWith(`${type} ${body} `), key.includes('of the test'), end.slice(0, 10)]).toEqual([
      true,
      false,
      day,
    ]);
    for (const ask of [world.ask, world.askBo])
      if (ask) {
        const again = await ask('POST', '/user/keys', { title: fresh(), key: publicLine });
        expect([again.status, JSON.stringify(again.body)]).toEqual([
          400,
          expect.stringContaining('already been taken'),
        ]);
      }
    expect((await world.ask('PUT', `/user/keys/${idOf(added)}`, { title: 'x' })).status).toBeGreaterThanOrEqual(404);
    expect((await world.ask('DELETE', `/user/keys/${idOf(added)}`)).status).toBe(204);
    const plain = await world.ask('POST', '/user/keys', { title: fresh(), key: publicLine });
    expect(plain.body).toMatchObject({ usage_type: 'auth_and_signing', expires_at: null });
    await world.ask('DELETE', `/user/keys/${idOf(plain)}`);
  });

  it('refuses private and nonsensical keys, and those without a title', async () => {
    const secret = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n';
    for (const key of [secret, 'ssh-ed25519 AAAA', 'nothing'])
      expect((await world.ask('POST', '/user/keys', { title: fresh(), key })).status).toBe(400);
    const { publicLine } = await makeKey('ed25519', 256);
    const untitled = await world.ask('POST', '/user/keys', { key: publicLine });
    expect(untitled).toMatchObject({ status: 400, body: { error: 'title is missing' } });
  });

  it('pages by number, and says with an empty header that nothing follows', async () => {
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) {
      const { publicLine } = await makeKey('ed25519', 256);
      ids.push(idOf(await world.ask('POST', '/user/keys', { title: fresh(), key: publicLine })));
    }
    const first = await world.ask('GET', '/user/keys?per_page=2&page=1');
    expect([(first.body as unknown[]).length, first.headers.get('x-next-page')]).toEqual([2, '2']);
    expect(first.headers.get('link')).toMatch(/[?&]page=2[^>]*>; rel="next"/);
    const all = await world.ask('GET', '/user/keys?per_page=100&page=1');
    expect(all.headers.get('x-next-page')).toBe('');
    expect((await world.ask('GET', '/user/keys?per_page=2&page=99')).body).toEqual([]);
    for (const id of ids) await world.ask('DELETE', `/user/keys/${id}`);
  });

  it('has a status whose parts a PUT empties and a PATCH leaves', async () => {
    const read = async () => (await world.ask('GET', '/user/status')).body;
    await world.ask('PUT', '/user/status', { emoji: 'coffee', message: 'At lunch', availability: 'busy' });
    await world.ask('PATCH', '/user/status', { message: 'Back' });
    expect(await read()).toMatchObject({ emoji: 'coffee', message: 'Back', availability: 'busy' });
    await world.ask('PUT', '/user/status', { message: 'Alone' });
    expect(await read()).toMatchObject({ message: 'Alone', availability: 'not_set' });
    expect((await world.ask('PATCH', '/user/status', { message: 'x'.repeat(101) })).status).toBe(400);
    await world.ask('PUT', '/user/status', {});
  });
});

describe('R7 GitLab tokens', () => {
  it('a rotation voids the one before, a second one of that ends them all', async () => {
    await using gitlab = await startGitlab();
    const ada = gitlab.addPerson('ada', 'password');
    const ask = askGitlab(gitlab.address, gitlab.addToken(ada, 'app', ['api']));
    gitlab.addToken(ada, 'nightly', ['read_api']);
    const { id, value } = gitlab.state.tokens[1]!;
    const rotated = await ask('POST', `/personal_access_tokens/${id}/rotate`, {});
    expect(rotated).toMatchObject({ status: 200, body: { name: 'nightly', scopes: ['read_api'], active: true } });
    const { token, expires_at: end } = rotated.body as { token: string; expires_at: string };
    // A week, where nothing is said.
    expect(Date.parse(end) - Date.now()).toBeLessThan(7 * 86_400_000);
    const revoked = { status: 401, body: { error: 'invalid_token' } };
    expect(await askGitlab(gitlab.address, value)('GET', '/personal_access_tokens/self')).toMatchObject(revoked);
    expect((await askGitlab(gitlab.address, token)('GET', '/personal_access_tokens/self')).status).toBe(200);
    expect(await ask('POST', `/personal_access_tokens/${id}/rotate`)).toMatchObject(message(401, '401 Unauthorized'));
    expect(await askGitlab(gitlab.address, token)('GET', '/personal_access_tokens/self')).toMatchObject(revoked);
  });

  it('of somebody else are answered like a wrong token, and one is made here with narrow scopes alone', async () => {
    await using gitlab = await startGitlab();
    const [ada, bo] = [gitlab.addPerson('ada', 'password'), gitlab.addPerson('bo', 'password')];
    const ask = askGitlab(gitlab.address, gitlab.addToken(ada, 'app', ['api']));
    gitlab.addToken(bo, 'of bo', ['api']);
    const { id } = gitlab.state.tokens[1]!;
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
    ] as const)
      expect(await ask(method, `/personal_access_tokens/${id}${path}`)).toMatchObject(message(401, '401 Unauthorized'));
    const make = (scopes: string[]) => ask('POST', '/user/personal_access_tokens', { name: 'made', scopes });
    expect((await make(['read_user'])).status).toBe(400);
    expect(await make(['self_rotate'])).toMatchObject({ status: 201, body: { scopes: ['self_rotate'] } });
  });
});
