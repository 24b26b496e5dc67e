import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestIssuer, type TestIssuer } from '../../testing/test-issuer.ts';
import { createVerifyIdToken, type VerifyIdToken } from './id-token.ts';

const clock = { time: 0, now: () => clock.time };
let issuer: TestIssuer;
let verify: VerifyIdToken;
/** Paths that were asked for. */
let asked: string[];
/** Bytes that the provider could write. */
let written: number;

beforeEach(async () => {
  clock.time = Date.UTC(2026, 0, 15);
  issuer = await startTestIssuer();
  verify = createVerifyIdToken(clock);
  asked = [];
  written = 0;
  issuer.intercept = (request) => asked.push(request.url ?? '') < 0;
});
afterEach(() => issuer.close());

const token = () => {
  const seconds = clock.time / 1000;
  return issuer.sign({
    iss: issuer.provider.issuer,
    aud: 'desk',
    sub: 'u',
    nonce: 'n',
    iat: seconds,
    exp: seconds + 60,
  });
};
const attempt = async () =>
  verify(issuer.provider, await token()).then(
    ({ subject }) => subject,
    (error: { code?: string }) => error.code,
  );
/** The provider answers this path so, and every other as it should. */
function hostile(path: RegExp, answer: (response: ServerResponse) => void): void {
  issuer.intercept = (request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    if (!path.test(request.url ?? '')) return false;
    answer(response);
    return true;
  };
}
function pourOut(response: ServerResponse): void {
  response.setHeader('content-type', 'application/json').write('{"issuer":"');
  const pour = () => {
    let mayGoOn = true;
    while (mayGoOn && !response.destroyed) {
      mayGoOn = response.write('x'.repeat(65_536));
      written += 65_536;
    }
  };
  response.on('drain', pour);
  pour();
}

describe('X6 a hostile identity provider', () => {
  it.each([[/openid-configuration/], [/keys/]])(
    'that answers %s without end is left after a megabyte',
    async (path) => {
      hostile(path, pourOut);
      expect(await attempt()).toBe('identity-provider-down');
      // What the sockets between hold comes on top.
      expect(written).toBeLessThan(20_000_000);
    },
  );

  it('is asked once for all who wait, and not again for 30 seconds after it failed', async () => {
    hostile(/openid-configuration/, (response) => void response.writeHead(500).end());
    expect(await Promise.all([attempt(), attempt(), attempt()])).toEqual(Array(3).fill('identity-provider-down'));
    clock.time += 29_000;
    expect(await attempt()).toBe('identity-provider-down');
    expect(asked).toHaveLength(1);
    issuer.intercept = () => false;
    clock.time += 1_000;
    expect(await attempt()).toBe('u');
  });

  it.each([
    [500, '{}'],
    [200, '{}'],
    [200, 'no JSON'],
  ])('whose keys cannot be had (%i %s) is not asked for them again for 30 seconds', async (status, body) => {
    hostile(/keys/, (response) => void response.writeHead(status).end(body));
    for (let count = 0; count < 3; count += 1) expect(await attempt()).toBe('identity-provider-down');
    expect(asked.filter((path) => path === '/keys')).toHaveLength(1);
    issuer.intercept = () => false;
    clock.time += 30_000;
    expect(await attempt()).toBe('u');
  });

  it('makes this server ask no other service on this computer', async () => {
    const calls: string[] = [];
    const local: Server = createServer((request, response) => {
      calls.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => local.listen(0, '127.0.0.1', resolve));
    const { port } = local.address() as AddressInfo;
    issuer.claim({ jwks_uri: `http://127.0.0.1:${String(port)}/admin?delete=all` });
    expect(await attempt()).toBe('identity-provider-down');
    local.close();
    expect(calls).toEqual([]);
  });
});
