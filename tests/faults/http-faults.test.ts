import { Agent } from 'node:https';
import type { Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { HttpTransport } from '../../electron/services/ports.ts';
import { createHttpClient } from '../../electron/services/http/http-client.ts';
import type { Clock } from '../../electron/services/ports.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { makeCertificates, type Certificates } from './certificates.ts';
import { refuseConnections, serveHttp, serveHttps, serveTcp, type FaultServer, type Handler } from './fault-server.ts';
import * as faults from './faults.ts';

/** `npm run test:faults` sets FULL. */
const mutations = process.env['FULL'] === '1' ? 5_000 : 100;
/** Short where time is to run out, else long enough for a busy computer. */
const shortMs = 300;
const longMs = 120_000;
const schema = z.object({ name: z.string().max(100) });
const good = faults.reply('{"name":"Ada"}');

const transports: Record<string, HttpTransport> = {
  'Node http': {},
  // The same interface as Electron's net.fetch, though not Chromium's network underneath.
  fetch: { adapter: 'fetch', env: { fetch } },
};

const open: FaultServer[] = [];
async function keep(server: Promise<FaultServer>): Promise<FaultServer> {
  open.push(await server);
  return server;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const deadlineFor = (outcome: string) => (outcome.endsWith('(timed-out)') ? shortMs : longMs);

/** The real time, without its pauses between tries. */
const clock: Clock = { ...createSystemClock(), sleep: () => Promise.resolve() };

/** The name received, or the error as one line: what a screen could tell from it. */
async function get(url: string, transport: HttpTransport, deadlineMs = longMs, signal?: AbortSignal): Promise<string> {
  const client = createHttpClient({ clock, userAgent: 'ProfileDesk/test', transport: { ...transport, deadlineMs } });
  try {
    return (await client.send({ method: 'GET', url, schema, ...(signal && { signal }) })).body.name;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.message;
  }
}

interface Fault {
  readonly fault: Handler;
  readonly outcome: string;
  /** Where Node's fetch tells less. */
  readonly outcomeInFetch?: string;
}

const inHttp: Record<string, Fault> = {
  'a hang before the headers': { fault: faults.hang, outcome: 'offline (timed-out)' },
  'a body of one byte at a time': { fault: faults.dripBody, outcome: 'offline (timed-out)' },
  'informational answers without end': { fault: faults.floodWithHints, outcome: 'offline (timed-out)' },
  'a reset at once': { fault: faults.resetAtOnce, outcome: 'offline (connection-lost)' },
  'a hang-up without an answer': { fault: faults.hangUp, outcome: 'offline (connection-lost)' },
  'a reset in the body': { fault: faults.resetInBody, outcome: 'offline (connection-lost)' },
  'half a body of a known length': {
    fault: faults.halfBody,
    outcome: 'untrusted-answer (cut-short)',
    outcomeInFetch: 'offline (connection-lost)',
  },
  'half a chunked body': {
    fault: faults.halfChunked,
    outcome: 'untrusted-answer (cut-short)',
    outcomeInFetch: 'offline (connection-lost)',
  },
  'half a body up to the close': { fault: faults.halfUntilClose, outcome: 'untrusted-answer (cut-short)' },
  'half a gzip stream': { fault: faults.halfGzip, outcome: 'untrusted-answer (cut-short)' },
  'JSON that ends early': { fault: faults.reply('{"name":"Ad'), outcome: 'untrusted-answer (cut-short)' },
  'nothing at 200': { fault: faults.reply(''), outcome: 'untrusted-answer (cut-short)' },
  'HTML at 200': {
    fault: faults.reply('<html></html>', { 'Content-Type': 'text/html' }),
    outcome: 'untrusted-answer (not-json)',
  },
  'HTML that claims to be JSON': { fault: faults.reply('<html></html>'), outcome: 'untrusted-answer (not-json)' },
  'JSON that claims to be text': {
    fault: faults.reply('{"name":"Ada"}', { 'Content-Type': 'text/plain' }),
    outcome: 'untrusted-answer (not-json)',
  },
  'bytes that are no gzip': {
    fault: faults.reply('{"name":"Ada"}', { 'Content-Encoding': 'gzip' }),
    outcome: 'untrusted-answer (not-json)',
  },
  'a gzip bomb of 1 GB': { fault: faults.gzipBomb(), outcome: 'untrusted-answer (too-large)' },
  'a brotli bomb': { fault: faults.brotliBomb(), outcome: 'untrusted-answer (too-large)' },
  'a deflate bomb': { fault: faults.deflateBomb(), outcome: 'untrusted-answer (too-large)' },
  '200 MB of a known length': {
    fault: faults.pour(200_000_000, { 'Content-Length': '200000002' }),
    outcome: 'untrusted-answer (too-large)',
  },
  '200 MB without a length': { fault: faults.pour(200_000_000), outcome: 'untrusted-answer (too-large)' },
  '100 KB of headers': {
    fault: faults.reply('{"name":"Ada"}', { 'X-Long': 'x'.repeat(100_000) }),
    outcome: 'untrusted-answer (too-large)',
  },
  'a redirect': { fault: faults.reply('', { Location: '/elsewhere' }, 302), outcome: 'untrusted-answer (redirected)' },
  'a redirect that keeps the method': {
    fault: faults.reply('', { Location: '/elsewhere' }, 308),
    outcome: 'untrusted-answer (redirected)',
  },
  'a fault of the server': { fault: faults.reply('{}', {}, 500), outcome: 'server-fault' },
  'a gateway in front of nothing': {
    fault: faults.reply('<html>', { 'Content-Type': 'text/html' }, 502),
    outcome: 'server-fault',
  },
  'a missing field': { fault: faults.reply('{}'), outcome: 'untrusted-answer (wrong-shape)' },
  'a field of the wrong type': {
    fault: faults.reply('{"name":{"first":"Ada"}}'),
    outcome: 'untrusted-answer (wrong-shape)',
  },
  'a list instead of a record': { fault: faults.reply('[{"name":"Ada"}]'), outcome: 'untrusted-answer (wrong-shape)' },
  'null instead of a record': { fault: faults.reply('null'), outcome: 'untrusted-answer (wrong-shape)' },
  'a string of 1.9 MB': {
    fault: faults.reply(`{"name":"${'x'.repeat(1_900_000)}"}`),
    outcome: 'untrusted-answer (wrong-shape)',
  },
  'nesting 900,000 deep': {
    fault: faults.reply(`{"name":${'['.repeat(900_000)}${']'.repeat(900_000)}}`),
    outcome: 'untrusted-answer (wrong-shape)',
  },
  'fields that we do not know': { fault: faults.reply('{"name":"Ada","shoe":42}'), outcome: 'Ada' },
  'unknown nesting 900,000 deep': {
    fault: faults.reply(`{"name":"Ada","x":${'['.repeat(900_000)}${']'.repeat(900_000)}}`),
    outcome: 'Ada',
  },
  'a key __proto__': {
    fault: faults.reply(
      '{"__proto__":{"name":"Eve","polluted":true},"constructor":{"prototype":{"polluted":true}},"name":"Ada"}',
    ),
    outcome: 'Ada',
  },
  'its name only by __proto__': {
    fault: faults.reply('{"__proto__":{"name":"Eve"}}'),
    outcome: 'untrusted-answer (wrong-shape)',
  },
  'a byte order mark': { fault: faults.reply('\uFEFF{"name":"Ada"}'), outcome: 'Ada' },
};

const inTcp: Record<string, Omit<Fault, 'fault'> & { readonly talk: (socket: Socket) => void }> = {
  'a program that speaks no HTTP': {
    talk: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    outcome: 'untrusted-answer (not-json)',
    outcomeInFetch: 'offline',
  },
  'two different lengths': {
    talk: (socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\nContent-Length: 4\r\n\r\n{"name":"Ada"}',
      ),
    outcome: 'untrusted-answer (not-json)',
    outcomeInFetch: 'offline',
  },
  'headers of one byte at a time': { talk: faults.dripHeaders, outcome: 'offline (timed-out)' },
};

describe.each(Object.entries(transports))('D2 · a bad answer is a typed error (%s)', (name, transport) => {
  it.each(Object.entries(inHttp))('%s', async (_fault, { fault, outcome, outcomeInFetch }) => {
    const before = process.memoryUsage().rss;
    const server = await keep(
      serveHttp((request, response) => (request.url === '/good' ? good : fault)(request, response)),
    );
    const expected = name === 'fetch' ? (outcomeInFetch ?? outcome) : outcome;
    expect(await get(`${server.address}/bad`, transport, deadlineFor(expected))).toBe(expected);
    expect(await get(`${server.address}/good`, transport)).toBe('Ada');
    expect(server.bytesSent()).toBeLessThan(20_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it.each(Object.entries(inTcp))('%s', async (_fault, { talk, outcome, outcomeInFetch }) => {
    const server = await keep(serveTcp(talk));
    const expected = name === 'fetch' ? (outcomeInFetch ?? outcome) : outcome;
    expect(await get(server.address, transport, deadlineFor(expected))).toBe(expected);
  });

  it('nobody listens', async () => {
    expect(await get(await refuseConnections(), transport)).toBe('offline (connection-refused)');
  });

  it('never asks where a redirect points to, so the token does not go there', async () => {
    const asked: (string | undefined)[] = [];
    const redirect = faults.reply('', { Location: '/elsewhere' }, 307);
    const server = await keep(serveHttp((request, response) => (asked.push(request.url), redirect(request, response))));
    await get(`${server.address}/here`, transport);
    expect(asked).toEqual(['/here']);
  });

  it('lets go of the account when time is up', async () => {
    const server = await keep(serveHttp(faults.dripBody));
    await get(server.address, transport, shortMs);
    await expect.poll(() => server.openSockets()).toBe(0);
  });

  it('stops at once when cancelled', async () => {
    const asked = new AbortController();
    const server = await keep(serveHttp(() => asked.abort()));
    expect(await get(server.address, transport, longMs, asked.signal)).toBe('cancelled');
    await expect.poll(() => server.openSockets()).toBe(0);
  });

  it(`any ${mutations} damaged answers are typed errors or the name`, async () => {
    let answer: Buffer = Buffer.alloc(0);
    const server = await keep(serveTcp((socket) => socket.once('data', () => socket.end(answer))));
    for (let seed = 1; seed <= mutations; seed += 1) {
      answer = faults.damage(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"name":"Ada"}',
        seed,
      );
      const outcome = await get(server.address, transport, shortMs);
      expect(outcome, `seed ${seed}`).not.toBe('internal');
      expect(outcome.length, `seed ${seed}`).toBeLessThan(100);
    }
  }, 600_000);
});

describe('D2 · TLS faults are told apart', () => {
  let certificates: Certificates;
  let trusting: HttpTransport;
  beforeAll(() => {
    certificates = makeCertificates();
    trusting = { httpsAgent: new Agent({ ca: certificates.authority }) };
  });

  it('a certificate of a known authority for this host is trusted', async () => {
    expect(await get((await keep(serveHttps(good, certificates.good))).address, trusting)).toBe('Ada');
  });

  it.each([
    ['expired', 'untrusted-answer (certificate-expired)'],
    ['otherHost', 'untrusted-answer (certificate-other-host)'],
    ['selfSigned', 'untrusted-answer (certificate-not-trusted)'],
  ] as const)('%s', async (which, outcome) => {
    const asked = vi.fn();
    const server = await keep(serveHttps(asked, certificates[which]));
    expect(await get(server.address, trusting)).toBe(outcome);
    expect(asked).not.toHaveBeenCalled();
  });

  it.each(Object.entries(transports))('an authority that nobody knows (%s)', async (_name, transport) => {
    const server = await keep(serveHttps(good, certificates.good));
    expect(await get(server.address, transport)).toBe('untrusted-answer (certificate-not-trusted)');
  });

  it('plain HTTP on the port of https', async () => {
    const server = await keep(serveHttp(good));
    expect(await get(server.address.replace('http:', 'https:'), trusting)).toBe('untrusted-answer (not-tls)');
  });

  it('https on the port of plain HTTP', async () => {
    const server = await keep(serveHttps(good, certificates.good));
    expect(await get(server.address.replace('https:', 'http:'), trusting)).toBe('offline (connection-lost)');
  });

  it('a handshake that never ends', async () => {
    const server = await keep(serveTcp(() => undefined, 'https'));
    expect(await get(server.address, trusting, shortMs)).toBe('offline (timed-out)');
  });
});
