import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { masked } from '../../electron/services/core/masked.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { platform } from '../../server/presets/platform.ts';
import { actSchema, type Act, type RequestPreview } from '../../shared/contract/api-calls.ts';
import { startListeningProxy, type ListeningProxy } from '../support/listening-proxy.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';

let account: AccountUnderTest;
let center: AccountUnderTest;
/** Its first session is ended by the act that ends others. */
let crowded: AccountUnderTest;
beforeAll(async () => {
  [account, center, crowded] = await Promise.all([
    openAccount(platform),
    openAccount(contactCenter, {}, [{ name: 'Brightline', issuer: 'https://login.example', clientId: 'desk' }]),
    openAccount(platform),
  ]);
});
afterAll(() => Promise.all([account, center, crowded].map((each) => each[Symbol.asyncDispose]())));

const previewAt = ({ app, accountId }: AccountUnderTest, act: Act) => app.calls.apiCalls.preview({ accountId, act });
const preview = (act: Act) => previewAt(account, act);
const writesSince = ({ network }: AccountUnderTest, count: number) =>
  network
    .requests()
    .slice(count)
    .filter((line) => !line.startsWith('GET '));

/** An act of each channel, with ids that need not exist. */
const samples: { readonly [C in Act['channel']]: Omit<Extract<Act, { channel: C }>, 'channel'> } = {
  'password.change': { endOtherSessions: true },
  'mfa.turnOff': {},
  'mfa.removeDevice': { deviceId: 'd 1' },
  'recoveryCodes.renew': {},
  'sessions.close': { ids: ['s1', 's2'] },
  'sessions.closeOthers': {},
  'apiKey.generate': { name: 'Nightly export', expiresAt: null },
  'apiKey.rotate': {},
  'apiKey.remove': {},
  'accessKeys.create': { name: 'Importer', expiresAt: '2040-01-01T00:00:00.000Z' },
  'accessKeys.setActive': { keyId: 'k1', isActive: false },
  'accessKeys.remove': { keyId: 'k1' },
  'linkedAccounts.unlink': { linkedAccountId: 'i1' },
  'sshKeys.remove': { keyId: 'k1' },
  'deletion.remove': { email: 'mara@nordlicht.example' },
};
const acts = Object.entries(samples).map(([channel, input]) => actSchema.parse({ channel, ...input }));
const isAtCenter = (channel: Act['channel']) => /^(?:accessKeys|linkedAccounts)\./.test(channel);
function pickAccount(channel: Act['channel']): AccountUnderTest {
  if (channel === 'sessions.closeOthers') return crowded;
  return isAtCenter(channel) ? center : account;
}
/** Its revision has to be read first, so there must be such a key. */
const needsItsSubject = new Set<Act['channel']>(['accessKeys.setActive']);

