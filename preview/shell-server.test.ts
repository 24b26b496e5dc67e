import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contentSecurityPolicy } from '../electron/services/page/content-security-policy.ts';
import { listRendererFiles } from '../electron/services/page/renderer-files.ts';
import { call } from '../shared/rpc/define.ts';
import { createDispatcher } from '../shared/rpc/dispatcher.ts';
import { makeTempFolder, type TempFolder } from '../tests/support/temp-folder.ts';
import { startShellServer, type ShellServer } from './shell-server.ts';

const token = 'T'.repeat(43);
const contract = { text: { upper: call(z.string(), z.string()) } };
const csp = contentSecurityPolicy({ connectSrc: "'self'" });

let folder: TempFolder;
let server: ShellServer;
let calls: string[];
let code: string;

const newCode = () => new URL(server.newLink()).hash.replace('#token=', '');

beforeEach(async () => {
  folder = makeTempFolder();
  mkdirSync(join(folder.path, 'assets'));
  writeFileSync(join(folder.path, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder.path, 'assets', 'app.js'), 'export {}');
  calls = [];
  const handlers = {
    text: {
      upper(text: string) {
        calls.push(text);
        return text.toUpperCase();
      },
    },
  };
  const dispatcher = createDispatcher(contract, handlers, { isTrusted: () => true, report: () => 'reference' });
  server = await startShellServer(0, {
    files: listRendererFiles(folder.path),
    headers: { 'content-security-policy': csp },
    dispatcher,
  });
  code = newCode();
});
afterEach(async () => {
  await server.close();
  folder[Symbol.dispose]();
});

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** node:http and not fetch, because fetch lets nobody choose Host and Origin. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = httpRequest(server.address + path, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const rpcHeaders = { 'x-profile-desk-token': token, 'content-type': 'application/json' };
const ownHeaders = () => ({ ...rpcHeaders, 'x-profile-desk-code': code });
const rpcBody = JSON.stringify({ channel: 'text.upper', input: 'hello' });
const rpc = (headers: Record<string, string>, body: string | Buffer = rpcBody) =>
  ask('/rpc', { method: 'POST', headers: { ...ownHeaders(), ...headers }, body });

describe('the browser shell answers its own page (D1, D2)', () => {
  it('gives the page with the policy that both shells share', async () => {
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200, body: '<!doctype html>' });
    expect(page.headers['content-security-policy']).toBe(csp);
    expect((await ask('/assets/app.js')).headers['content-type']).toContain('javascript');
    expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('carries a call and its answer', async () => {
    const answer = await rpc({ origin: server.address });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: 'HELLO' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('streams events one a line, also to the stream of a page that is loaded again', async () => {
    const streams = await Promise.all([openStream(), openStream()]);
    server.send({ channel: 'text.changed', payload: 'Zeile\nzwei' });
    for (const stream of streams)
      expect(await stream.nextEvent()).toEqual({ channel: 'text.changed', payload: 'Zeile\nzwei' });
    for (const stream of streams) stream.close();
  });

  it('serves one page: another link, once used, ends the stream of the page before and refuses its calls', async () => {
    const before = await openStream();
    const pass = { 'x-profile-desk-token': 'O'.repeat(43), 'x-profile-desk-code': newCode() };
    server.send({ channel: 'text.changed', payload: 'x' });
    expect(await before.nextEvent(), 'a link that nobody used').toEqual({ channel: 'text.changed', payload: 'x' });
    const after = await openStream(pass);
    server.send({ channel: 'text.changed', payload: 'of the account' });
    expect(await before.nextEvent(), 'its end').toBeNull();
    expect(await after.nextEvent()).toEqual({ channel: 'text.changed', payload: 'of the account' });
    expect(await rpc({})).toMatchObject({ status: 401, body: expect.stringContaining('a newer page') as unknown });
    expect((await ask('/events', { headers: ownHeaders() })).status).toBe(401);
    expect((await rpc(pass)).status).toBe(200);
    expect(calls).toHaveLength(1);
    after.close();
  });

  it('refuses a call it cannot read, with the reason', async () => {
    expect(JSON.parse((await rpc({}, '{"channel":"text.upper","input":1}')).body)).toMatchObject({
      ok: false,
      error: { code: 'invalid-request' },
    });
    expect(JSON.parse((await rpc({}, '{"channel":"no.such"}')).body)).toMatchObject({
      ok: false,
      error: { code: 'invalid-request' },
    });
    expect(await rpc({}, '{"channel":')).toMatchObject({ status: 400 });
    expect(await rpc({}, '[]')).toMatchObject({ status: 400 });
    expect(await rpc({}, 'null')).toMatchObject({ status: 400 });
    expect(await rpc({}, '{"channel":7}')).toMatchObject({ status: 400 });
    expect(calls).toEqual([]);
  });
});

describe('the browser shell refuses everybody else (security promise 2)', () => {
  it.each([
    ['no token', { 'x-profile-desk-token': '' }, 401],
    ['a wrong token', { 'x-profile-desk-token': `${token.slice(0, -1)}U` }, 401],
    ['a token that is too long', { 'x-profile-desk-token': `${token}T` }, 401],
    ['another page', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page without an origin of its own', { origin: 'null' }, 403],
    ['the same port under another name', { origin: 'http://localhost:80' }, 403],
    ['another Host (DNS rebinding)', { host: 'attacker.example' }, 421],
    ['localhost, which may resolve elsewhere', { host: 'localhost' }, 421],
    ['a form, which needs no permission to cross origins', { 'content-type': 'text/plain' }, 415],
  ])('%s', async (_who, headers, status) => {
    expect((await rpc({})).status).toBe(200);
    calls = [];
    const answer = await rpc(headers);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ error: expect.any(String) as unknown });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(calls).toEqual([]);
    if (status !== 415)
      expect((await ask('/events', { headers: { ...ownHeaders(), ...headers } })).status).toBe(status);
  });

  it('a second page with the same link (L14), which leaves the first as it was', async () => {
    const other = { 'x-profile-desk-token': 'O'.repeat(43) };
    expect((await rpc({})).status).toBe(200);
    expect(await rpc(other)).toMatchObject({ status: 401, body: expect.stringContaining('used before') as unknown });
    expect((await ask('/events', { headers: { ...ownHeaders(), ...other } })).status).toBe(401);
    expect((await rpc({ 'x-profile-desk-code': '' })).status).toBe(200);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['from another page', { origin: 'http://127.0.0.1:1' }],
    ['under another name', { host: 'attacker.example' }],
  ])('a link used %s, which uses nothing up (L14)', async (_who, headers) => {
    expect((await rpc({ ...headers, 'x-profile-desk-token': 'O'.repeat(43) })).status).not.toBe(200);
    expect((await rpc({})).status).toBe(200);
  });

  it('another Host even for a file', async () => {
    expect((await ask('/', { headers: { host: 'attacker.example' } })).status).toBe(421);
  });

  it('a body over 2 MB, whether or not its length is told', async () => {
    const big = JSON.stringify({ channel: 'text.upper', input: 'x'.repeat(2_100_000) });
    expect((await rpc({ 'content-length': String(big.length) }, big)).status).toBe(413);
    expect((await rpc({ 'transfer-encoding': 'chunked' }, big)).status).toBe(413);
    expect(calls).toEqual([]);
    expect((await rpc({})).status).toBe(200);
  });

  it('other methods, naming the right one', async () => {
    expect(await ask('/rpc', { headers: rpcHeaders })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(await ask('/events', { method: 'POST', headers: rpcHeaders })).toMatchObject({
      status: 405,
      headers: { allow: 'GET' },
    });
    expect(await ask('/', { method: 'DELETE' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect((await ask('/rpc', { method: 'OPTIONS', headers: { origin: 'http://attacker.example' } })).status).toBe(405);
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/',
    '/assets/../index.html',
    '//etc/passwd',
    '/rpc/',
    '/?token=1',
    '/index.html%00',
  ])('the path %s, since only listed files are served', async (path) => {
    expect((await rawGet(path)).split('\r\n')[0]).toMatch(/ 40[04] /);
  });
});

/** A request line exactly as given: URL parsers tidy paths up. */
function rawGet(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port, host } = new URL(server.address);
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => resolve(text)).on('error', reject);
  });
}

async function openStream(headers: Record<string, string> = ownHeaders()) {
  const abort = new AbortController();
  const response = await fetch(`${server.address}/events`, { headers, signal: abort.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  async function nextLine(): Promise<string> {
    for (let text = ''; ;) {
      const { value, done } = await reader.read();
      text += value ?? '';
      const line = text
        .split('\n')
        .slice(0, -1)
        .find((one) => one !== '');
      if (line !== undefined || done) return line ?? 'null';
    }
  }
  return { close: () => abort.abort(), nextLine, nextEvent: async () => JSON.parse(await nextLine()) as unknown };
}
