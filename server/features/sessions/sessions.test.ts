import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedSessions } from '../../testing/seed-sessions.ts';
import { portion } from '../../database/in-portions.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { IssuedTokens } from '../../accounts/session.ts';
import { maxSessions } from '../../accounts/sessions.store.ts';

interface ListedSession {
  readonly id: string;
  readonly current: boolean;
  readonly userAgent: string;
  readonly lastSeenAt: string;
  readonly lastModifiedAt: string;
  readonly expiresAt: string;
}

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const hour = 3_600;
const list = async (token: string) =>
  (await test.request<{ sessions: ListedSession[] }>('GET', '/me/sessions', { token })).body.sessions;
const refresh = (refreshToken: string) => test.request('POST', '/auth/refresh', { body: { refreshToken } });
const fromNow = (seconds: number) => new Date(test.now() + seconds * 1000).toISOString();

describe('E8 own sessions', () => {
  it('are made from the real User-Agent and address, and mark the current one', async () => {
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const first = await test.signIn();
    test.pass(1);
    const credentials = { identifier: test.identifier, password: test.password };
    const second = await test.request<{ sessionId: string }>('POST', '/auth/sign-in', {
      body: credentials,
      headers: { 'user-agent': firefox },
    });
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

  it('are modified by renewing their tokens, not by being used', async () => {
    const { accessToken, refreshToken } = await test.signIn();
    test.pass(60);
    expect((await list(accessToken))[0]).toMatchObject({ lastSeenAt: fromNow(0), lastModifiedAt: fromNow(-60) });
    await refresh(refreshToken);
    expect((await list(accessToken))[0]).toMatchObject({
      lastModifiedAt: fromNow(0),
      lastAuthenticatedAt: fromNow(-60),
    });
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
    await test.server.upkeep();
    for (const table of ['sessions', 'access_tokens', 'refresh_tokens']) {
      expect(test.server.database.get(`SELECT count(*) AS count FROM ${table}`)).toEqual({ count: 1 });
    }
  });
});

describe('E9 closing sessions', () => {
  const close = (token: string, ids: unknown) =>
    test.request<{ results: unknown; errors?: unknown }>('POST', '/me/sessions/close', { token, body: { ids } });
  const answer = async (token: string) => {
    const { status, body } = await test.request('GET', '/me', { token });
    return [status, body['code']];
  };

  it('ends them at once, tokens and all, and leaves the rest', async () => {
    const [mine, first, second, other] = [
      await test.signIn(),
      await test.signIn(),
      await test.signIn(),
      await test.signIn(),
    ];
    const ids = [first.sessionId, second.sessionId];
    expect((await close(mine.accessToken, ids)).body).toEqual({ results: ids.map((id) => ({ id, closed: true })) });
    for (const { accessToken, refreshToken } of [first, second]) {
      expect(await answer(accessToken)).toEqual([401, 'session-ended']);
      expect((await refresh(refreshToken)).body['code']).toBe('session-ended');
    }
    expect((await list(mine.accessToken)).map(({ id }) => id).sort()).toEqual([mine.sessionId, other.sessionId].sort());
  });

  it('answers alike for what is gone, unknown or somebody else’s, and does not touch the last', async () => {
    const mine = await test.signIn();
    const { accounts, sessions } = test.server.stores;
    const demo = accounts.findDemo()!;
    const other = accounts.create({
      user: { ...accounts.readUser(demo), username: 'other' },
      contact: { ...accounts.readContact(demo), email: 'other@example.com' },
      passwordHash: '',
      permissions: [],
    });
    const foreign = sessions.start(other, { userAgent: '', ipAddress: '' });
    const ids = [foreign.sessionId, randomUUID()];
    for (let count = 0; count < 2; count += 1)
      expect((await close(mine.accessToken, ids)).body.results).toEqual(ids.map((id) => ({ id, closed: true })));
    expect(await answer(foreign.accessToken)).toEqual([200, undefined]);
    expect(await answer(mine.accessToken)).toEqual([200, undefined]);
  });

  it('may name the current one, which signs out', async () => {
    const mine = await test.signIn();
    expect((await close(mine.accessToken, [mine.sessionId])).status).toBe(200);
    expect(await answer(mine.accessToken)).toEqual([401, 'session-ended']);
  });

  it('closes all others and says how many', async () => {
    const [mine, other] = [await test.signIn(), await test.signIn()];
    const closeOthers = async () =>
      (await test.request('POST', '/me/sessions/close-others', { token: mine.accessToken })).body;
    expect(await closeOthers()).toEqual({ closed: 1 });
    expect(await closeOthers()).toEqual({ closed: 0 });
    expect(await answer(other.accessToken)).toEqual([401, 'session-ended']);
    expect(await answer(mine.accessToken)).toEqual([200, undefined]);
  });

  it.each([
    [[]],
    [['']],
    ['x'],
    [[1]],
    [['unknown']],
    [["' OR 1=1 --"]],
    [Array.from({ length: 1_001 }, () => randomUUID())],
  ])('refuses a list like %.30j', async (ids) => {
    const { accessToken } = await test.signIn();
    expect((await close(accessToken, ids)).status).toBe(422);
  });
});

describe('E8 E9 what a thief with the password could let grow', () => {
  const signInAs = (userAgent: string) =>
    test.request<{ sessionId: string }>('POST', '/auth/sign-in', {
      body: { identifier: test.identifier, password: test.password },
      headers: { 'user-agent': userAgent },
    });

  it('is a User-Agent of 15,000 characters: its session is listed, cut, and can be closed', async () => {
    const mine = await test.signIn();
    const thief = await signInAs(`Thief/1.0 ${'x'.repeat(14_990)}`);
    expect(thief.status).toBe(200);
    const agents = (await list(mine.accessToken)).map(({ userAgent }) => userAgent);
    expect(agents).toEqual(expect.arrayContaining([`Thief/1.0 ${'x'.repeat(990)}`, 'node']));
    await test.request('POST', '/me/sessions/close', {
      token: mine.accessToken,
      body: { ids: [thief.body.sessionId] },
    });
    expect((await list(mine.accessToken)).map(({ id }) => id)).toEqual([mine.sessionId]);
  });

  it('is the number of sessions: one more than there may be ends the oldest, with its tokens', async () => {
    const { accounts, sessions } = test.server.stores;
    const device = { userAgent: '', ipAddress: '' };
    const accountId = accounts.findDemo()!;
    const oldest = await test.signIn();
    for (let count = 1; count < maxSessions; count += 1) {
      test.pass(1);
      sessions.start(accountId, device);
    }
    expect((await refresh(oldest.refreshToken)).status).toBe(200);
    test.pass(1);
    const newest = await test.signIn();
    const listed = (await list(newest.accessToken)).map(({ id }) => id);
    expect([listed.length, listed[0], listed.includes(oldest.sessionId)]).toEqual([
      maxSessions,
      newest.sessionId,
      false,
    ]);
    expect(test.server.database.get('SELECT count(*) AS count FROM access_tokens')).toEqual({ count: maxSessions });
  });

  it('is the number of tokens: of 1,000 renewals two pairs stay, and using an older one ends the session', async () => {
    const { sessions } = test.server.stores;
    const first = await test.signIn();
    let tokens: IssuedTokens = first;
    for (let count = 0; count < 1_000; count += 1) {
      const result = sessions.refresh(tokens.refreshToken);
      if (result.kind !== 'issued') throw new Error(result.kind);
      ({ tokens } = result);
    }
    for (const table of ['access_tokens', 'refresh_tokens'])
      expect(test.server.database.get(`SELECT count(*) AS count FROM ${table}`)).toEqual({ count: 2 });
    expect(sessions.check(tokens.accessToken).kind).toBe('valid');
    const invented = `${tokens.refreshToken.slice(0, 10)}${'x'.repeat(55)}`;
    expect(sessions.refresh(invented)).toEqual({ kind: 'ended' });
    expect(sessions.check(tokens.accessToken).kind).toBe('valid');
    expect((await refresh(first.refreshToken)).body['code']).toBe('refresh-reused');
    expect(sessions.check(tokens.accessToken)).toEqual({ kind: 'ended' });
  });

  it('keeps no refresh token, nor what all of a session begin with, in the clear', async () => {
    const { refreshToken } = await test.signIn();
    const rows = ['sessions', 'refresh_tokens'].flatMap((table) => test.server.database.all(`SELECT * FROM ${table}`));
    expect(JSON.stringify(rows)).not.toContain(refreshToken.slice(0, 22));
  });
});

describe('E9 ten thousand sessions', () => {
  it('are listed newest first by the index alone, and closed in one go', async () => {
    const mine = await test.signIn();
    const agents = Array.from({ length: 10_000 }, (_, at) => `Agent/${String(at)}`);
    const ids = seedSessions(test.dataFolder, 'control-account', agents, test);
    const [plan] = test.server.database.all<{ detail: string }>(
      'EXPLAIN QUERY PLAN SELECT * FROM sessions WHERE account_id = 1 ORDER BY created_at DESC, id',
    );
    expect(plan?.detail).toContain('USING INDEX sessions_by_account');
    const all = await list(mine.accessToken);
    expect(all).toHaveLength(10_001);
    expect(new Set(all.map(({ userAgent }) => userAgent)).size).toBe(10_001);
    for (let at = 0; at < ids.length; at += 1_000) {
      const some = ids.slice(at, at + 1_000);
      const { body } = await test.request<{ results: unknown[] }>('POST', '/me/sessions/close', {
        token: mine.accessToken,
        body: { ids: some },
      });
      expect(body.results).toHaveLength(1_000);
    }
    expect((await list(mine.accessToken)).map(({ id }) => id)).toEqual([mine.sessionId]);
    for (const table of ['access_tokens', 'refresh_tokens'])
      expect(test.server.database.get(`SELECT count(*) AS count FROM ${table}`)).toEqual({ count: 1 });
  });

  it('are closed in portions, between which others are answered, and one that begins meanwhile stays', async () => {
    const { accounts, sessions } = test.server.stores;
    const accountId = accounts.findDemo()!;
    const device = { userAgent: '', ipAddress: '' };
    const mine = await test.signIn();
    sessions.startAll(
      accountId,
      Array.from({ length: 2_000 }, () => device),
    );
    const closing = sessions.endOthersInPortions(accountId, mine.sessionId);
    const left = [sessions.list(accountId).length];
    const meanwhile = sessions.startAll(accountId, [device])[0]?.sessionId;
    while ((left.at(-1) ?? 0) > 2) {
      await setImmediate();
      left.push(sessions.list(accountId).length);
    }
    const steps = left.slice(1).map((each, at) => (left[at] ?? 0) - each);
    expect(left.length).toBeGreaterThanOrEqual(2_000 / portion);
    expect(Math.max(...steps)).toBeLessThanOrEqual(portion);
    expect(await closing).toBe(2_000);
    expect(
      sessions
        .list(accountId)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([mine.sessionId, meanwhile].sort());
  });
});
