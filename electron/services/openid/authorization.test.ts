import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestIssuer, type TestIssuer } from '../../../server/testing/test-issuer.ts';
import { discoverProvider, type Authorization } from './authorization.ts';

const parts = { redirectUri: 'http://127.0.0.1:40000/callback', state: 's'.repeat(43), nonce: 'n'.repeat(43) };
let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await startTestIssuer();
});
afterEach(() => issuer.close());

const begin = async (): Promise<Authorization> => (await discoverProvider(issuer.provider)).begin(parts);
const back = (query: string) => new URL(`${parts.redirectUri}?state=${parts.state}&${query}`);

function claims(changes: Readonly<Record<string, unknown>> = {}) {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer.provider.issuer,
    aud: 'desk',
    sub: 'u1',
    iat: now,
    exp: now + 300,
    nonce: parts.nonce,
    ...changes,
  };
}
const refusal = (code: string, reason: string) => ({ code, details: { reason } });

describe('C3 the authorization request', () => {
  it('is for a code, with PKCE S256, state, nonce and the loopback redirect', async () => {
    const { address, exchange } = await begin();
    const asked = Object.fromEntries(address.searchParams);
    expect(address.origin + address.pathname).toBe(`${issuer.provider.issuer}/authorize`);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: 'desk',
      redirect_uri: parts.redirectUri,
      state: parts.state,
      nonce: parts.nonce,
      code_challenge_method: 'S256',
    });
    issuer.idToken = await issuer.sign(claims());
    expect(await exchange(back('code=c1'))).toMatchObject({ idToken: issuer.idToken, subject: 'u1' });
    const [form] = issuer.asked;
    expect(form?.get('redirect_uri')).toBe(parts.redirectUri);
    expect(
      createHash('sha256')
        .update(form?.get('code_verifier') ?? '')
        .digest('base64url'),
    ).toBe(asked['code_challenge']);
    expect(form?.has('client_secret')).toBe(false);
  });

  it('has another secret each time', async () => {
    const challenges = await Promise.all(
      [begin(), begin()].map(async (each) => (await each).address.searchParams.get('code_challenge')),
    );
    expect(new Set(challenges).size).toBe(2);
  });

  it.each(['http://id.example/authorize', 'javascript:alert(1)', 'file:///etc/passwd', 'https://me:word@id.example/'])(
    'never opens %s',
    async (address) => {
      issuer.claim({ authorization_endpoint: address });
      await expect(begin()).rejects.toMatchObject({ code: 'server-fault' });
    },
  );
});

describe('C3 what an identity provider answers is refused', () => {
  const now = Math.floor(Date.now() / 1000);
  it.each([
    ['of another attempt', { nonce: 'x'.repeat(43) }, 'wrong-nonce'],
    ['without a nonce', { nonce: undefined }, 'id-token-not-valid'],
    ['for another client', { aud: 'another' }, 'id-token-other-client'],
    ['for another party', { aud: ['desk', 'another'], azp: 'another' }, 'id-token-other-client'],
    ['by another issuer', { iss: 'https://other.example' }, 'id-token-other-issuer'],
    ['that has expired', { iat: now - 900, exp: now - 600 }, 'id-token-expired'],
    ['of nobody', { sub: undefined }, 'id-token-not-valid'],
  ])('%s', async (_, changes, reason) => {
    issuer.idToken = await issuer.sign(claims(changes));
    await expect((await begin()).exchange(back('code=c1'))).rejects.toMatchObject(refusal('untrusted-answer', reason));
  });

  it('where its signature is by another key, by a shared secret, or missing', async () => {
    for (const idToken of [
      await issuer.sign(claims(), true),
      await issuer.signWithPublicKey(claims()),
      issuer.unsigned(claims()),
      '',
    ]) {
      issuer.idToken = idToken;
      await expect((await begin()).exchange(back('code=c1'))).rejects.toMatchObject({ code: 'untrusted-answer' });
    }
  });

  it('where the person declined, or something failed there', async () => {
    await expect((await begin()).exchange(back('error=access_denied'))).rejects.toMatchObject(
      refusal('cancelled', 'declined-at-provider'),
    );
    await expect((await begin()).exchange(back('error=server_error&error_description=no'))).rejects.toMatchObject(
      refusal('server-fault', 'identity-provider-fault'),
    );
    await expect((await begin()).exchange(back(''))).rejects.toMatchObject({ code: 'untrusted-answer' });
  });

  it('where discovery is of another issuer', async () => {
    issuer.claim({ issuer: 'https://other.example' });
    await expect(discoverProvider(issuer.provider)).rejects.toMatchObject({
      code: 'untrusted-answer',
      details: {
        reason: 'issuer-differs',
        issuers: { configured: issuer.provider.issuer, found: 'https://other.example' },
      },
    });
  });

  it('where discovery names the issuer with a slash more or less, which the service would refuse', async () => {
    const { issuer: name } = issuer.provider;
    for (const [configured, found] of [
      [name, `${name}/`],
      [`${name}/`, name],
    ] as const) {
      issuer.claim({ issuer: found });
      await expect(discoverProvider({ ...issuer.provider, issuer: configured })).rejects.toMatchObject({
        code: 'untrusted-answer',
        details: { reason: 'issuer-differs', issuers: { configured, found } },
      });
    }
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['a fault', (response) => response.writeHead(500).end()],
    ['a page', (response) => response.setHeader('content-type', 'text/html').end('<h1>hello</h1>')],
    ['half of it', (response) => response.setHeader('content-type', 'application/json').end('{"issuer":')],
    ['a redirect', (response) => response.writeHead(302, { location: 'https://other.example' }).end()],
  ])('where it is %s', async (_, answer) => {
    const { exchange } = await begin();
    issuer.intercept = (_request, response) => (answer(response), true);
    await expect(begin()).rejects.toMatchObject(refusal('server-fault', 'identity-provider-fault'));
    await expect(exchange(back('code=c1'))).rejects.toMatchObject(refusal('server-fault', 'identity-provider-fault'));
  });

  it('where it does not end, or nobody answers', async () => {
    issuer.intercept = (_request, response) => {
      response.setHeader('content-type', 'application/json');
      const pour = (): void => void (response.destroyed || (response.write(' '.repeat(65_536)), setImmediate(pour)));
      pour();
      return true;
    };
    await expect(begin()).rejects.toMatchObject({ code: 'server-fault' });
    await issuer.close();
    await expect(begin()).rejects.toMatchObject(refusal('server-fault', 'identity-provider-down'));
  });

  it('and nothing of a token is in the error', async () => {
    issuer.idToken = await issuer.sign(claims({ nonce: 'x'.repeat(43) }));
    const error: unknown = await (await begin()).exchange(back('code=c1')).catch((reason: unknown) => reason);
    expect((error as Error).cause).toBeUndefined();
  });
});
