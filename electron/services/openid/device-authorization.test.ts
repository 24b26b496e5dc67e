import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { serveHttp, type FaultServer, type Handler } from '../../../tests/faults/fault-server.ts';
import { reply, resetAtOnce } from '../../../tests/faults/faults.ts';
import { createSystemClock } from '../core/clock.ts';
import { createHttpClient } from '../http/http-client.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import {
  refreshDeviceGrant,
  requestDeviceCode,
  waitForGrant,
  type DeviceClient,
  type DeviceGrant,
} from './device-authorization.ts';

const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  reply(JSON.stringify(value), { 'Content-Type': 'application/json', ...headers }, status);
const pending = json({ error: 'authorization_pending' }, 400);
const granted = json({ access_token: 'gho_1', token_type: 'bearer', scope: 'user' });

let server: FaultServer;
let answers: Handler[];
let forms: URLSearchParams[];
let clock: ManualClock;
let troubles: (ErrorShape | null)[];
let end: AbortController;

beforeEach(async () => {
  [answers, forms, troubles, end, clock] = [[], [], [], new AbortController(), createManualClock()];
  server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      forms.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      (answers.shift() ?? pending)(request, response);
    });
  });
});
afterEach(() => server.close());

function client(): DeviceClient {
  const endpoints = { codes: `${server.address}/code`, tokens: `${server.address}/token`, scopes: ['user', 'keys'] };
  return {
    http: createHttpClient({ clock: createSystemClock(), userAgent: 'test' }),
    endpoints,
    clientId: 'desk',
  };
}

const page = (path = '/device') => `${server.address}${path}`;
const code = () => ({ deviceCode: 'd1', userCode: 'WDJB-MJHT', page: new URL(page()), expiresIn: 900, interval: 5 });

/** Follows the questions; `pauses` are the seconds before each. */
async function wait(expiresIn = 900): Promise<{ outcome: Promise<DeviceGrant>; pauses: number[] }> {
  const pauses: number[] = [];
  const sleeping = {
    monotonic: () => clock.monotonic(),
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      pauses.push(milliseconds / 1_000);
      signal?.throwIfAborted();
      await clock.advance(milliseconds);
    },
  };
  const onTrouble = (cause: ErrorShape | null) => void troubles.push(cause);
  const outcome = waitForGrant(client(), { ...code(), expiresIn }, { clock: sleeping, signal: end.signal, onTrouble });
  outcome.catch(() => undefined);
  return { outcome, pauses };
}

describe('R2 a code for another device', () => {
  it('is asked for under the client id, with the scopes', async () => {
    answers = [
      json({
        device_code: 'd1',
        user_code: 'WDJB-MJHT',
        verification_uri: page(),
        expires_in: 900,
        interval: 7,
      }),
    ];
    expect(await requestDeviceCode(client())).toEqual({ ...code(), interval: 7 });
    expect(Object.fromEntries(forms[0]!)).toEqual({ client_id: 'desk', scope: 'user keys' });
  });

  it.each<[string, object, object]>([
    ['no pause', { interval: undefined }, { interval: 5 }],
    ['a pause of nothing', { interval: 0 }, { interval: 1 }],
    ['a code for a year', { expires_in: 999_999 }, { expiresIn: 1_800 }],
    ['a code with marks that turn it round', { user_code: '\u202eAB\u0007CD' }, { userCode: 'AB CD' }],
  ])('takes %s for what it can be', async (_case, changes, expected) => {
    answers = [
      json({ device_code: 'd1', user_code: 'A-B', verification_uri: page(), expires_in: 900, interval: 5, ...changes }),
    ];
    expect(await requestDeviceCode(client())).toMatchObject(expected);
  });

  it('opens the page with the code in it where there is one', async () => {
    const complete = page('/device?user_code=A-B');
    answers = [
      json({
        ...{ device_code: 'd1', user_code: 'A-B', verification_uri: page(), verification_uri_complete: complete },
        expires_in: 900,
      }),
    ];
    expect((await requestDeviceCode(client())).page.href).toBe(complete);
  });

  it.each(['https://evil.example/device', 'javascript:alert(1)', '/device', 'http://user:word@127.0.0.1:1/'])(
    'opens no page that is not of the service: %s',
    async (elsewhere) => {
      answers = [json({ device_code: 'd1', user_code: 'A-B', verification_uri: elsewhere, expires_in: 900 })];
      await expect(requestDeviceCode(client())).rejects.toMatchObject({ details: { reason: 'page-elsewhere' } });
    },
  );

  it.each([
    ['invalid_client', 401, 'client-not-known'],
    ['Not Found', 404, 'client-not-known'],
    ['device_flow_disabled', 200, 'code-not-allowed'],
    ['unauthorized_client', 400, 'code-not-allowed'],
    ['something_new', 400, 'identity-provider-fault'],
  ])('%s with %d says what to do about it', async (error, status, reason) => {
    answers = [json({ error, error_description: 'x' }, status)];
    await expect(requestDeviceCode(client())).rejects.toMatchObject({ details: { reason } });
  });
});

