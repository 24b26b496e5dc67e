import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

interface ListedSession {
  readonly id: string;
  readonly current: boolean;
  readonly userAgent: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
}

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const hour = 3_600;
const list = async (token: string) => (await test.request<{ sessions: ListedSession[] }>('GET', '/me/sessions', { token })).body.sessions;
const refresh = (refreshToken: string) => test.request('POST', '/auth/refresh', { body: { refreshToken } });
const fromNow = (seconds: number) => new Date(test.now() + seconds * 1000).toISOString();

describe('E8 own sessions', () => {
  it('are made from the real User-Agent and address, and mark the current one', async () => {
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const first = await test.signIn();
    test.pass(1);
    const credentials = { identifier: test.identifier, password: test.password };
    const second = await test.request<{ sessionId: string }>('POST', '/auth/sign-in', { body: credentials, headers: { 'user-agent': firefox } });
    expect(await list(first.accessToken)).toEqual([
      {
        id: second.body.sessionId,
        current: false,
        userAgent: firefox,
        ipAddress: '127.0.0.1',
        createdAt: fromNow(0),
        lastSeenAt: fromNow(0),
        lastModifiedAt: fromNow(0),
        lastAuthenticatedAt: fromNow(0),
        expiresAt: fromNow(24 * hour),
      },
      expect.objectContaining({ id: first.sessionId, current: true, userAgent: 'node' }),
    ]);
  });

  it('leave the list when signed out', async () => {
    const [first, second] = [await test.signIn(), await test.signIn()];
    await test.request('POST', '/auth/sign-out', { token: second.accessToken });
    expect((await list(first.accessToken)).map(({ id }) => id)).toEqual([first.sessionId]);
  });

  it('are seen again with every use, to the minute', async () => {
    const { accessToken } = await test.signIn();
    test.pass(59);
    expect((await list(accessToken))[0]?.lastSeenAt).toBe(fromNow(-59));
    test.pass(1);
    expect((await list(accessToken))[0]).toMatchObject({ lastSeenAt: fromNow(0), expiresAt: fromNow(24 * hour) });
  });

  it('end after 24 hours without use', async () => {
    const [used, idle] = [await test.signIn(), await test.signIn()];
    test.pass(12 * hour);
    const { body } = await refresh(used.refreshToken);
    test.pass(12 * hour);
    const again = await refresh(String(body['refreshToken']));
    expect((await list(String(again.body['accessToken']))).map(({ id }) => id)).toEqual([used.sessionId]);
    expect((await refresh(idle.refreshToken)).body['code']).toBe('session-ended');
  });

  it('end after 48 hours, however much they are used', async () => {
    let { refreshToken } = await test.signIn();
    for (let hours = 0; hours < 47; hours += 1) {
      test.pass(hour);
      refreshToken = String((await refresh(refreshToken)).body['refreshToken']);
    }
    test.pass(hour - 300);
    const last = await refresh(refreshToken);
    expect(last.body['expiresIn']).toBe(300);
    test.pass(300);
    expect((await refresh(String(last.body['refreshToken']))).body['code']).toBe('session-ended');
  });

  it('are swept away with their tokens once they are dead', async () => {
    await test.signIn();
    test.pass(24 * hour);
    await test.signIn();
    for (const table of ['sessions', 'access_tokens', 'refresh_tokens']) {
      expect(test.server.database.get(`SELECT count(*) AS count FROM ${table}`)).toEqual({ count: 1 });
    }
  });
});
