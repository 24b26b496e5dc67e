import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import type { GiteaGrant, GiteaState } from './state.ts';

export interface IdTokenSigner {
  publicKey(): Promise<JWK>;
  sign(state: GiteaState, grant: GiteaGrant, lifetimeSeconds: number): Promise<string>;
}

/** Its key is made when it is first needed, which takes a while. */
export function makeIdTokenSigner(): IdTokenSigner {
  let pair: ReturnType<typeof generateKeyPair> | undefined;
  const keys = () => (pair ??= generateKeyPair('RS256'));
  return {
    publicKey: async () => ({ ...(await exportJWK((await keys()).publicKey)), ...header, use: 'sig' }),
    sign: async ({ address }, grant, lifetimeSeconds) =>
      new SignJWT(claimsOf(grant))
        .setProtectedHeader(header)
        .setIssuer(address)
        .setAudience(grant.application.clientId)
        .setSubject(String(grant.person.id))
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds} seconds`)
        .sign((await keys()).privateKey),
  };
}

const header = { alg: 'RS256', kid: 'stand-in' };

function claimsOf({ person, scope, nonce }: GiteaGrant): Record<string, unknown> {
  const scopes = scope.split(' ');
  const { login, settings, emails } = person;
  return {
    ...(nonce && { nonce }),
    ...(scopes.includes('profile') && { name: settings.full_name || login, preferred_username: login }),
    ...(scopes.includes('email') && { email: emails.find(({ primary }) => primary)?.email, email_verified: true }),
  };
}
