import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { isSecure } from '../../../shared/rules/loopback.ts';
import { fetchDocument } from '../../http/outgoing.ts';

const deadlineMs = 5_000;
/** Milliseconds for which a provider that could not be asked is not asked again. */
const failureLifetimeMs = 30_000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.string().max(2_000) });
const keySetSchema = z.object({ keys: z.array(z.looseObject({})) });

interface Known {
  readonly keys: Promise<JWTVerifyGetKey>;
  /** When the latest fetch failed, and why. */
  failure: { readonly at: number; readonly cause: unknown } | undefined;
}

/**
 * The keys of identity providers, found by discovery. Whoever may ask need not have signed in, so a provider that
 * answers without end, slowly or not at all costs no more than one fetch at a time: 1 MB, 5 seconds, and then half a
 * minute of peace. Errors: those of the fetch, of the schema and of jose.
 */
export function createProviderKeys(clock: Clock): (issuer: string) => Promise<JWTVerifyGetKey> {
  const known = new Map<string, Known>();

  function begin(issuer: string): Known {
    const attempt = async (address: string, options: RequestInit): Promise<Response> => {
      refuseAfterFailure(begun, clock);
      try {
        const response = await fetchCapped(address, options);
        keySetSchema.parse(await response.clone().json());
        return response;
      } catch (cause) {
        begun.failure = { at: clock.now(), cause };
        throw cause;
      }
    };
    const find = async (): Promise<JWTVerifyGetKey> => {
      try {
        const address = await discoverKeys(issuer);
        // The set is fetched again by itself when a token names a new key, by one fetch for all who wait.
        return createRemoteJWKSet(address, { timeoutDuration: deadlineMs, [customFetch]: attempt });
      } catch (cause) {
        begun.failure = { at: clock.now(), cause };
        throw cause;
      }
    };
    const begun: Known = { failure: undefined, keys: Promise.resolve().then(find) };
    begun.keys.catch(() => undefined);
    return begun;
  }

  return (issuer) => {
    const before = known.get(issuer);
    if (before && !isOver(before, clock)) return before.keys;
    const begun = begin(issuer);
    known.set(issuer, begun);
    return begun.keys;
  };
}

/** Only a failure of the past: what was found stays, and the key set is fetched anew when it is needed. */
function isOver({ failure }: Known, clock: Clock): boolean {
  return failure !== undefined && !isRecent(failure, clock);
}

function refuseAfterFailure({ failure }: Known, clock: Clock): void {
  if (failure && isRecent(failure, clock))
    throw new Error('it could not be asked a moment ago', { cause: failure.cause });
}

/** A clock that was set back makes no failure last. */
function isRecent({ at }: NonNullable<Known['failure']>, clock: Clock): boolean {
  return Math.abs(clock.now() - at) < failureLifetimeMs;
}

/** The provider's name for itself is compared character by character (OpenID Connect Discovery 1.0, section 4.3). */
export class IssuerDiffers extends Error {
  constructor(configured: string, found: string) {
    const shown = found.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200);
    super(`the issuer differs: set up here is ${configured}, the provider calls itself ${shown}`);
    this.name = 'IssuerDiffers';
  }
}

async function discoverKeys(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetchCapped(address, { signal: AbortSignal.timeout(deadlineMs) });
  const document = discoverySchema.parse(await response.json());
  const keys = new URL(document.jwks_uri);
  if (document.issuer !== issuer) throw new IssuerDiffers(issuer, document.issuer);
  if (!mayHoldKeys(keys, new URL(issuer))) throw new Error('its keys are at an address that may not hold them');
  return keys;
}

/**
 * http stays with an issuer on this computer, at the very same address: no provider elsewhere has this server ask a
 * service here.
 */
function mayHoldKeys(keys: URL, issuer: URL): boolean {
  return keys.protocol === 'https:' || (isSecure(keys) && keys.origin === issuer.origin);
}

/** What a fetch gives: no answer but a good one. Follows no redirect. */
async function fetchCapped(address: string, options: RequestInit): Promise<Response> {
  const response = await fetchDocument(address, { signal: options.signal, headers: new Headers(options.headers) });
  if (!response.ok) throw new Error(`it answers ${String(response.status)}`);
  return response;
}
