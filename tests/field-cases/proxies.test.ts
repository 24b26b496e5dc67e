import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createHttpClient } from '../../electron/services/http/http-client.ts';
import { explainProblem } from '../../electron/services/provider/reference/problem.ts';
import { discoverProvider } from '../../electron/services/openid/authorization.ts';
import { createVerifyIdToken } from '../../server/features/identities/id-token.ts';
import { makeCertificates } from '../faults/certificates.ts';
import { startConnectProxy, type ConnectProxy } from '../support/connect-proxy.ts';

/** The name of the certificate; no name server knows it, so nothing arrives there but through the proxy. */
const origin = 'https://other.example';
const client = { issuer: origin, clientId: 'desk', name: 'Other' };
const nonce = 'n'.repeat(43);

const certificates = makeCertificates();
const trustedBefore = tls.getCACertificates('default');
const pair = await generateKeyPair('ES256');
const key = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
const idToken = await new SignJWT({ nonce })
  .setProtectedHeader({ alg: 'ES256', kid: 'one' })
  .setIssuer(origin)
  .setAudience('desk')
  .setSubject('mara')
  .setIssuedAt()
  .setExpirationTime('5 min')
  .sign(pair.privateKey);

const documents: Readonly<Record<string, object>> = {
  '/.well-known/openid-configuration': {
    issuer: origin,
    jwks_uri: `${origin}/keys`,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    response_types_supported: ['code'],
    id_token_signing_alg_values_supported: ['ES256'],
  },
  '/keys': { keys: [key] },
  '/token': { access_token: 'opaque', token_type: 'Bearer', id_token: idToken },
  '/me': { name: 'Mara' },
};
const paths: string[] = [];
const service = createServer(certificates.otherHost, (request, response) => {
  paths.push(request.url ?? '');
  response.setHeader('content-type', 'application/json').end(JSON.stringify(documents[request.url ?? ''] ?? {}));
});

let proxy: ConnectProxy;
beforeAll(async () => {
  tls.setDefaultCACertificates([...trustedBefore, certificates.authority]);
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  proxy = await startConnectProxy((service.address() as AddressInfo).port);
  for (const name of ['https_proxy', 'HTTPS_PROXY']) vi.stubEnv(name, proxy.address);
  for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
});
afterEach(() => {
  proxy.status = 200;
  for (const list of [proxy.asked, paths]) list.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  tls.setDefaultCACertificates(trustedBefore);
  service.closeAllConnections();
  service.close();
  await proxy[Symbol.asyncDispose]();
});

const http = createHttpClient({ clock: createSystemClock(), userAgent: 'ProfileDesk/test' });
const readMe = () =>
  http.send({ method: 'GET', url: `${origin}/me`, schema: z.object({ name: z.string() }), explain: explainProblem });

describe('O7 the requests of a sign-in with a linked identity go through the proxy', () => {
  it('in the app: discovery, token, keys', async () => {
    const provider = await discoverProvider(client);
    const { exchange } = await provider.begin({
      redirectUri: 'http://127.0.0.1:1/callback',
      state: 's'.repeat(43),
      nonce,
    });
    const back = new URL(`http://127.0.0.1:1/callback?code=c1&state=${'s'.repeat(43)}`);
    expect((await exchange(back)).idToken).toBe(idToken);
    expect(paths).toEqual(['/.well-known/openid-configuration', '/token', '/keys']);
    expect(new Set(proxy.asked)).toEqual(new Set(['other.example:443']));
  });

  it('at the profile service: discovery, keys', async () => {
    const verify = createVerifyIdToken({ now: () => Date.now() });
    expect(await verify(client, idToken)).toMatchObject({ subject: 'mara', nonce });
    expect(paths).toEqual(['/.well-known/openid-configuration', '/keys']);
    expect(new Set(proxy.asked)).toEqual(new Set(['other.example:443']));
  });

  it('as every other request does', async () => {
    expect((await readMe()).body).toEqual({ name: 'Mara' });
    expect(proxy.asked).toEqual(['other.example:443']);
  });
});

describe('H2 what a proxy answers is never taken for the service’s own answer', () => {
  it.each([
    [407, 'proxy-sign-in'],
    [401, 'proxy-refused'],
    [403, 'proxy-refused'],
    [404, 'proxy-refused'],
    [429, 'proxy-refused'],
    [302, 'captive-portal'],
    [511, 'captive-portal'],
    [502, 'proxy-fault'],
    [503, 'proxy-fault'],
  ])('CONNECT answered with %i: %s', async (status, reason) => {
    proxy.status = status;
    await expect(readMe()).rejects.toMatchObject({ code: 'offline', details: { reason } });
    await expect(discoverProvider(client)).rejects.toMatchObject({ code: 'offline', details: { reason } });
    await expect(createVerifyIdToken({ now: () => Date.now() })(client, idToken)).rejects.toMatchObject({
      code: 'identity-provider-down',
    });
    expect(paths).toEqual([]);
  });
});

describe('O1 an issuer that calls itself otherwise', () => {
  it('is refused by the profile service with both names', async () => {
    const configured = { ...client, issuer: `${origin}/` };
    const verify = createVerifyIdToken({ now: () => Date.now() });
    await expect(verify(configured, idToken)).rejects.toMatchObject({
      code: 'issuer-differs',
      details: { detail: expect.stringContaining(`${origin}/, the provider calls itself ${origin}`) as string },
    });
  });
});
