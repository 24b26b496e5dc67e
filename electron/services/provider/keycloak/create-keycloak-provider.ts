import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import { createOpenIdTokens } from '../common/openid-tokens.ts';
import type { BrowserWay, Provider } from '../provider.ts';
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
  const { serverOf, tokensOf, refresh } = createOpenIdTokens({ clock, transport, usualLifetimeSeconds });
  return {
    kind: 'keycloak',
    describesApi: false,
    async describe(typed) {
      const { address, name } = await readRealm(http, typed);
      return { address, name, version: null, ways: ['browser'], identityProviders: [] };
    },
    tokensOf,
    refresh: (address, refreshToken, _attempt, clientId = '') => refresh(address, refreshToken, clientId),
    open: (address, tokens, clientId = '') =>
      createKeycloakAccount({ http, address, tokens, clientId, server: () => serverOf(address, clientId) }),
  };
}
