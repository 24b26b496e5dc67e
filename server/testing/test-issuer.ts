import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import type { IdentityProvider } from '../features/identities/identities.schemas.ts';

/** An identity provider that signs whatever a test wants, also what a real one never would. */
export interface TestIssuer {
  readonly provider: IdentityProvider;
  /** A signed ID token; by another key than the published one if `isForged`. */
  sign(claims: JWTPayload, isForged?: boolean): Promise<string>;
  /** Signed with the published key as if it were a shared secret. */
  signWithPublicKey(claims: JWTPayload): Promise<string>;
  unsigned(claims: JWTPayload): string;
  /** Replaces entries of the discovery document. */
  claim(metadata: Readonly<Record<string, string>>): void;
  /** What its token endpoint gives for any code. */
  idToken: string;
  /** Answers every request in its place, if it says so. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The forms that came to the token endpoint. */
  readonly asked: URLSearchParams[];
  close(): Promise<void>;
}

export async function startTestIssuer(): Promise<TestIssuer> {
  const [own, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
  const key = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  const server = createServer((request, response) => {
    if (!issuer.intercept(request, response))
      void answer(request).then((body) =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const metadata = {
    issuer: address,
    jwks_uri: `${address}/keys`,
    authorization_endpoint: `${address}/authorize`,
    token_endpoint: `${address}/token`,
  };

  async function answer(request: IncomingMessage): Promise<object> {
    if (request.url === '/keys') return { keys: [key] };
    if (request.url !== '/token')
      return { ...metadata, response_types_supported: ['code'], id_token_signing_alg_values_supported: ['ES256'] };
    issuer.asked.push(new URLSearchParams(await text(request)));
    return { access_token: 'opaque', token_type: 'Bearer', id_token: issuer.idToken };
  }

  const header = { alg: 'ES256', kid: 'one' };
  const issuer: TestIssuer = {
    provider: { issuer: address, clientId: 'desk', name: 'Test issuer' },
    sign: (claims, isForged = false) =>
      new SignJWT(claims).setProtectedHeader(header).sign(isForged ? other.privateKey : own.privateKey),
    signWithPublicKey: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(Buffer.from(JSON.stringify(key))),
    unsigned: (claims) => new UnsecuredJWT(claims).encode(),
    claim: (changes) => void Object.assign(metadata, changes),
    idToken: '',
    intercept: () => false,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return issuer;
}
