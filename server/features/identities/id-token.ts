import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Clock } from '../../clock.ts';
import { Problem } from '../../http/problem.ts';
import type { IdentityProvider } from './identities.schemas.ts';
import { createProviderKeys, IssuerDiffers } from './provider-keys.ts';

export interface IdTokenClaims {
  /** Who it is at the provider; never given to another person there. */
  readonly subject: string;
  readonly label: string;
  readonly nonce: string;
}

/** Errors: Problem identity-refused, issuer-differs, identity-provider-down. */
export type VerifyIdToken = (provider: IdentityProvider, idToken: string) => Promise<IdTokenClaims>;

/** Signatures that the provider alone can make: `none` and the symmetric ones are not among them (RFC 8725, 3.1). */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Seconds by which two clocks may differ. */
const clockTolerance = 30;

/** Checks ID tokens as OpenID Connect Core 1.0, 3.1.3.7 asks, with the keys that discovery leads to. */
export function createVerifyIdToken(clock: Clock): VerifyIdToken {
  const findKeys = createProviderKeys(clock);

  return async ({ issuer, clientId }, idToken) => {
    try {
      const { payload } = await jwtVerify(idToken, await findKeys(issuer), {
        issuer,
        audience: clientId,
        algorithms,
        clockTolerance,
        currentDate: new Date(clock.now()),
        requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
      });
      return readClaims(payload, clientId);
    } catch (error) {
      throw toProblem(error);
    }
  };
}

function readClaims(payload: JWTPayload, clientId: string): IdTokenClaims {
  const { sub: subject, nonce, azp, aud } = payload;
  const isForAnother = azp === undefined ? Array.isArray(aud) && aud.length > 1 : azp !== clientId;
  if (
    isForAnother ||
    typeof subject !== 'string' ||
    subject === '' ||
    subject.length > 255 ||
    typeof nonce !== 'string'
  )
    throw new Problem('identity-refused');
  const names = [payload['email'], payload['preferred_username'], payload['name'], subject];
  return { subject, nonce, label: names.map(readableText).find((name) => name !== '') ?? '' };
}

/** Shown to the person: without what could make it look like another's. */
function readableText(value: unknown): string {
  return typeof value === 'string'
    ? value
        .replace(/[\p{C}\s]+/gu, ' ')
        .trim()
        .slice(0, 200)
    : '';
}

/** A token that is not right is refused; everything else stands between us and the provider's keys. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof IssuerDiffers) return new Problem('issuer-differs', { detail: error.message }, error);
  const isOfKeys = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
  const isRefused = error instanceof errors.JOSEError && !isOfKeys && error.code !== 'ERR_JOSE_GENERIC';
  return new Problem(isRefused ? 'identity-refused' : 'identity-provider-down', {}, error);
}
