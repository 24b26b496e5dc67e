import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import { discoverProvider, type DiscoveredProvider, type Renewal } from '../../openid/authorization.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { BrowserWay, Provider } from '../provider.ts';
import type { RefreshingTokens } from '../tokens.ts';
import { createKeycloakAccount } from './account.ts';
import { readRealm } from './realm.ts';

export interface KeycloakProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** Where the server does not say: Keycloak's own default. */
const usualLifetimeSeconds = 300;

/** Keycloak's account API, signed in to on its pages. The address is a realm's issuer. */
export function createKeycloakProvider({
  clock,
  version,
  transport = {},
}: KeycloakProviderOptions): Provider & BrowserWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  const servers = new Map<string, Promise<DiscoveredProvider>>();

  /** Its discovery document is read once a run. */
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
    kind: 'keycloak',
    describesApi: false,
    async describe(typed) {
      const { address, name } = await readRealm(http, typed);
      return { address, name, version: null, ways: ['browser'], identityProviders: [] };
    },
    tokensOf(grant) {
      if (grant.refreshToken === undefined) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
      return toTokens(grant, grant.refreshToken);
    },
    async refresh(address, refreshToken, _attempt, clientId = '') {
      const renewal = await (await serverOf(address, clientId)).refresh(refreshToken);
      return toTokens(renewal, renewal.refreshToken ?? refreshToken);
    },
    open: (address, tokens, clientId = '') =>
      createKeycloakAccount({ http, address, tokens, clientId, server: () => serverOf(address, clientId) }),
  };
}
