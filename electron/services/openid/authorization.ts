import * as openid from 'openid-client';
import { AppError } from '../../../shared/contract/errors.ts';
import { isLoopback } from '../../../shared/rules/loopback.ts';
import type { IdentityClient } from './identity-client.ts';
import type { HttpTransport } from '../ports.ts';
import { createCappedFetch } from './capped-fetch.ts';
import { explainDiscoveryError, explainOpenIdError, issuerDiffers } from './explain-openid-error.ts';

/**
 * Authorization code with PKCE S256, state and nonce, as a public client (RFC 8252, RFC 7636, OpenID Connect Core 1.0).
 */
export interface Authorization {
  /** Where the person signs in. */
  readonly address: URL;
  /**
   * Trades the code in the address that the browser was sent back to for what the person granted; the ID token is
   * checked in signature and claims. Errors: AppError cancelled (declined-at-provider), untrusted-answer (wrong-nonce,
   * id-token-*), server-fault (identity-provider-*).
   */
  exchange(redirect: URL): Promise<Grant>;
}

/** What an authorization server gives for a person who agreed. */
export interface Grant {
  readonly idToken: string;
  /** The person's id there, by the ID token. */
  readonly subject: string;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Of the access token, seconds; undefined if the server does not say. */
  readonly expiresIn: number | undefined;
}

/** What an authorization request asks beside the usual. */
export interface AuthorizationExtras {
  readonly parameters?: Readonly<Record<string, string>>;
}

interface AuthorizationInput extends AuthorizationExtras {
  readonly redirectUri: string;
  readonly state: string;
  /** Made here if left out. */
  readonly nonce?: string | undefined;
}

/** An identity provider whose discovery document was read. Errors of both: as `Authorization.exchange`. */
export interface DiscoveredProvider {
  begin(input: AuthorizationInput): Promise<Authorization>;
  /**
   * Trades a refresh token. Errors: AppError unauthenticated (session-ended) where it is refused for good, which is
   * said by `endCodes`, else as RFC 6749 has it; server-fault (identity-provider-*).
   */
  refresh(refreshToken: string, endCodes?: readonly string[]): Promise<Renewal>;
  /** Makes a token void, and what belongs to it (RFC 7009). */
  revoke(token: string): Promise<void>;
}

/** A server that does not rotate refresh tokens gives none with the new access token. */
export type Renewal = Pick<Grant, 'accessToken' | 'refreshToken' | 'expiresIn'>;

/** Seconds. */
const timeout = 10;
const clockTolerance = 30;

/**
 * Reads the discovery document. It must name the issuer exactly as it is configured (OpenID Connect Discovery 1.0,
 * section 4.3): the profile service compares so too, and would refuse what comes of it, after the person has signed in.
 */
export async function discoverProvider(
  { issuer, clientId }: IdentityClient,
  transport: HttpTransport = {},
): Promise<DiscoveredProvider> {
  try {
    const server = new URL(issuer);
    // Only an issuer on this computer may do without encryption.
    const execute = isLoopback(server.hostname) ? [openid.allowInsecureRequests] : [];
    const options = { execute, timeout, [openid.customFetch]: createCappedFetch(transport) };
    const config = await openid.discovery(
      server,
      clientId,
      { [openid.clockTolerance]: clockTolerance },
      openid.None(),
      options,
    );
    const found = config.serverMetadata().issuer;
    if (found !== issuer) throw issuerDiffers(issuer, found);
    // The answer comes over TLS; its signature is checked all the same.
    openid.enableNonRepudiationChecks(config);
    return {
      begin: (input) => begin(config, server, input).catch(refuse),
      refresh: (token, endCodes) =>
        openid.refreshTokenGrant(config, token).then(toRenewal, (error: unknown) => refuseRenewal(error, endCodes)),
      revoke: (token) => openid.tokenRevocation(config, token).catch(refuse),
    };
  } catch (error) {
    throw explainDiscoveryError(error, issuer);
  }
}

function refuse(error: unknown): never {
  throw explainOpenIdError(error);
}

/** RFC 6749, section 5.2: only this says that the token itself is of no use any more. */
function refuseRenewal(error: unknown, endCodes: readonly string[] = ['invalid_grant']): never {
  if (error instanceof openid.ResponseBodyError && endCodes.includes(error.error))
    throw new AppError('unauthenticated', { reason: 'session-ended' });
  throw explainOpenIdError(error);
}

function toRenewal(answer: openid.TokenEndpointResponse): Renewal {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn } = answer;
  return { accessToken, refreshToken, expiresIn };
}

async function begin(
  config: openid.Configuration,
  issuer: URL,
  { redirectUri, state, nonce = openid.randomNonce(), parameters }: AuthorizationInput,
): Promise<Authorization> {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const address = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...choosesAccount(config),
    ...parameters,
  });
  refuseStrangeAddress(address, issuer);
  return {
    address,
    async exchange(redirect) {
      try {
        const checks = { pkceCodeVerifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
        const answer = await openid.authorizationCodeGrant(config, redirect, checks);
        const [idToken, subject] = [answer.id_token, answer.claims()?.sub];
        if (idToken === undefined || subject === undefined)
          throw new AppError('untrusted-answer', { reason: 'id-token-not-valid' });
        return { ...toRenewal(answer), idToken, subject };
      } catch (error) {
        return refuse(error);
      }
    },
  };
}

/**
 * Whoever uses this computer chooses who to be there, also with a session left open; where the provider knows the
 * question.
 */
function choosesAccount(config: openid.Configuration): { prompt?: string } {
  const { prompt_values_supported: known } = config.serverMetadata();
  return Array.isArray(known) && known.includes('select_account') ? { prompt: 'select_account' } : {};
}

/** It is opened in the person's browser: https, or on this computer where the issuer is there too. */
function refuseStrangeAddress(address: URL, issuer: URL): void {
  const isLocal = address.protocol === 'http:' && isLoopback(address.hostname) && isLoopback(issuer.hostname);
  const isGood = (address.protocol === 'https:' || isLocal) && address.username === '' && address.password === '';
  if (!isGood) throw new AppError('server-fault', { reason: 'identity-provider-fault' });
}