describe('X9 what an act would send', () => {
  it.each(acts.filter(({ channel }) => !needsItsSubject.has(channel)))(
    '$channel is a call of the document, and is not sent',
    async (act) => {
      const at = isAtCenter(act.channel) ? center : account;
      const before = at.network.requests().length;
      const { operation, url, headers } = await previewAt(at, act);
      expect(operation).toMatchObject({
        id: expect.stringMatching(/^(post|put|patch|delete)Me/) as string,
        summary: expect.stringMatching(/\w/) as string,
      });
      expect(url.startsWith(at.network.address)).toBe(true);
      expect(headers).toContainEqual({ name: 'Authorization', value: `Bearer ${masked}` });
      expect(writesSince(at, before)).toEqual([]);
    },
  );

  it('reads what the act builds on first', async () => {
    const { app, accountId } = center;
    await center.prove();
    const { snapshot } = await app.calls.accessKeys.create({ accountId, name: 'Importer', expiresAt: null });
    const [key] = snapshot.keys;
    const act: Act = { channel: 'accessKeys.setActive', keyId: key!.id, isActive: false };
    const { operation, headers, body } = await previewAt(center, act);
    expect(operation).toMatchObject({ method: 'PATCH', path: '/me/access-keys/{id}' });
    expect(headers.map(({ name }) => name)).toContain('If-Match');
    expect(JSON.parse(body ?? '')).toEqual({ isActive: false });
    await expect(previewAt(center, { ...act, keyId: 'gone' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('shows no password, neither the old nor a new one', async () => {
    const { body } = await preview({ channel: 'password.change', endOtherSessions: true });
    expect(JSON.parse(body ?? '')).toMatchObject({ current: masked, next: masked, endOtherSessions: true });
  });

  it('cuts a body that nobody would read to its end', async () => {
    const { body } = await preview({
      channel: 'sessions.close',
      ids: Array.from({ length: 1_000 }, (_, index) => `session-${String(index)}-of-a-long-list`),
    });
    expect(body?.length).toBeLessThan(20_100);
    expect(body?.endsWith('…')).toBe(true);
  });

  it('is said to be offline without a network', async () => {
    await using other = await openAccount(platform);
    other.network.cut(true);
    await expect(previewAt(other, { channel: 'sessions.closeOthers' })).rejects.toMatchObject({ code: 'offline' });
  });
});

type Calls = AccountUnderTest['app']['calls'];
type CarryOut = (calls: Calls, accountId: string) => Promise<unknown>;

/** Acts as the screens carry them out. Some are refused, which makes no difference to what was sent. */
const carriedOut: readonly (readonly [act: Act, carryOut: CarryOut])[] = [
  [{ channel: 'sessions.closeOthers' }, (calls, accountId) => calls.sessions.closeOthers({ accountId })],
  [
    { channel: 'apiKey.generate', name: 'Nightly export', expiresAt: null },
    (calls, accountId) => calls.apiKey.generate({ accountId, name: 'Nightly export', expiresAt: null }),
  ],
  [{ channel: 'apiKey.rotate' }, (calls, accountId) => calls.apiKey.rotate({ accountId })],
  [{ channel: 'apiKey.remove' }, (calls, accountId) => calls.apiKey.remove({ accountId })],
  [{ channel: 'recoveryCodes.renew' }, (calls, accountId) => calls.recoveryCodes.renew({ accountId })],
  [{ channel: 'mfa.turnOff' }, (calls, accountId) => calls.mfa.turnOff({ accountId })],
  [
    { channel: 'mfa.removeDevice', deviceId: 'd 1' },
    (calls, accountId) => calls.mfa.removeDevice({ accountId, deviceId: 'd 1' }),
  ],
  [
    { channel: 'deletion.remove', email: 'somebody@else.example' },
    (calls, accountId) => calls.deletion.remove({ accountId, email: 'somebody@else.example' }),
  ],
  [
    { channel: 'accessKeys.create', name: 'Importer', expiresAt: '2040-01-01T00:00:00.000Z' },
    (calls, accountId) =>
      calls.accessKeys.create({ accountId, name: 'Importer', expiresAt: '2040-01-01T00:00:00.000Z' }),
  ],
  [
    { channel: 'accessKeys.remove', keyId: 'k1' },
    (calls, accountId) => calls.accessKeys.remove({ accountId, keyId: 'k1' }),
  ],
  [
    { channel: 'linkedAccounts.unlink', linkedAccountId: 'i1' },
    (calls, accountId) => calls.linkedAccounts.unlink({ accountId, linkedAccountId: 'i1' }),
  ],
];

/** The same person once more, through a proxy that hears everything. */
async function signInThrough(
  proxy: ListeningProxy,
  { app: { calls }, server: { identifier, password } }: AccountUnderTest,
): Promise<string> {
  const signedIn = await calls.auth.signIn({
    target: { kind: 'address', address: proxy.address },
    identifier,
    password,
  });
  if (signedIn.next !== 'done') throw new Error('a code was asked for');
  await calls.reauth.prove({ accountId: signedIn.accountId, proof: { kind: 'password', password } });
  return signedIn.accountId;
}

const proxies = new Map<AccountUnderTest, ListeningProxy>();

describe('X9 what was shown is what is sent', () => {
  afterAll(() => Promise.all([...proxies.values()].map((proxy) => proxy[Symbol.asyncDispose]())));

  it.each(carriedOut)('%j', async (act, carryOut) => {
    const at = pickAccount(act.channel);
    // One for all acts: each new address would be a question to the person, of which there are five a minute.
    proxies.set(at, proxies.get(at) ?? (await startListeningProxy(at.server.address)));
    const proxy = proxies.get(at)!;
    const before = proxy.asked().length;
    const accountId = await signInThrough(proxy, at);
    const shown = await at.app.calls.apiCalls.preview({ accountId, act });
    await carryOut(at.app.calls, accountId).catch(() => undefined);
    const asked = proxy.asked().slice(before);
    expect(asked).toContain(`${shown.operation.method} ${new URL(shown.url).pathname} HTTP/1.1`);
    if (shown.body !== null) expect(asked).toContain(JSON.stringify(JSON.parse(shown.body)));
    expect(missingHeaders(shown, asked)).toEqual([]);
  });

  it('masks the Idempotency-Key beside the token: the one that is sent is new', async () => {
    const { headers } = await preview({ channel: 'apiKey.rotate' });
    expect(headers).toEqual([
      { name: 'Authorization', value: `Bearer ${masked}` },
      { name: 'Idempotency-Key', value: masked },
    ]);
  });
});

/** Each with its value, as far as that is not masked. */
function missingHeaders({ headers }: RequestPreview, asked: string): string[] {
  return headers
    .map(({ name, value }) => `\r\n${name}: ${value.split(masked)[0] ?? ''}`)
    .filter((line) => !asked.includes(line));
}

describe('E13 the calls behind a screen', () => {
  it.each(['profile', 'security', 'sessions', 'identity-keys'] as const)('%s has some, each once', async (screen) => {
    const { address, operations } = await account.app.calls.apiCalls.list({
      accountId: account.accountId,
      screen,
    });
    expect(address).toBe(account.network.address);
    expect(operations.length).toBeGreaterThan(2);
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  const listAt = ({ app, accountId }: AccountUnderTest) => app.calls.apiCalls.list({ accountId, screen: 'sessions' });

  it('asks the provider once', async () => {
    await listAt(account);
    await listAt(account);
    expect(account.network.requests().filter((line) => line === 'GET /openapi.json')).toHaveLength(1);
  });

  it('tries again after a failure', async () => {
    await using other = await openAccount(platform);
    other.network.cut(true);
    await expect(listAt(other)).rejects.toMatchObject({ code: 'offline' });
    other.network.cut(false);
    await expect(listAt(other)).resolves.toMatchObject({ address: other.network.address });
  });
});
