import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openTestDatabase } from '../testing/test-database.ts';
import { createSessionsStore } from '../accounts/sessions.store.ts';
import { defaultPreset } from '../presets/presets.ts';
import type { App } from '../http/app.ts';
import { createCallerScope } from './caller-scope.ts';
import { createApp } from '../http/create-app.ts';
import { maxAnswers, createIdempotencyStore } from './idempotency.store.ts';
import { Problem } from '../http/problem.ts';

const clock = { time: 0, now: () => clock.time };
let app: App;
let tokens: string[];
let made: number;
let release: (() => void) | undefined;

/** An API with one counted act, as the real features do theirs. */
async function start(): Promise<ReturnType<typeof openTestDatabase>> {
  const opened = openTestDatabase();
  const sessions = createSessionsStore(opened.database, clock, defaultPreset.policies.session);
  const device = { userAgent: '', ipAddress: '' };
  tokens = [1, 2].map(() => sessions.start(opened.accountId, device).accessToken);
  const requireCaller = createCallerScope({
    sessions,
    answers: createIdempotencyStore(opened.database, clock),
    mustEnrol: () => false,
    findKeyHolder: () => undefined,
  });
  const schema = { body: z.strictObject({ name: z.string() }), response: { 201: z.strictObject({ number: z.int() }) } };
  app = await createApp({
    clock,
    requestsPerMinute: 1_000,
    report: () => undefined,
    origins: () => new Set(),
    features: [
      {
        register(scope) {
          requireCaller(scope);
          scope.post('/things', { schema }, async (request, reply) => {
            made += 1;
            if (request.body.name === 'fails') throw new Problem('forbidden');
            return reply.code(201).send({ number: made });
          });
          scope.post('/slow', async (_request, reply) => {
            await new Promise<void>((resolve) => (release = resolve));
            return reply.code(204).send();
          });
          scope.post('/large', () => ({ text: 'x'.repeat((made += 1) * 65_524) }));
          scope.post('/secrets', { config: { answersWithSecret: true } }, () => ({
            secret: `s${String((made += 1))}`,
          }));
        },
      },
    ],
  });
  return opened;
}

// Asynchronous, because an injected request starts only when it is waited for.
const post = async (url: string, key: string | undefined, payload: object = { name: 'a' }, token = tokens[0]) =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { authorization: `Bearer ${String(token)}`, ...(key !== undefined && { 'idempotency-key': key }) },
  });

describe('D7 a POST under an Idempotency-Key', () => {
  let opened: ReturnType<typeof openTestDatabase>;
  beforeEach(async () => {
    clock.time = 0;
    made = 0;
    release = undefined;
    opened = await start();
  });
  afterEach(() => app.close());

  it('acts once and answers the same, also from another device of the same person', async () => {
    const first = await post('/things', 'k');
    const second = await post('/things', 'k', { name: 'a' }, tokens[1]);
    expect([first.statusCode, first.json()]).toEqual([201, { number: 1 }]);
    expect([second.statusCode, second.json(), second.headers['content-type']]).toEqual([
      201,
      { number: 1 },
      first.headers['content-type'],
    ]);
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
  });

  it('acts again under another key, and without one', async () => {
    const numbers = [
      await post('/things', 'k'),
      await post('/things', 'l'),
      await post('/things', undefined),
      await post('/things', undefined),
    ];
    expect(numbers.map((answer) => answer.json<{ number: number }>().number)).toEqual([1, 2, 3, 4]);
  });

  it('is refused for another request under the same key', async () => {
    await post('/things', 'k');
    expect((await post('/things', 'k', { name: 'b' })).json()).toMatchObject({ status: 422, code: 'key-reused' });
    expect((await post('/slow', 'k')).json()).toMatchObject({ status: 422, code: 'key-reused' });
  });

  it('is refused while the first is being worked on', async () => {
    const first = post('/slow', 'k');
    await expect.poll(() => release).toBeDefined();
    const second = await post('/slow', 'k');
    expect([second.statusCode, second.headers['retry-after']]).toEqual([409, '1']);
    release?.();
    expect((await first).statusCode).toBe(204);
    const repeated = await post('/slow', 'k');
    expect([repeated.statusCode, repeated.body]).toEqual([204, '']);
  });

  it('may be tried again after a failure', async () => {
    for (let count = 1; count <= 2; count += 1) {
      expect((await post('/things', 'k', { name: 'fails' })).statusCode).toBe(403);
      expect(made).toBe(count);
    }
  });

  it('is forgotten after 24 hours', async () => {
    const store = createIdempotencyStore(opened.database, clock);
    const answer = { status: 200, contentType: null, body: 'x', isLeftOut: false };
    expect(store.begin(opened.accountId, 'k', 'r')).toEqual({ kind: 'new' });
    store.keep(opened.accountId, 'k', answer);
    clock.time = 86_399_999;
    expect(store.begin(opened.accountId, 'k', 'r')).toEqual({ kind: 'stored', answer });
    clock.time = 86_400_000;
    expect(store.begin(opened.accountId, 'k', 'r')).toEqual({ kind: 'new' });
  });

  it('does not stay blocked by a server that died over it', () => {
    createIdempotencyStore(opened.database, clock).begin(opened.accountId, 'k', 'r');
    expect(createIdempotencyStore(opened.database, clock).begin(opened.accountId, 'k', 'r')).toEqual({ kind: 'new' });
  });

  it('is refused, not done again, where the answer was too large to keep', async () => {
    const small = await post('/large', 'k');
    expect(small.body).toHaveLength(65_535);
    expect((await post('/large', 'k')).headers['idempotency-replayed']).toBe('true');
    expect((await post('/large', 'l')).body.length).toBeGreaterThan(65_536);
    expect((await post('/large', 'l')).json()).toMatchObject({ status: 409, code: 'already-done' });
    expect(made).toBe(2);
    const [{ bytes } = { bytes: 0 }] = opened.database.all<{ bytes: number }>(
      'SELECT sum(length(body)) AS bytes FROM idempotent_answers',
    );
    expect(bytes).toBe(65_535);
  });

  it('pushes out the oldest answer of the same person, and what is being worked on never', async () => {
    const store = createIdempotencyStore(opened.database, clock);
    const answer = { status: 200, contentType: null, body: 'x', isLeftOut: false };
    store.begin(opened.accountId, 'running', 'r');
    for (let count = 1; count <= maxAnswers + 1; count += 1) {
      clock.time = count;
      store.begin(opened.accountId, String(count), 'r');
      store.keep(opened.accountId, String(count), answer);
    }
    const kinds = ['2', '1', 'running'].map((key) => store.begin(opened.accountId, key, 'r').kind);
    expect(kinds).toEqual(['stored', 'new', 'running']);
  });

  it('never has a secret kept for it', async () => {
    expect((await post('/secrets', 'k')).json()).toEqual({ secret: 's1' });
    expect((await post('/secrets', 'k')).json()).toEqual({ secret: 's2' });
    expect(opened.database.all('SELECT * FROM idempotent_answers')).toEqual([]);
  });

  it.each(['', 'x'.repeat(256)])('is refused with the key %j', async (key) => {
    expect((await post('/things', key)).statusCode).toBe(400);
  });
});
