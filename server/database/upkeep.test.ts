import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nonceLifetime } from '../features/identities/identities.store.ts';
import { defaultPreset } from '../presets/presets.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { portion } from './in-portions.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const countOf = (table: string) =>
  Number(test.server.database.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count);
const origins = new Set(['http://127.0.0.1']);

describe('D7 upkeep', () => {
  it('clears what is over and keeps what is not', async () => {
    const { identities, lockOut, challenges } = test.server.stores;
    const accountId = test.server.stores.accounts.findDemo()!;
    const fill = () => {
      identities.openNonce('https://a.example', null, origins);
      lockOut.fail({ key: String(test.now()), tries: 5 });
      challenges.open({ accountId, subject: 'a' });
    };
    fill();
    test.pass(nonceLifetime + 600);
    fill();
    await test.server.upkeep();
    expect(['identity_nonces', 'sign_in_failures', 'sign_in_challenges'].map(countOf)).toEqual([1, 1, 1]);
  });

  it('does it in portions, between which others are answered', async () => {
    const { identities } = test.server.stores;
    test.server.database.transaction(() => {
      for (let count = 0; count < 5 * portion; count += 1) identities.openNonce('https://a.example', null, origins);
    });
    test.pass(nonceLifetime);
    const done = test.server.upkeep();
    const left = [countOf('identity_nonces')];
    while ((left.at(-1) ?? 0) > 0) {
      await setImmediate();
      left.push(countOf('identity_nonces'));
    }
    await done;
    const steps = left.slice(1).map((each, at) => (left[at] ?? 0) - each);
    expect(Math.max(...steps)).toBe(portion);
  });

  it('ends with the server, whatever is left', async () => {
    test.server.stores.identities.openNonce('https://a.example', null, origins);
    const other = await startTestServer();
    const done = other.server.upkeep();
    await other.close();
    await expect(done).resolves.toBeUndefined();
  });
});

describe('D7 a clock that is set back five days', () => {
  const days = 5 * 86_400;
  const { reauthWindowSeconds, lockOut } = defaultPreset.policies;
  const statusOf = async (token: string) => (await test.request('GET', '/me', { token })).status;
  const window = async (token: string) =>
    (await test.request<{ validUntil: string | null }>('GET', '/auth/reauth', { token })).body.validUntil;

  it('makes no token and no window of re-authentication last longer than its policy', async () => {
    const { accessToken } = await test.signIn();
    test.pass(-days);
    await test.server.upkeep();
    const until = Date.parse((await window(accessToken)) ?? '');
    expect(until).toBeLessThanOrEqual(test.now() + reauthWindowSeconds * 1000);
    test.pass(600);
    expect(await statusOf(accessToken)).toBe(401);
  });

  it('makes no session and no lock-out last longer', async () => {
    const { refreshToken } = await test.signIn();
    for (let count = 0; count < lockOut.tries; count += 1) await test.trySignIn('wrong');
    test.pass(-days);
    const refused = await test.trySignIn(test.password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(lockOut.seconds);
    await test.server.upkeep();
    test.pass(lockOut.seconds);
    expect((await test.trySignIn(test.password)).status).toBe(200);
    test.pass(86_400);
    const late = await test.request('POST', '/auth/refresh', { body: { refreshToken } });
    expect(late.body['code']).toBe('session-ended');
  });

  it('lets a new reset link be asked for', async () => {
    const { resets, accounts } = test.server.stores;
    const accountId = accounts.findDemo()!;
    expect(resets.open(accountId)).toBeDefined();
    test.pass(-days);
    await test.server.upkeep();
    test.pass(60);
    expect(resets.open(accountId)).toBeDefined();
  });
});
