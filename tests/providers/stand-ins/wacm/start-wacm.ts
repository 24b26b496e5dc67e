import { randomBytes } from 'node:crypto';
import { serveStandIn, type Answer, type Call, type Served } from '../serve-stand-in.ts';

// A stand-in for WACM Connect, which nobody can run here: what its documentation says of control accounts
// (docs/providers/wacm-facts.md names the page of each fact), and nothing that it does not say.

interface WacmAccount {
  readonly id: number;
  name: string;
  readonly contactEmail: string;
}

export interface WacmUser {
  readonly username: string;
  readonly password: string;
  apiKey: string;
  /** Those that this user may read. */
  readonly accounts: WacmAccount[];
}

export interface WacmStandIn extends Served {
  readonly users: WacmUser[];
  /** Somebody with an account of their own, who may read that one alone. */
  addUser(username: string, password: string, accountName: string): WacmUser;
}

export async function startWacm(): Promise<WacmStandIn> {
  const users: WacmUser[] = [];
  const served = await serveStandIn((call) => answer(users, call));
  return {
    ...served,
    users,
    addUser(username, password, accountName) {
      const account = { id: 6_000 + users.length, name: accountName, contactEmail: `${username}@example.org` };
      const user = { username, password, apiKey: makeApiKey(), accounts: [account] };
      users.push(user);
      return user;
    },
  };
}

/** As those of the documentation look. */
export function makeApiKey(): string {
  return randomBytes(24).toString('base64url');
}

const path = '/api/v1/control-accounts';
const refuse = (status: number, message: string): Answer => ({ status, json: { success: false, message } });

function answer(users: readonly WacmUser[], { method, url, headers }: Call): Answer {
  if (!url.pathname.startsWith('/api/v1/')) return { status: 404, html: '<title>404</title>' };
  const user = findUser(users, headers.authorization);
  if (!user) return refuse(401, 'Unauthorized');
  if (method !== 'GET' || url.pathname !== path) return refuse(404, 'Not Found');
  const name = url.searchParams.get('name');
  const [page, size] = [Number(url.searchParams.get('page') ?? 1), Number(url.searchParams.get('size') ?? 100)];
  const found = user.accounts.filter((account) => name === null || account.name === name);
  const items = found.slice((page - 1) * size, page * size).map(describeAccount);
  return { status: 200, json: { success: true, message: 'Successfully read!', data: { items, page, size } } };
}

function findUser(users: readonly WacmUser[], authorization = ''): WacmUser | undefined {
  const [, value = ''] = /^Basic (\S+)$/.exec(authorization) ?? [];
  const [, name, key] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? [];
  return users.find(({ username, apiKey }) => username === name && apiKey === key);
}

/** In the order of the documentation, whose example is of a new account: most of it is null. */
function describeAccount({ id, name, contactEmail }: WacmAccount): object {
  return {
    ...{ id, name, category: null, partnerType: 'RESELLER', accountType: 'Company', status: 'Active', imageUrl: null },
    ...{ creationDate: '2021-05-10T13:03:45.508Z', address1: '1 Main Street', address2: null, country: null },
    ...{ city: 'Boston', state: 'MA', zip: '02110', mainPhone: null, billingPhone: null, contactEmail },
    ...{ billingEmail: null, businessNumber: null, taxId: null, fiscalNumber: null, vatNumber: null, website: null },
    ...{ governanceAccountId: null, governanceAccountName: null, subAccountsCount: 0, wasabiAccountName: null },
    subAccountStorage: 120.54,
  };
}
