import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, vi } from 'vitest';
import { startTestIssuer } from '../testing/test-issuer.ts';
import { startTestServer } from '../testing/test-server.ts';

/** Tables of one row, or of what is worked off as a whole; `value` is the list that a statement was given. */
const mayBeWalked = /^SCAN (json_each|mails_due|data_key|utilization)\b/;

/** Not of a migration, which walks over all there is, once. */
const isOfADay = (sql: string) =>
  /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(sql) &&
  !/( FROM totp| data_key VALUES|last_modified_at = last_authenticated_at)/.test(sql);

/** Every statement that the server prepares while it starts and does what people do. */
async function statementsOfADay(): Promise<{ plans: Map<string, string[]> }> {
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare');
  const issuer = await startTestIssuer();
  const test = await startTestServer(undefined, undefined, [issuer.provider]);
  try {
    const { accessToken, refreshToken } = await test.signIn();
    const headers = { 'idempotency-key': 'a' };
    const calls: [string, string, object?][] = [
      ['GET', '/me/sessions'],
      ['POST', '/me/sessions/close', { ids: [crypto.randomUUID()] }],
      ['POST', '/me/sessions/close-others'],
      ['GET', '/me/identity-keys'],
      ['GET', '/me/identities'],
      ['POST', '/auth/sign-in-identity/nonce', { issuer: issuer.provider.issuer }],
      ['POST', '/auth/password-reset', { identifier: test.identifier }],
      ['POST', '/me/mfa/totp'],
      ['POST', '/auth/refresh', { refreshToken }],
      ['POST', '/auth/refresh', { refreshToken: 'x'.repeat(65) }],
      ['POST', '/auth/sign-out'],
    ];
    for (const [method, path, body] of calls)
      expect((await test.request(method, path, { token: accessToken, headers, body })).status).not.toBe(404);
    await test.trySignIn('wrong');
    test.pass(600);
    await test.server.upkeep();
    const seen = new Set(prepare.mock.calls.map(([sql]) => sql));
    const own = new DatabaseSync(join(test.dataFolder, 'control-account.db'));
    const explain = (sql: string) =>
      own
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail));
    const plans = new Map([...seen].filter((sql) => isOfADay(sql)).map((sql) => [sql, explain(sql)]));
    own.close();
    return { plans };
  } finally {
    prepare.mockRestore();
    await test.close();
    await issuer.close();
  }
}

describe('D7 statements of the server', () => {
  it('walk over no table that grows', async () => {
    const { plans } = await statementsOfADay();
    expect(plans.size).toBeGreaterThan(60);
    const walking = [...plans].flatMap(([sql, plan]) =>
      plan.filter((step) => step.startsWith('SCAN') && !mayBeWalked.test(step)).map((step) => `${step}: ${sql}`),
    );
    expect(walking).toEqual([]);
  });

  it('delete what goes with a session or an account by an index', async () => {
    const test = await startTestServer();
    const own = new DatabaseSync(join(test.dataFolder, 'control-account.db'));
    const tables = own
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .all();
    const walked = tables.flatMap(({ name }) =>
      own
        .prepare(`SELECT "from" AS child FROM pragma_foreign_key_list(:name)`)
        .all({ name: String(name) })
        .flatMap(({ child }) =>
          own.prepare(`EXPLAIN QUERY PLAN DELETE FROM ${String(name)} WHERE ${String(child)} = 'x'`).all(),
        )
        .map(({ detail }) => String(detail))
        .filter((detail) => detail.startsWith('SCAN')),
    );
    own.close();
    await test.close();
    expect(walked).toEqual([]);
  });
});
