import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  /** What discovery names as issuer from now on. */
  claimToBe(issuer: string): void;
  close(): Promise<void>;
}

export async function startTestIssuer(): Promise<TestIssuer> {
  const [own, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
  const key = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  let named = '';
  const server = createServer((request, response) => {
    const body = request.url === '/keys' ? { keys: [key] } : { issuer: named, jwks_uri: `${issuer}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  named = issuer;
  const header = { alg: 'ES256', kid: 'one' };
  return {
    provider: { issuer, clientId: 'desk', name: 'Test issuer' },
    sign: (claims, isForged = false) => new SignJWT(claims).setProtectedHeader(header).sign(isForged ? other.privateKey : own.privateKey),
    signWithPublicKey: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(Buffer.from(JSON.stringify(key))),
    unsigned: (claims) => new UnsecuredJWT(claims).encode(),
    claimToBe: (other) => void (named = other),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
