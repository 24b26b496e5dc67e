import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { createApp } from './create-app.ts';
import { problemSchema } from './problem.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const json = { 'content-type': 'application/json' };
const merge = { 'content-type': 'application/merge-patch+json' };

/** Status and code of an answer that must be a whole problem. */
function problemOf({ status, headers, body }: { status: number; headers: Headers; body: unknown }): [number, string] {
  expect(headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(body);
  expect(problem.status).toBe(status);
  expect(problem.type).toBe(`urn:profile-desk:problem:${problem.code}`);
  return [status, problem.code];
}

describe('D7 every error is a problem (RFC 9457)', () => {
  it.each([
    ['GET', '/nothing', {}, undefined, 404, 'not-found'],
    ['POST', '/', json, '{}', 404, 'not-found'],
    ['GET', '/%zz', {}, undefined, 400, 'malformed'],
    ['GET', '/me', {}, undefined, 401, 'unauthenticated'],
    ['GET', '/me', { authorization: 'Bearer unknown' }, undefined, 401, 'session-ended'],
    ['DELETE', '/me/contact', {}, undefined, 405, 'method-not-allowed'],
    ['PUT', '/meta', { 'content-type': 'image/png' }, 'x', 405, 'method-not-allowed'],
    ['OPTIONS', '/auth/sign-in', {}, undefined, 405, 'method-not-allowed'],
    ['POST', '/auth/sign-in', json, '{"identifier":', 400, 'malformed'],
    ['POST', '/auth/sign-in', json, '', 400, 'malformed'],
    ['POST', '/auth/sign-in', json, '{"__proto__":{"x":1}}', 400, 'malformed'],
    ['POST', '/auth/sign-in', json, '[]', 422, 'invalid'],
    ['POST', '/auth/sign-in', { 'content-type': 'text/plain' }, 'x', 415, 'unsupported-media-type'],
    [
      'POST',
      '/auth/sign-in',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'a=b',
      415,
      'unsupported-media-type',
    ],
    ['POST', '/auth/sign-in', json, `{"identifier":"${'x'.repeat(1024 * 1024)}"}`, 413, 'too-large'],
  ])('%s %s %j', async (method, path, headers, body, status, code) => {
    expect(problemOf(await test.request(method, path, { headers, ...(body !== undefined && { body }) }))).toEqual([
      status,
      code,
    ]);
  });

  it('names the fields of a body that does not fit', async () => {
    const { body } = await test.request('POST', '/auth/sign-in', {
      body: { identifier: '', password: 'x'.repeat(1_001), extra: 1 },
    });
    expect(body['errors']).toEqual([
      { field: 'identifier', code: 'required' },
      { field: 'password', code: 'too-long', limit: 1_000 },
      { field: 'extra', code: 'not-valid' },
    ]);
  });

  it('says which methods and media types would do', async () => {
    const { accessToken: token } = await test.signIn();
    expect((await test.request('DELETE', '/me/contact')).headers.get('allow')).toBe('GET, HEAD, PATCH');
    const plain = await test.request('PATCH', '/me', { token, body: '{}', headers: json });
    expect(problemOf(plain)).toEqual([415, 'unsupported-media-type']);
    expect(plain.headers.get('accept-patch')).toBe('application/merge-patch+json');
    expect(problemOf(await test.request('PATCH', '/me', { token, body: '{', headers: merge }))).toEqual([
      400,
      'malformed',
    ]);
  });

  it('asks for a token as RFC 6750 has it', async () => {
    expect((await test.request('GET', '/me')).headers.get('www-authenticate')).toBe('Bearer');
    const refused = await test.request('GET', '/me', { headers: { authorization: 'Bearer x' } });
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  it('answers what is no HTTP, and header fields without end', async () => {
    expect(await raw('what?\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"code":"malformed"/);
    expect(await raw(`GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [^]*"code":"headers-too-large"/,
    );
  });

  it('refuses the names and ports of other hosts (DNS rebinding, K9)', async () => {
    const { port } = new URL(test.address);
    const statusFor = (host: string) =>
      new Promise((resolve, reject) => {
        request({ port, host: '127.0.0.1', path: '/meta', headers: { host } }, (answer) =>
          resolve(answer.resume().statusCode),
        )
          .on('error', reject)
          .end();
      });
    expect(await statusFor('evil.example')).toBe(421);
    expect(await statusFor(`127.0.0.1.evil.example:${port}`)).toBe(421);
    expect(await statusFor(`user@127.0.0.1:${port}`)).toBe(421);
    for (const other of ['127.0.0.1', '127.0.0.1:9', 'localhost:50999']) expect(await statusFor(other)).toBe(421);
    expect(await raw('GET /meta HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
    expect(await statusFor(`localhost:${port}`)).toBe(200);
  });

  it('says when there is no space left, and goes on', async () => {
    const { accessToken: token } = await test.signIn();
    test.server.database.run('PRAGMA max_page_count = 1');
    const image = `data:image/png;base64,${Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(150_000)]).toString('base64')}`;
    const full = await test.request('PATCH', '/me/avatar', { token, headers: { 'if-match': '*' }, body: { image } });
    expect(problemOf(full)).toEqual([507, 'storage-full']);
    expect((await test.request('GET', '/me/avatar', { token })).body).toEqual({ image: null });
  });

  async function raw(text: string): Promise<string> {
    const socket = connect(Number(new URL(test.address).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(text);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  }
});

describe('D7 every answer', () => {
  it('tells the server’s time and is kept nowhere', async () => {
    test.pass(86_400);
    for (const path of ['/meta', '/nothing', '/me']) {
      const { headers } = await test.request('GET', path);
      expect(headers.get('date')).toBe('Fri, 16 Jan 2026 12:00:00 GMT');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.has('access-control-allow-origin')).toBe(false);
    }
  });
});

describe('D7 limits and faults', () => {
  const clock = { now: () => 0 };

  it('too many requests of one address are told when to come back', async () => {
    await test.close();
    test = await startTestServer(undefined, 3);
    for (let count = 0; count < 3; count += 1) expect((await test.request('GET', '/meta')).status).toBe(200);
    const limited = await test.request('GET', '/meta');
    expect(problemOf(limited)).toEqual([429, 'rate-limited']);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(limited.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  it('an unexpected error gives a reference alone; an answer of the wrong shape does not leave', async () => {
    const reports: [string, unknown][] = [];
    const faulty = await createApp({
      clock,
      requestsPerMinute: 100,
      origins: () => new Set(),
      report: (...report) => reports.push(report),
      features: [
        {
          register(app) {
            app.get('/throws', () => {
              throw new Error('secret of the house');
            });
            app.get('/leaks', { schema: { response: { 200: z.strictObject({ a: z.string() }) } } }, () => ({
              a: 'x',
              hash: 'secret of the house',
            }));
          },
        },
      ],
    });
    for (const path of ['/throws', '/leaks']) {
      const answer = await faulty.inject(path);
      const problem = problemSchema.parse(answer.json());
      expect([answer.statusCode, problem.code, problem.reference]).toEqual([500, 'internal', reports.at(-1)?.[0]]);
      expect(answer.body).not.toContain('secret of the house');
    }
    expect(reports).toHaveLength(2);
    await faulty.close();
  });
});
