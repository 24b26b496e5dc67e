import { createHash } from 'node:crypto';

/**
 * The nonce of an authorization request on behalf of the profile service at `origin`: Base64url of SHA-256 of
 * `nonce.origin`. A service that hands on the nonce of another one gets an ID token that this other one refuses.
 */
export function bindNonce(nonce: string, origin: string): string {
  return createHash('sha256').update(`${nonce}.${origin}`).digest('base64url');
}
