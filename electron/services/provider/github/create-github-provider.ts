import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { DeviceWay, Provider, TokenWay } from '../provider.ts';
import { createGithubAccount } from './account.ts';
import { createPacing } from './http/pacing.ts';
import { createGithubSignIn } from './sign-in.ts';
import { readSite, toSite } from './site.ts';

export interface GithubProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** github.com, an enterprise at ghe.com, and GitHub Enterprise Server: their API of a person's own account. */
export function createGithubProvider(options: GithubProviderOptions): Provider & TokenWay & DeviceWay {
  const { clock, version, transport = {} } = options;
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  return {
    kind: 'github',
    describesApi: false,
    async describe(typed) {
      const site = toSite(typed);
      return {
        address: site.address,
        ...(await readSite(http, site)),
        ...{ ways: ['device', 'token'], identityProviders: [] },
      };
    },
    ...createGithubSignIn(http, clock),
    open: (address, tokens, clientId) =>
      createGithubAccount({ http, address, tokens, clientId, pacing: createPacing(clock) }),
  };
}
