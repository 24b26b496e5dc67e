import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createHttpClient } from '../../electron/services/http/http-client.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { refuseConnections, serveHttp, type FaultServer, type Handler } from './fault-server.ts';
import * as faults from './faults.ts';

const sent = ['token-5f1c', 'password-9b2e', 'query-77aa'];
const answered = ['echo-c0de', 'cookie-41f0'];
const clock = { ...createSystemClock(), sleep: () => Promise.resolve() };

let server: FaultServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
  vi.unstubAllEnvs();
});

async function fail(url: string, transport = {}): Promise<AppError> {
  const client = createHttpClient({
    clock,
    userAgent: 'ProfileDesk/test',
    transport: { ...transport, deadlineMs: 1_000 },
  });
  const request = {
    method: 'POST' as const,
    url: `${url}/auth?q=query-77aa`,
    headers: { Authorization: 'Bearer token-5f1c' },
    body: { password: 'password-9b2e' },
    schema: z.object({ name: z.string() }),
  };
  const error: unknown = await client.send(request).catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error('no AppError');
  return error;
}

const echo = '{"name":["echo-c0de"],"password":"password-9b2e"}';
const ways: Record<string, Handler> = {
  'a refusal': faults.reply(echo, { 'Set-Cookie': 'cookie-41f0' }, 401),
  'a fault of the server': faults.reply(echo, {}, 500),
  'the wrong shape': faults.reply(echo, { 'Set-Cookie': 'cookie-41f0' }),
  'broken JSON': faults.reply(`${echo}echo-c0de`),
  'half a body': faults.reply(echo, { 'Content-Length': '400' }),
  'a reset': faults.resetAtOnce,
  'a hang': faults.hang,
  'a redirect': faults.reply('', { Location: '/?echo-c0de' }, 302),
  '3 MB': faults.reply(`"echo-c0de${' '.repeat(3_000_000)}"`),
};

describe.each([
  ['Node http', {}],
  ['fetch', { adapter: 'fetch', env: { fetch } }],
])('D2 · an error holds no secret and nothing of the HTTP library (%s)', (_name, transport) => {
  it.each(Object.entries(ways))('after %s', async (_way, handler) => {
    server = await serveHttp(handler);
    expectClean(await fail(server.address, transport));
  });

  it('after a refused account', async () => {
    expectClean(await fail(await refuseConnections(), transport));
  });
});

function expectClean(error: AppError): void {
  const everything = inspect(error, { depth: 30, showHidden: true, maxStringLength: null, maxArrayLength: null });
  for (const secret of [...sent, ...answered]) expect(everything).not.toContain(secret);
  expect(everything).not.toContain('Axios');
  expect(error.cause).toMatchObject({
    name: 'HttpFailure',
    message: expect.stringMatching(/^POST \/auth: /) as string,
  });
}

describe('D2 · where a request may go', () => {
  it('never in the clear to another computer', async () => {
    expect((await fail('http://192.0.2.1')).details.reason).toBe('address-not-secure');
  });

  it('to this computer without the proxy of the environment', async () => {
    vi.stubEnv('HTTP_PROXY', await refuseConnections());
    vi.stubEnv('http_proxy', await refuseConnections());
    server = await serveHttp(faults.reply('{}', {}, 403));
    expect((await fail(server.address)).code).toBe('forbidden');
  });
});

describe('D5 · what a request leaves on this computer', () => {
  it('is no copy of the answer in the cache of a browser engine', async () => {
    const modes: (string | undefined)[] = [];
    const spy: typeof fetch = (input, init) => {
      modes.push(input instanceof Request ? input.cache : init?.cache);
      return fetch(input, init);
    };
    server = await serveHttp(faults.reply('{}', {}, 403));
    await fail(server.address, { adapter: 'fetch', env: { fetch: spy } });
    expect(modes).toEqual(['no-store']);
  });
});
