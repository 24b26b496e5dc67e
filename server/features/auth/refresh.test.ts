import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { SignedIn } from './auth.schemas.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const refresh = (refreshToken: string, key?: string) =>
  test.request<SignedIn & { code?: string }>('POST', '/auth/refresh', {
    body: { refreshToken },
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  });
const me = async (token: string) => {
  const { status, body } = await test.request('GET', '/me', { token });
  return [status, body['code']];
};

describe('D7 renewing tokens', () => {
  it('trades a refresh token once; the new tokens work', async () => {
    const first = await test.signIn();
    const { status, body } = await refresh(first.refreshToken);
    expect(status).toBe(200);
    expect(body.sessionId).toBe(first.sessionId);
    expect(await me(body.accessToken)).toEqual([200, undefined]);
    expect((await refresh(body.refreshToken)).status).toBe(200);
  });

  it('ends the whole session when a token is used again', async () => {
    const first = await test.signIn();
    const second = await refresh(first.refreshToken);
    const reused = await refresh(first.refreshToken);
    expect([reused.status, reused.body.code]).toEqual([401, 'refresh-reused']);
    expect((await refresh(second.body.refreshToken)).body.code).toBe('session-ended');
    expect(await me(second.body.accessToken)).toEqual([401, 'session-ended']);
  });

  it('gives the same answer again to the same key within 60 s, and ends the session after', async () => {
    const { refreshToken } = await test.signIn();
    const lost = await refresh(refreshToken, 'attempt-1');
    test.pass(59);
    expect((await refresh(refreshToken, 'attempt-1')).body).toEqual(lost.body);
    test.pass(1);
    expect((await refresh(refreshToken, 'attempt-1')).body.code).toBe('refresh-reused');
  });

  it('ends the session for the same token under another key', async () => {
    const { refreshToken } = await test.signIn();
    await refresh(refreshToken, 'attempt-1');
    expect((await refresh(refreshToken, 'attempt-2')).body.code).toBe('refresh-reused');
  });
});

describe('D7 renewing tokens many times at once', () => {
  it('lets one of 50 parallel uses under different keys win, then ends the session', async () => {
    const { refreshToken } = await test.signIn();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => refresh(refreshToken, `attempt-${String(at)}`)),
    );
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'refresh-reused')).toHaveLength(1);
    expect(await me(winners[0]!.body.accessToken)).toEqual([401, 'session-ended']);
  });

  it('gives 50 parallel repeats under one key the same tokens', async () => {
    const { refreshToken } = await test.signIn();
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken, 'attempt-1')));
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
    expect(await me(answers[0]!.body.accessToken)).toEqual([200, undefined]);
  });

  it('lets the access token expire after ten minutes, and says so', async () => {
    const { accessToken } = await test.signIn();
    test.pass(599);
    expect(await me(accessToken)).toEqual([200, undefined]);
    test.pass(1);
    expect(await me(accessToken)).toEqual([401, 'token-expired']);
  });

  it('keeps no token in the clear', async () => {
    const { accessToken, refreshToken } = await test.signIn();
    const { body } = await refresh(refreshToken, 'attempt-1');
    const tables = test.server.database.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
    const stored = JSON.stringify(tables.map(({ name }) => test.server.database.all(`SELECT * FROM ${name}`)));
    for (const secret of [accessToken, refreshToken, body.accessToken, body.refreshToken, test.password])
      expect(stored).not.toContain(secret);
  });
});
