import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createElasticIoProvider } from '../../electron/services/provider/elastic-io/create-elastic-io-provider.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { createBareSource } from '../../electron/services/provider/tokens.ts';
import type { Handler } from './fault-server.ts';
import { halfBody, reply, resetAtOnce } from './faults.ts';
import { outcomeOf, serveRoutes, toSnapshot, wrongShape, type RouteServer } from './serve-routes.ts';

const [type, body] = ['ssh-ed25519', 'AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'];
const key = { id: '5a4f59dbcbe7940019697ec5', attributes: { key: `${type} ${body} ada@private`, title: 'Laptop' } };
const names = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.org' };
const person = {
  data: { id: '59d22e7eeb865b0018adc248', attributes: { ...names, registered: '2017-10-02T12:18:06Z' } },
};
const json = (value: unknown, status = 200) => reply(JSON.stringify(value), {}, status);
const withAttributes = (attributes: object) =>
  json({ data: { ...person.data, attributes: { ...person.data.attributes, ...attributes } } });
const noKey = { errors: [{ status: 401, title: 'Unauthorized' }] };
const healthy: Readonly<Record<string, Handler>> = {
  'GET /v2/users/me': json(person),
  'GET /v2/sshkeys': json({ data: [key], meta: {} }),
  'POST /v2/sshkeys': json({ data: key, meta: {} }, 201),
};

const stranger = 'untrusted-answer (not-a-profile-service)';

let server: RouteServer;
afterEach(() => server.close());

const provider = createElasticIoProvider({ clock: createSystemClock(), version: '1.0.0' });

/** A server that is well but for these routes. */
async function serve(broken: Readonly<Record<string, Handler>>): Promise<void> {
  server = await serveRoutes({ ...healthy, ...broken }, json({ errors: [] }, 404));
}

async function open(broken: Readonly<Record<string, Handler>>): Promise<ProviderAccount> {
  await serve(broken);
  const token = { kind: 'fixed', token: 'ada@example.org:k1', expiresAt: null, scopes: null } as const;
  return provider.open(server.address, createBareSource(token));
}

describe('D2 R10 · the person that a broken or hostile elastic.io sends', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json(person), 'done'],
    ['more than we know', json({ ...person, included: [], ['__proto__']: { data: {} } }), 'done'],
    ['no time of its making', withAttributes({ registered: null }), 'done'],
    ['a time that is none', withAttributes({ registered: 'long ago' }), wrongShape],
    ['a name that is a list', withAttributes({ first_name: ['Ada'] }), wrongShape],
    ['a name of 10,001 characters', withAttributes({ last_name: 'x'.repeat(10_001) }), wrongShape],
    ['an id of 201 characters', json({ data: { ...person.data, id: 'x'.repeat(201) } }), wrongShape],
    ['nobody', json({ data: null }), wrongShape],
    ['half an answer', halfBody, 'untrusted-answer (cut-short)'],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['a key that counts no more', json(noKey, 401), 'unauthenticated (session-ended)'],
    ['a 401 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 401), stranger],
    ['a 403 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 403), stranger],
    ['too many requests', json({ errors: [] }, 429), 'rate-limited'],
    ['a fault of its own', json({ errors: [] }, 500), 'server-fault'],
  ])('%s', async (_case, handler, expected) => {
    const account = await open({ 'GET /v2/users/me': handler });
    expect(await outcomeOf(async () => toSnapshot((await account.readAccount()).profile!))).toBe(expected);
  });

  it('sends e-mail and key as Basic, and to no other path than documented', async () => {
    const account = await open({});
    await Promise.all([account.readAccount(), account.sshKeysState()]);
    const basic = `Basic ${Buffer.from('ada@example.org:k1').toString('base64')}`;
    expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v2/users/me', basic],
      ['/v2/sshkeys', basic],
    ]);
  });
});

describe('D2 R10 E11 · SSH keys that a broken or hostile elastic.io sends', () => {
  it.each<[string, unknown, string]>([
    ['nothing wrong', { data: [key] }, 'done'],
    ['none', { data: [] }, 'done'],
    ['a key without a title', { data: [{ ...key, attributes: { key: key.attributes.key } }] }, 'done'],
    ['a private key', { data: [{ ...key, attributes: { key: '-----BEGIN OPENSSH PRIVATE KEY-----' } }] }, wrongShape],
    ['an id that leads elsewhere', { data: [{ ...key, id: '../users/me' }] }, wrongShape],
    ['no list', { data: key }, wrongShape],
  ])('%s', async (_case, answer, expected) => {
    const account = await open({ 'GET /v2/sshkeys': json(answer) });
    expect(await outcomeOf(() => account.sshKeysState())).toBe(expected);
  });

  it('have the time of their id, and nothing of a stranger in their title', async () => {
    const title = 'Lap\u001b[31mtop\u202e'.padEnd(300, '!');
    const account = await open({
      'GET /v2/sshkeys': json({ data: [{ ...key, attributes: { ...key.attributes, title } }] }),
    });
    const {
      families,
      keys: [found],
    } = await account.sshKeysState();
    expect(families, 'as documented').toEqual(['ed25519', 'rsa']);
    expect(found).toMatchObject({ addedAt: '2018-01-05T10:56:27.000Z', publicLine: `${type} ${body}`, bits: 256 });
    expect(found!.title).toMatch(/^Lap \[31mtop !+$/);
    expect(found!.title.length).toBeLessThanOrEqual(200);
  });

  it.each<[string, number, string]>([
    ['a type that is not taken', 400, 'not-valid'],
    ['one that is there', 409, 'taken'],
  ])('are refused, the key being named: %s', async (_case, status, code) => {
    const account = await open({ 'POST /v2/sshkeys': json({ errors: [{ status, title: 'No' }] }, status) });
    await expect(account.addSshKey('x', `${type} ${body}`)).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { publicKey: { code } } },
    });
  });

  it('are looked up where the answer was lost, and not sent again', async () => {
    const account = await open({ 'POST /v2/sshkeys': resetAtOnce });
    expect((await account.addSshKey('Laptop', `${type} ${body}`)).id).toBe(key.id);
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('R2 R10 · what is no elastic.io at an address', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json(noKey, 401), 'done'],
    ['somebody else who asks for a name', json({ message: 'Log in' }, 401), stranger],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['nothing there', json({ errors: [{}] }, 404), stranger],
    ['one who lets in everybody', json(person), stranger],
    ['a fault', json({ errors: [{}] }, 500), 'server-fault'],
  ])('%s', async (_case, handler, expected) => {
    await serve({ 'GET /v2/users/me': handler });
    expect(await outcomeOf(() => provider.describe(`${server.address}/w/5a/profile`))).toBe(expected);
  });

  it.each<[string, string]>([
    ['an empty name', ' '],
    ['a name that would shift the key', 'a:b'],
    ['a line end in the name', 'a\r\nX-Evil: 1'],
  ])('nothing is sent of %s', async (_case, name) => {
    await serve({});
    expect(await outcomeOf(() => provider.tokensOfPasted(server.address, 'k1', name))).toBe(
      'unauthenticated (key-refused)',
    );
    expect(server.requests).toEqual([]);
  });
});
