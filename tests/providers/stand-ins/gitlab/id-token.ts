import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';

export interface IdTokenSigner {
  publicKey(): Promise<JWK>;
  sign(claims: IdTokenClaims): Promise<string>;
}

interface IdTokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly nonce: string;
}

const header = { alg: 'RS256', kid: 'stand-in' };

/** Its key is made when it is first needed, which takes a while. */
export function makeIdTokenSigner(): IdTokenSigner {
  let pair: ReturnType<typeof generateKeyPair> | undefined;
  const keys = () => (pair ??= generateKeyPair('RS256'));
  return {
    publicKey: async () => ({ ...(await exportJWK((await keys()).publicKey)), ...header, use: 'sig' }),
    sign: async ({ issuer, audience, subject, nonce }) =>
      new SignJWT({ ...(nonce && { nonce }), auth_time: Math.floor(Date.now() / 1_000), sub_legacy: 'x' })
        .setProtectedHeader(header)
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime('120 seconds')
        .sign((await keys()).privateKey),
  };
}
