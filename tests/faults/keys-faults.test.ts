import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { createReferenceProvider } from '../../electron/services/provider/reference/create-reference-provider.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { serveHttp, type FaultServer, type Handler } from './fault-server.ts';
import { reply } from './faults.ts';

const json = (value: object, status = 200) => reply(JSON.stringify(value), {}, status);
const times = { createdAt: '2026-01-15T12:00:00Z', lastUsedAt: null, expiresAt: null };
const apiKey = { name: 'Backup', lastFour: 'x9Q1', ...times };
const accessKey = { id: 'k1', name: '', isActive: true, etag: '"1"', ...times };
const made = { secret: 'pdk_0123456789', key: apiKey };
const state = { style: 'named', canExpire: true, key: apiKey };
const list = { keys: [accessKey], limit: 10, canExpire: false };
const offered = { key: { access: 'editable' } };
const meta = json({ name: 'Test', fields: { apiKey: offered, accessKeys: offered } });

let server: FaultServer;
afterEach(() => server.close());
const provider = createReferenceProvider({ clock: createSystemClock(), version: '1.0.0' });
const tokens = { scopes: null, accessToken: () => Promise.resolve('a1'), renewed: () => Promise.resolve('a2') };

/** A server that answers these requests, named by method and path. */
async function open(answers: Record<string, Handler>): Promise<ProviderAccount> {
  const missing = json({ code: 'not-found' }, 404);
  const all: Record<string, Handler> = {
    'GET /meta': meta,
    'GET /me/api-key': json(state),
    'GET /me/access-keys': json(list),
    ...answers,
  };
  server = await serveHttp((request, response) =>
    (all[`${request.method ?? ''} ${request.url ?? ''}`] ?? missing)(request, response),
  );
  return provider.open(server.address, tokens);
}

async function outcomeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
    return 'taken';
  } catch (error) {
    return error instanceof AppError ? error.message : `untyped: ${String(error)}`;
  }
}

const wrongShape = 'untrusted-answer (wrong-shape)';

describe('W7 C7 keys that a broken or hostile server sends', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', json(made), 'taken'],
    [
      'a secret with a line break, which would split a header',
      json({ ...made, secret: 'pdk_012\r\nX: 1' }),
      wrongShape,
    ],
    ['a secret of 501 characters', json({ ...made, secret: 'x'.repeat(501) }), wrongShape],
    ['no secret', json({ ...made, secret: '' }), wrongShape],
    ['a last four of five', json({ ...made, key: { ...apiKey, lastFour: '12345' } }), wrongShape],
    [
      'a creation that no calendar has',
      json({ ...made, key: { ...apiKey, createdAt: '2026-02-31T00:00:00Z' } }),
      wrongShape,
    ],
    ['a repeat under the same Idempotency-Key', json({ code: 'already-done' }, 409), 'conflict'],
  ])('a new key: %s', async (_fault, answer, outcome) => {
    const account = await open({ 'POST /me/api-key': answer });
    expect(await outcomeOf(account.makeApiKey({ name: 'Backup', expiresAt: null }))).toBe(outcome);
  });

  it.each<[string, object, string]>([
    ['nothing wrong', list, 'taken'],
    ['an id twice', { ...list, keys: [accessKey, accessKey] }, wrongShape],
    ['an ETag that would split a header', { ...list, keys: [{ ...accessKey, etag: '"1"\r\n' }] }, wrongShape],
    [
      '1,001 keys',
      { ...list, keys: Array.from({ length: 1_001 }, (_, n) => ({ ...accessKey, id: `k${n}` })) },
      wrongShape,
    ],
  ])('a list: %s', async (_fault, body, outcome) => {
    expect(await outcomeOf((await open({ 'GET /me/access-keys': json(body) })).accessKeysState())).toBe(outcome);
  });

  it('a name with direction marks is cleaned, a style that is new counts as shown once', async () => {
    const account = await open({
      'GET /me/api-key': json({ ...state, style: 'quantum', key: { ...apiKey, name: 'Back\u202eup' } }),
    });
    expect(await account.apiKeyState()).toMatchObject({ offers: ['name', 'expiry'], key: { name: 'Back up' } });
  });
});

describe('X6 a capability that disappears', () => {
  const gone = json({ code: 'not-found' }, 404);
  it.each<[string, Record<string, Handler>]>([
    ['from /meta', { 'GET /meta': json({ name: 'Test', fields: {} }) }],
    ['between /meta and the request after it', { 'GET /me/api-key': gone, 'GET /me/access-keys': gone }],
    [
      'from /meta in words',
      {
        'GET /meta': json({
          name: 'Test',
          fields: { apiKey: { key: { access: 'not-offered' } }, accessKeys: { key: { access: 'not-offered' } } },
        }),
      },
    ],
  ])('%s is not offered', async (_where, answers) => {
    const account = await open(answers);
    expect(await account.apiKeyState()).toMatchObject({ access: { kind: 'not-offered' }, offers: [], key: null });
    expect(await account.accessKeysState()).toMatchObject({ access: { kind: 'not-offered' }, offers: [], keys: [] });
  });
});

describe('X2 a test of a key', () => {
  it.each<[string, Handler, boolean | string]>([
    ['accepted', json({ id: 'p1' }), true],
    ['refused by name', json({ code: 'key-refused' }, 401), false],
    ['refused as an ended session', json({ code: 'session-ended' }, 401), false],
    ['not answered', json({ code: 'internal' }, 500), 'server-fault'],
  ])('%s', async (_case, answer, outcome) => {
    const account = await open({ 'GET /me': answer, 'POST /auth/token': answer });
    const failureOf = async (act: Promise<boolean>) => act.catch((error: unknown) => (error as AppError).message);
    expect([await failureOf(account.tryApiKey('pdk_1')), await failureOf(account.tryAccessKey('k1', 'pds_1'))]).toEqual(
      [outcome, outcome],
    );
  });
});