describe('R2 waiting until the code is typed', () => {
  it('asks again at the pace that the service wants, and is given what was granted', async () => {
    answers = [pending, json({ error: 'authorization_pending' }), granted];
    const { outcome, pauses } = await wait();
    expect(await outcome).toEqual({ accessToken: 'gho_1', refreshToken: undefined, expiresIn: undefined });
    expect(pauses).toEqual([5, 5, 5]);
    expect(Object.fromEntries(forms[0]!)).toEqual({
      client_id: 'desk',
      device_code: 'd1',
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    });
    expect(troubles).toEqual([]);
  });

  it('slows down by five seconds each time, or as much as is asked for', async () => {
    const slower = json({ error: 'slow_down' }, 400);
    answers = [slower, slower, json({ error: 'slow_down', interval: 40 }), pending, granted];
    const { outcome, pauses } = await wait();
    await outcome;
    expect(pauses).toEqual([5, 10, 15, 40, 40]);
  });

  it.each([
    ['access_denied', 'cancelled (declined-at-provider)'],
    ['expired_token', 'cancelled (code-expired)'],
    ['token_expired', 'cancelled (code-expired)'],
    ['incorrect_device_code', 'cancelled (code-expired)'],
    ['invalid_grant', 'cancelled (code-expired)'],
    ['device_flow_disabled', 'not-offered (code-not-allowed)'],
    ['incorrect_client_credentials', 'invalid-request (client-not-known)'],
    ['unsupported_grant_type', 'server-fault (identity-provider-fault)'],
  ])('ends at %s: %s', async (error, expected) => {
    answers = [pending, json({ error }, 400)];
    const { outcome } = await wait();
    await expect(outcome).rejects.toThrow(expected);
    expect(forms).toHaveLength(2);
  });

  it.each<[string, Handler, string]>([
    ['the connection breaks', resetAtOnce, 'offline'],
    ['the service has a fault', json({}, 503), 'server-fault'],
    [
      'a page to sign in to the network stands between',
      reply('<html>', { 'Content-Type': 'text/html' }),
      'untrusted-answer',
    ],
    ['it is asked too often', json({}, 429, { 'Retry-After': '30' }), 'rate-limited'],
  ])('goes on when %s, less often, and says so until it is over', async (_case, broken, trouble) => {
    answers = [broken, broken, pending, granted];
    const { outcome, pauses } = await wait();
    expect((await outcome).accessToken).toBe('gho_1');
    expect(pauses[2]).toBeGreaterThan(pauses[1]!);
    expect(troubles.map((cause) => cause?.code ?? null)).toEqual([trouble, trouble, null]);
  });

  it('gives up when the code is too old, whatever the service says', async () => {
    const { outcome, pauses } = await wait(12);
    await expect(outcome).rejects.toThrow('cancelled (code-expired)');
    expect(pauses).toEqual([5, 5, 2]);
  });

  it('takes no answer of another shape for a grant', async () => {
    answers = [json({ access_token: 7 })];
    const { outcome } = await wait();
    await expect(outcome).rejects.toThrow('untrusted-answer (wrong-shape)');
  });

  it('asks no more once it was called off', async () => {
    end.abort();
    const { outcome } = await wait();
    await expect(outcome).rejects.toThrow();
    expect(forms).toEqual([]);
  });
});

describe('R2 a grant that is renewed', () => {
  it('gives the next pair', async () => {
    answers = [json({ access_token: 'a2', refresh_token: 'r2', expires_in: 7_200 })];
    expect(await refreshDeviceGrant(client(), 'r1')).toEqual({
      accessToken: 'a2',
      refreshToken: 'r2',
      expiresIn: 7_200,
    });
    expect(Object.fromEntries(forms[0]!)).toEqual({
      client_id: 'desk',
      grant_type: 'refresh_token',
      refresh_token: 'r1',
    });
  });

  it.each([
    ['invalid_grant', 400, 'unauthenticated (session-ended)'],
    ['bad_refresh_token', 200, 'unauthenticated (session-ended)'],
    ['temporarily_unavailable', 503, 'server-fault'],
  ])('%s with %d: %s', async (error, status, expected) => {
    answers = [json({ error }, status)];
    await expect(refreshDeviceGrant(client(), 'r1')).rejects.toThrow(expected);
    await expect(refreshDeviceGrant(client(), 'r1').catch((thrown: unknown) => thrown)).resolves.toBeInstanceOf(
      AppError,
    );
  });
});
