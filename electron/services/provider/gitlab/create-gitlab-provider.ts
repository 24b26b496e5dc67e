import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import { createOpenIdTokens } from '../common/openid-tokens.ts';
import type { Provider, WaysIn } from '../provider.ts';
import { createGitlabAccount } from './account.ts';
import { oauthScopes } from './http/scopes.ts';
import { readInstance, toRoot } from './way-in/instance.ts';
import { createGitlabSignIn } from './way-in/sign-in.ts';

export interface GitlabProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** Where the server does not say; it cannot be set there. */
const usualLifetimeSeconds = 7_200;

type GitlabWays = Pick<
  WaysIn,
  'browserScopes' | 'tokensOf' | 'pastingAt' | 'tokensOfPasted' | 'deviceAt' | 'tokensOfDevice'
>;

/** GitLab: gitlab.com, and instances of their own, which may live in a folder of their host. */
export function createGitlabProvider({ clock, version, transport = {} }: GitlabProviderOptions): Provider & GitlabWays {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  const { serverOf, tokensOf, refresh } = createOpenIdTokens({ clock, transport, usualLifetimeSeconds });
  return {
    kind: 'gitlab',
    describesApi: false,
    async describe(typed) {
      const address = toRoot(typed);
      const { name, isIssuer } = await readInstance(http, address);
      const ways = isIssuer ? (['browser', 'device', 'token'] as const) : (['token'] as const);
      return { address, name, version: null, ways, identityProviders: [] };
    },
    ...createGitlabSignIn(http),
    browserScopes: oauthScopes,
    tokensOf,
    deviceAt: (address) => ({
      codes: `${address}/oauth/authorize_device`,
      tokens: `${address}/oauth/token`,
      scopes: oauthScopes,
    }),
    tokensOfDevice: async (_address, grant) => tokensOf(grant),
    refresh: (address, refreshToken, _attempt, clientId = '') => refresh(address, refreshToken, clientId),
    open: (address, tokens, clientId) =>
      createGitlabAccount({
        http,
        clock,
        address,
        tokens,
        ...(clientId !== undefined && { server: () => serverOf(address, clientId) }),
      }),
  };
}
