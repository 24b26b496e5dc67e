import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { membersOf } from '../members-of.ts';
import { startElasticIo, type ElasticIoStandIn } from './start-elastic-io.ts';
import type { ElasticIoPerson } from './state.ts';

// The stand-in against the documentation of the API v2: an answer has the members of the documented one, no more and no
// fewer. docs/providers/elastic-io-facts.md names the pages.

const user = [
  ...['data.id', 'data.type', 'data.links.self', 'data.attributes.first_name', 'data.attributes.last_name'],
  ...['data.attributes.email', 'data.attributes.registered', 'data.attributes.last_login', 'meta'],
];
const keyMembers = [
  ...['id', 'type', 'links.self', 'attributes.key', 'attributes.title', 'attributes.fingerprint'],
  ...['relationships.user.data.id', 'relationships.user.data.type', 'relationships.user.links.self'],
];
const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

describe('R10 the stand-in of elastic.io', () => {
  let service: ElasticIoStandIn;
  let ada: ElasticIoPerson;
  beforeAll(async () => {
    service = await startElasticIo();
    ada = service.addPerson('ada@example.org', 'password of ada');
  });
  afterAll(() => service.close());

  async function ask(method: string, path: string, body?: unknown, key = ada.apiKey) {
    const authorization = `Basic ${Buffer.from(`${ada.email}:${key}`).toString('base64')}`;
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${service.address}/v2${path}`, { method, headers: { authorization }, ...sent });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }
  const newKey = (key: string) => ({ data: { type: 'sshkey', attributes: { key, title: 'My New Key' } } });

  it('“Retrieve Your User” (source/includes/_users.md)', async () => {
    const { status, body } = await ask('GET', '/users/me');
    expect(status).toBe(200);
    expect(membersOf(body)).toEqual(user);
    expect(body).toMatchObject({ data: { id: expect.stringMatching(/^[0-9a-f]{24}$/) as string, type: 'user' } });
  });

  it('“Retrieve all”, “Create” and “Delete” of SSH keys (source/includes/_sshkeys.md)', async () => {
    const made = await ask('POST', '/sshkeys/', newKey(line));
    expect(made.status).toBe(201);
    expect(membersOf(made.body)).toEqual([...keyMembers.map((each) => `data.${each}`), 'meta']);
    const all = await ask('GET', '/sshkeys/');
    expect(membersOf(all.body)).toEqual([...keyMembers.map((each) => `data[].${each}`), 'meta', 'links.self']);
    const { id } = (made.body as { data: { id: string } }).data;
    expect(await ask('DELETE', `/sshkeys/${id}`)).toEqual({ status: 204, body: undefined });
    expect((await ask('DELETE', `/sshkeys/${id}`)).status).toBe(404);
  });

  it('400 for a key of a type that it does not take (releases 22.14, 22.34)', async () => {
    expect((await ask('POST', '/sshkeys/', newKey('ssh-dss AAAAB3NzaC1kc3M='))).status).toBe(400);
  });

  it('401 without a valid key, and the old one after a new one was made (source/index.md, release 21.31)', async () => {
    expect((await ask('GET', '/users/me', undefined, 'wrong')).status).toBe(401);
    const old = ada.apiKey;
    expect((await ask('POST', '/users/me/generate-api-key')).status).toBe(200);
    expect((await ask('GET', '/users/me', undefined, old)).status).toBe(401);
    expect((await ask('GET', '/users/me')).status).toBe(200);
  });

  it('404 for what is not there (source/index.md)', async () => {
    expect((await ask('PATCH', '/sessions')).status).toBe(404);
  });
});
