import { AppError } from '../../../../shared/contract/errors.ts';
import { discoverProvider, type DiscoveredProvider, type Grant, type Renewal } from '../../openid/authorization.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { RefreshingTokens } from '../tokens.ts';

interface OpenIdTokensOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly transport: HttpTransport;
  /** Of an access token, where the service does not say. */
  readonly usualLifetimeSeconds: number;
  /** With which errors it refuses a refresh token for good, where it has words of its own for that. */
  readonly endCodes?: readonly string[];
}

/** What a service gives whose address is the issuer that people sign in at. */
export interface OpenIdTokens {
  /** Its discovery document is read once a run. */
  serverOf(issuer: string, clientId: string): Promise<DiscoveredProvider>;
  /** Errors: AppError untrusted-answer, of a grant that nothing renews. */
  tokensOf(grant: Pick<Grant, 'accessToken' | 'refreshToken' | 'expiresIn'>): RefreshingTokens;
  /** As `Provider.refresh`. Errors: also server-fault. */
  refresh(issuer: string, refreshToken: string, clientId: string): Promise<RefreshingTokens>;
}

export function createOpenIdTokens(options: OpenIdTokensOptions): OpenIdTokens {
  const { clock, transport, usualLifetimeSeconds, endCodes } = options;
  const servers = new Map<string, Promise<DiscoveredProvider>>();

  function serverOf(issuer: string, clientId: string): Promise<DiscoveredProvider> {
    const key = `${issuer} ${clientId}`;
    const known = servers.get(key) ?? discoverProvider({ name: issuer, issuer, clientId }, transport);
    servers.set(key, known);
    known.catch(() => servers.delete(key));
    return known;
  }

  function toTokens(
    { accessToken: access, expiresIn = usualLifetimeSeconds }: Renewal,
    refresh: string,
  ): RefreshingTokens {
    return { kind: 'refreshing', access, refresh, expiresAt: clock.now() + expiresIn * 1_000 };
  }

  return {
    serverOf,
    tokensOf(grant) {
      if (grant.refreshToken === undefined) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
      return toTokens(grant, grant.refreshToken);
    },
    async refresh(issuer, refreshToken, clientId) {
      try {
        const renewal = await (await serverOf(issuer, clientId)).refresh(refreshToken, endCodes);
        return toTokens(renewal, renewal.refreshToken ?? refreshToken);
      } catch (error) {
        throw ofService(error);
      }
    },
  };
}

/** Here an identity provider that is down is the service itself, which cannot be reached then. */
function ofService(error: unknown): unknown {
  if (!(error instanceof AppError) || error.details.reason !== 'identity-provider-down') return error;
  return error.cause instanceof AppError ? error.cause : new AppError('server-fault');
}
