import * as openid from 'openid-client';
import { AppError } from '../../../shared/contract/errors.ts';
import { isLoopback } from '../../../shared/rules/loopback.ts';
import type { IdentityClient } from '../provider/account-linked-accounts.ts';
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
   * Trades the code in the address that the browser was sent back to for the ID token, checked in signature and claims.
   * Errors: AppError cancelled (declined-at-provider), untrusted-answer (wrong-nonce, id-token-*), server-fault
   * (identity-provider-*).
   */
  exchange(redirect: URL): Promise<string>;
}

interface AuthorizationParts {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
}

/** An identity provider whose discovery document was read. Errors of both: as `Authorization.exchange`. */
export interface DiscoveredProvider {
  begin(parts: AuthorizationParts): Promise<Authorization>;
}

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
    return { begin: (parts) => begin(config, server, parts).catch(refuse) };
  } catch (error) {
    throw explainDiscoveryError(error, issuer);
  }
}

function refuse(error: unknown): never {
  throw explainOpenIdError(error);
}

async function begin(
  config: openid.Configuration,
  issuer: URL,
  { redirectUri, state, nonce }: AuthorizationParts,
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
  });
  refuseStrangeAddress(address, issuer);
  return {
    address,
    async exchange(redirect) {
      try {
        const checks = { pkceCodeVerifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
        const { id_token: idToken } = await openid.authorizationCodeGrant(config, redirect, checks);
        if (idToken === undefined) throw new AppError('untrusted-answer', { reason: 'id-token-not-valid' });
        return idToken;
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
