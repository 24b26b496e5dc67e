import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createHttpClient, type HttpRequest } from '../../electron/services/http/http-client.ts';
import type { Clock } from '../../electron/services/ports.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import { serveHttp, type FaultServer, type Handler } from './fault-server.ts';
import { reply, resetAtOnce } from './faults.ts';

const ok = reply('"ok"');
const fault = reply('{}', {}, 500);
const busy = (retryAfter: string, status = 429) => reply('{}', { 'Retry-After': retryAfter }, status);

let server: FaultServer;
afterEach(() => server.close());

/** Answers each request with the next of `handlers`, the last one again and again. */
async function serve(...handlers: Handler[]): Promise<IncomingMessage[]> {
  const received: IncomingMessage[] = [];
  server = await serveHttp((request, response) => {
    received.push(request);
    handlers[Math.min(received.length, handlers.length) - 1]?.(request, response);
  });
  return received;
}

/** Time that passes only by sleeping, and how long each sleep was. */
function createSleeplessClock(): Clock & { readonly pauses: number[] } {
  const pauses: number[] = [];
  const monotonic = () => pauses.reduce((sum, pause) => sum + pause, 0);
  return {
    pauses,
    monotonic,
    sinceBoot: monotonic,
    now: () => Date.UTC(2026, 0, 1) + monotonic(),
    sleep: (milliseconds) => Promise.resolve(void pauses.push(milliseconds)),
  };
}

type Outcome = { readonly body: unknown } | Pick<AppError, 'code' | 'details'>;
async function send(clock: Clock, request: Partial<HttpRequest<z.ZodUnknown>> = {}): Promise<Outcome> {
  const client = createHttpClient({ clock, userAgent: 'ProfileDesk/test' });
  try {
    const { body } = await client.send({ method: 'GET', url: server.address, schema: z.unknown(), ...request });
    return { body };
  } catch (error) {
    const { code, details } = error as AppError;
    return { code, details };
  }
}

describe('D2 · what is tried again', () => {
  it('a reading call, twice at most', async () => {
    const received = await serve(fault);
    expect(await send(createSleeplessClock())).toEqual({ code: 'server-fault', details: {} });
    expect(received).toHaveLength(3);
  });

  it('a reading call whose account broke', async () => {
    const received = await serve(resetAtOnce, ok);
    expect(await send(createSleeplessClock())).toEqual({ body: 'ok' });
    expect(received).toHaveLength(2);
  });

  it('a POST with an Idempotency-Key, under the same key', async () => {
    const received = await serve(fault, ok);
    expect(
      await send(createSleeplessClock(), { method: 'POST', headers: { 'Idempotency-Key': 'k1' }, body: {} }),
    ).toEqual({ body: 'ok' });
    expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual(['k1', 'k1']);
  });

  it.each(['POST', 'PATCH', 'PUT', 'DELETE'] as const)('not a %s, which might act twice', async (method) => {
    const received = await serve(fault, ok);
    expect(await send(createSleeplessClock(), { method, body: {} })).toMatchObject({ code: 'server-fault' });
    expect(received).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 409, 412, 422, 501])(
    'not a call answered with %i, which would be answered the same',
    async (status) => {
      const received = await serve(reply('{}', {}, status), ok);
      expect(await send(createSleeplessClock())).toHaveProperty('code');
      expect(received).toHaveLength(1);
    },
  );
});

describe('D2 · a lock-out', () => {
  it('is told at once, never waited for', async () => {
    const received = await serve(busy('1'), ok);
    const explain = () => ({ code: 'rate-limited', reason: 'locked-out', retryAfter: 1 }) as const;
    expect(await send(createSleeplessClock(), { explain })).toEqual({
      code: 'rate-limited',
      details: { reason: 'locked-out', retryAfter: 1 },
    });
    expect(received).toHaveLength(1);
  });
});

describe('D2 · how long it waits', () => {
  it('for a random time up to a bound that doubles', async () => {
    const clock = createSleeplessClock();
    await serve(fault);
    await send(clock);
    const [first = -1, second = -1] = clock.pauses;
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(400);
    expect(second).toBeLessThan(800);
    expect(first).not.toBe(second);
  });

  it.each([429, 503])('as long as Retry-After of a %i says', async (status) => {
    const clock = createSleeplessClock();
    const received = await serve(busy('3', status), ok);
    expect(await send(clock)).toEqual({ body: 'ok' });
    expect(clock.pauses[0]).toBeGreaterThanOrEqual(3_000);
    expect(received).toHaveLength(2);
  });

  it('until the date in Retry-After', async () => {
    const clock = createSleeplessClock();
    await serve(busy('Thu, 01 Jan 2026 00:00:05 GMT'), ok);
    expect(await send(clock)).toEqual({ body: 'ok' });
    expect(clock.pauses[0]).toBeGreaterThanOrEqual(5_000);
  });

  it('never past the deadline of 10 seconds for all tries together', async () => {
    const clock = createSleeplessClock();
    const received = await serve(busy('6'));
    expect(await send(clock)).toEqual({ code: 'rate-limited', details: { retryAfter: 6 } });
    expect(received).toHaveLength(2);
  });

  it.each([
    ['120', { retryAfter: 60 }],
    ['99999999999999999999999999', { retryAfter: 60 }],
    ['Fri, 31 Dec 9999 23:59:59 GMT', { retryAfter: 60 }],
    ['30', { retryAfter: 30 }],
    ['-5', {}],
    ['1e9', {}],
    ['soon', {}],
  ])('and says so where Retry-After is %s', async (header, details) => {
    const received = await serve(busy(header), ok);
    expect(await send(createSleeplessClock())).toEqual({ code: 'rate-limited', details });
    expect(received).toHaveLength(1);
  });
});
