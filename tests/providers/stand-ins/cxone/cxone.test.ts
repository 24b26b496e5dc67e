import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { membersOf } from '../members-of.ts';
import { startCxone, type CxoneKey, type CxonePerson, type CxoneStandIn } from './start-cxone.ts';

// The stand-in against the documentation of the UserHub APIs: an answer has members of the documented one alone, and
// those that the app reads. docs/providers/cxone-facts.md names the pages.

const owner = ['userId', 'tenantId', 'agentId'];
const problem = ['timestamp', 'status', 'error', 'message', 'path'];
const keys = '/access-key-management/v1/access-keys';

describe('R10 the stand-in of CXone', () => {
  let service: CxoneStandIn;
  let ada: CxonePerson;
  let key: CxoneKey;
  let token: string;
  beforeAll(async () => {
    service = await startCxone();
    ada = service.addPerson('ada@example.org', 'password of ada');
    key = service.addKey(ada);
    token = (await trade(key.secret)).body.access_token;
  });
  afterAll(() => service.close());

  async function ask(method: string, path: string, body?: unknown, bearer = token) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${bearer}` };
    const answer = await fetch(service.address + path, { method, headers, ...sent });
    return { status: answer.status, body: (await answer.json()) as unknown };
  }
  async function trade(accessKeySecret: string) {
    const sent = { accessKeyId: key.id, accessKeySecret };
    const { status, body } = await ask('POST', '/authentication/v1/token/access-key', sent, '');
    return { status, body: body as { access_token: string } };
  }

  it('trades id and secret for a token (“UserHub: Getting Started”)', async () => {
    const { status, body } = await trade(key.secret);
    expect(status).toBe(200);
    expect(membersOf(body)).toContain('access_token');
    expect((await trade('other')).status).toBe(401);
  });

  it('lists, shows and makes access keys (Access Keys API)', async () => {
    const { body: all } = await ask('GET', `${keys}?userId=${ada.id}`);
    const listed = ['accessKeyId', ...owner, 'isActive', 'lastUsedDate'];
    expect(membersOf(all)).toEqual(['totalRecords', '_links.self', ...listed.map((each) => `accessKeys[].${each}`)]);
    const { body: one } = await ask('GET', `${keys}/${encodeURIComponent(key.id)}`);
    expect(membersOf(one)).toEqual([...owner, 'isActive', 'lastUsedDate'].map((each) => `resultSet.${each}`));
    const { tenantId } = (one as { resultSet: { tenantId: string } }).resultSet;
    const { body: made } = await ask('POST', keys, { userId: ada.id, tenantId });
    expect(membersOf(made)).toEqual(
      ['accessKeyId', 'accessKeySecret', ...owner, 'isActive'].map((each) => `resultSet.${each}`),
    );
  });

  it('turns a key off and deletes it, and its tokens count no more (Access Keys API)', async () => {
    const other = service.addKey(ada);
    const path = `${keys}/${encodeURIComponent(other.id)}`;
    const query = new URLSearchParams({ accessKeyId: other.id });
    expect((await ask('PATCH', `${keys}?${query.toString()}`, { isActive: false })).status).toBe(200);
    expect(await ask('GET', path)).toMatchObject({ body: { resultSet: { isActive: false } } });
    expect((await ask('DELETE', path)).status).toBe(200);
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('shows a user whole, or by name alone (User Management API)', async () => {
    const { body: whole } = await ask('GET', `/user-management/v3/users/${ada.id}`);
    const parts = ['id', 'userName', 'firstName', 'lastName', 'fullName', 'emailAddress', 'mobileNumber', 'country'];
    expect(membersOf(whole)).toEqual([...parts, 'timeZone', 'role', 'status'].map((each) => `user.${each}`));
    const { body: name } = await ask('GET', `/user-management/v1/users/${ada.id}/identities`);
    expect(membersOf(name)).toEqual(['user.id', 'user.fullName']);
  });

  it('says who it does not know as its services do (User Management API, 401)', async () => {
    const { status, body } = await ask('GET', keys, undefined, 'wrong');
    expect(status).toBe(401);
    expect(membersOf(body)).toEqual(problem);
    expect(body).toMatchObject({ status: 401, path: keys });
  });
});
