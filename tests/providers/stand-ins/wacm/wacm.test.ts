import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { membersOf } from '../members-of.ts';
import { startWacm, type WacmStandIn, type WacmUser } from './start-wacm.ts';

// The stand-in against the documentation of WACM Connect. docs/providers/wacm-facts.md names the pages.

/** Of “GET /api/v1/control-accounts”, without the two keys that its example shows. */
const account = [
  ...['id', 'name', 'category', 'partnerType', 'accountType', 'status', 'imageUrl', 'creationDate', 'address1'],
  ...['address2', 'country', 'city', 'state', 'zip', 'mainPhone', 'billingPhone', 'contactEmail', 'billingEmail'],
  ...['businessNumber', 'taxId', 'fiscalNumber', 'vatNumber', 'website', 'governanceAccountId'],
  ...['governanceAccountName', 'subAccountsCount', 'wasabiAccountName', 'subAccountStorage'],
];

describe('R10 the stand-in of WACM Connect', () => {
  let service: WacmStandIn;
  let ada: WacmUser;
  beforeAll(async () => {
    service = await startWacm();
    ada = service.addUser('ada', 'password of ada', 'Lovelace Storage');
    ada.accounts.push({ id: 1, name: 'Another', contactEmail: 'other@example.org' });
  });
  afterAll(() => service.close());

  async function ask(query: string, key = ada.apiKey) {
    const authorization = `Basic ${Buffer.from(`ada:${key}`).toString('base64')}`;
    const answer = await fetch(`${service.address}/api/v1/control-accounts${query}`, { headers: { authorization } });
    return { status: answer.status, body: (await answer.json()) as { data?: { items: { name: string }[] } } };
  }
  const namesOf = async (query: string) => (await ask(query)).body.data?.items.map(({ name }) => name);

  it('“GET /api/v1/control-accounts”', async () => {
    const { status, body } = await ask('');
    expect(status).toBe(200);
    const members = ['success', 'message', ...account.map((each) => `data.items[].${each}`)];
    expect(membersOf(body)).toEqual([...members, 'data.page', 'data.size']);
  });

  it('by page, size and name', async () => {
    expect(await namesOf('?page=1&size=1')).toEqual(['Lovelace Storage']);
    expect(await namesOf('?page=2&size=1')).toEqual(['Another']);
    expect(await namesOf('?name=Another')).toEqual(['Another']);
    expect(await namesOf('?name=Nobody')).toEqual([]);
  });

  it('no 200 and a description of the failure for a wrong key (“Authentication With WACM Connect”)', async () => {
    const { status, body } = await ask('', 'wrong');
    expect(status).toBe(401);
    expect(body).toEqual({ success: false, message: expect.any(String) as string });
  });
});
