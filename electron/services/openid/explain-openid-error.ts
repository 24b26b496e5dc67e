import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { AppError, type ErrorReason } from '../../../shared/contract/errors.ts';
import { cleanText } from '../core/clean-text.ts';

const reasonOfClaim: Readonly<Record<string, ErrorReason>> = {
  nonce: 'wrong-nonce',
  aud: 'id-token-other-client',
  azp: 'id-token-other-client',
  iss: 'id-token-other-issuer',
  exp: 'id-token-expired',
};

/** Answers of the identity provider that are none of OpenID Connect, rather than wrong in what they say. */
const faults = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_INVALID_SERVER_METADATA',
  // An address of its own that is not https.
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_REQUEST_PROTOCOL_FORBIDDEN',
]);

/** What stands between this computer and every address alike: there the identity provider is not to blame. */
const ofNetwork: ReadonlySet<ErrorReason | undefined> = new Set([
  'proxy-sign-in',
  'proxy-refused',
  'proxy-fault',
  'captive-portal',
]);

/**
 * What went wrong with an identity provider. Nothing of the library's error is kept: its causes hold tokens and claims.
 * Why it could not be reached is the cause of what is given, an AppError.
 */
export function explainOpenIdError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof AuthorizationResponseError && error.error === 'access_denied')
    return new AppError('cancelled', { reason: 'declined-at-provider' });
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return fault('identity-provider-fault');
  const { code, claim, cause } = factsOf(error);
  if (cause instanceof AppError && ofNetwork.has(cause.details.reason)) return cause;
  if (faults.has(code)) return fault('identity-provider-fault');
  if (code.startsWith('OAUTH_') && code !== 'OAUTH_TIMEOUT')
    return distrust(reasonOfClaim[claim] ?? 'id-token-not-valid');
  return fault('identity-provider-down', cause instanceof AppError ? cause : undefined);
}

/** The same for the reading of the discovery document of `issuer`, which may be another one's. */
export function explainDiscoveryError(error: unknown, issuer: string): AppError {
  const { code, cause } = factsOf(error);
  if (code !== 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') return explainOpenIdError(error);
  const { body } = Object(cause) as { body?: unknown };
  const { issuer: found } = Object(body) as { issuer?: unknown };
  return issuerDiffers(issuer, typeof found === 'string' ? found : '');
}

export function issuerDiffers(configured: string, found: string): AppError {
  const shown = (text: string) => cleanText(text.slice(0, 2_000));
  return new AppError('untrusted-answer', {
    reason: 'issuer-differs',
    issuers: { configured: shown(configured), found: shown(found) },
  });
}

function fault(reason: ErrorReason, cause?: AppError): AppError {
  return new AppError('server-fault', { reason }, cause);
}

function distrust(reason: ErrorReason): AppError {
  return new AppError('untrusted-answer', { reason });
}

/** The library wraps its cause, which names the claim in a cause of its own. */
function factsOf(error: unknown): { readonly code: string; readonly claim: string; readonly cause: unknown } {
  const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
  const { claim } = Object((Object(cause) as { cause?: unknown }).cause) as { claim?: unknown };
  return { code: typeof code === 'string' ? code : '', claim: typeof claim === 'string' ? claim : '', cause };
}
