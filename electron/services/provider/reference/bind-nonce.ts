import { createHash } from 'node:crypto';

/**
 * The nonce for the authorization request: Base64url of SHA-256 of `nonce.origin`, with the origin of the profile service
 * that gave `nonce`. An ID token with it is of no use to another service, whose issuer and nonce this one may have handed on.
 */
export function bindNonce(nonce: string, address: string): string {
  return createHash('sha256')
    .update(`${nonce}.${new URL(address).origin}`)
    .digest('base64url');
}
