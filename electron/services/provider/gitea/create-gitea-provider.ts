import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import { createOpenIdTokens } from '../common/openid-tokens.ts';
import type { BrowserWay, Provider, RegistrationWay, TokenWay } from '../provider.ts';
import { createGiteaAccount } from './account.ts';
import { oauthScopes } from './http/scopes.ts';
import { readInstance, readIsIssuer, toRoot } from './instance.ts';
import { createGiteaRegistration } from './own-client.ts';
import { createGiteaSignIn } from './sign-in.ts';

export interface GiteaProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** Where the server does not say: Gitea's own default. */
const usualLifetimeSeconds = 3_600;
/** What it calls a refresh token that it does not take, and one whose client was removed. */
const endCodes = ['invalid_grant', 'unauthorized_client', 'invalid_client'];

/** Gitea and Forgejo, which began as its copy, so Codeberg too: their API of a person's own account. */
export function createGiteaProvider({
  clock,
  version,
  transport = {},
}: GiteaProviderOptions): Provider & BrowserWay & TokenWay & RegistrationWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  const { tokensOf, refresh } = createOpenIdTokens({ clock, transport, usualLifetimeSeconds, endCodes });
  return {
    kind: 'gitea',
    describesApi: false,
    async describe(typed) {
      const address = toRoot(typed);
      const [instance, isIssuer] = await Promise.all([readInstance(http, address), readIsIssuer(http, address)]);
      const ways = isIssuer ? (['token', 'browser'] as const) : (['token'] as const);
      return { address, ...instance, ways, identityProviders: [] };
    },
    ...createGiteaSignIn(http),
    ...createGiteaRegistration(http),
    browserScopes: oauthScopes,
    tokensOf,
    refresh: (address, refreshToken, _attempt, clientId = '') => refresh(address, refreshToken, clientId),
    open: (address, tokens) =>
      createGiteaAccount({ http, address, tokens, readName: async () => (await readInstance(http, address)).name }),
  };
}
