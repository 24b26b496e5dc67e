import { createServer, request as send } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenForRedirect, type RedirectListener } from './redirect-listener.ts';

const state = 'a'.repeat(43);
let listener: RedirectListener;
beforeEach(async () => {
  listener = await listenForRedirect(state);
});
afterEach(() => listener.close());

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly page: string;
}

/** As a browser or anything else on this computer can; by `fetch` no other Host could be sent. */
function ask(
  query: string,
  { path = '/callback', method = 'GET', host }: { path?: string; method?: string; host?: string } = {},
): Promise<Reply> {
  const { hostname, port } = new URL(listener.redirectUri);
  return new Promise((resolve, reject) => {
    const sent = send(
      { hostname, port, method, path: path + query, headers: host === undefined ? {} : { host } },
      (response) => {
        let page = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (page += chunk));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, page }));
      },
    );
    sent.once('error', reject).end();
  });
}

describe('C3 where the browser is sent back to', () => {
  it('is 127.0.0.1 at a free port, with a path that can be registered', () => {
    expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  it('takes the answer, shows a page in which nothing runs, and is closed', async () => {
    const { status, headers, page } = await ask(`?code=c1&state=${state}`);
    expect([status, headers['cache-control'], headers['referrer-policy'], headers['connection']]).toEqual([
      200,
      'no-store',
      'no-referrer',
      'close',
    ]);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(page).toContain('You can close this page');
    expect(page).not.toContain('c1');
    expect((await listener.redirect).href).toBe(`${listener.redirectUri}?code=c1&state=${state}`);
    await expect(ask(`?code=c2&state=${state}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    '',
    `?code=c1`,
    `?code=c1&state=${'b'.repeat(43)}`,
    `?code=c1&state=${state}x`,
    `?code=c1&state=${state}&state=${state}`,
  ])('refuses an answer with another state, %s, and gives no second guess', async (query) => {
    expect((await ask(query)).status).toBe(400);
    await expect(listener.redirect).rejects.toMatchObject({
      code: 'untrusted-answer',
      details: { reason: 'wrong-state' },
    });
    await expect(ask(`?code=c1&state=${state}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is not there for other names of this computer, other paths and other methods', async () => {
    const right = `?code=c1&state=${state}`;
    for (const host of ['evil.example', 'localhost', `localhost:${new URL(listener.redirectUri).port}`, '127.0.0.1'])
      expect((await ask(right, { host })).status).toBe(404);
    for (const path of ['/', '/favicon.ico', '/callback/', '//evil.example/callback'])
      expect((await ask(right, { path })).status).toBe(404);
    for (const method of ['POST', 'HEAD', 'OPTIONS']) expect((await ask(right, { method })).status).toBe(404);
    expect((await ask(right)).status).toBe(200);
  });

  it('leaves its port free once it is closed', async () => {
    listener.close();
    const again = createServer();
    await new Promise<void>((resolve, reject) =>
      again.once('error', reject).listen(Number(new URL(listener.redirectUri).port), '127.0.0.1', resolve),
    );
    again.close();
  });
});
