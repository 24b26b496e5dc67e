import { AppError } from '../../../../shared/contract/errors.ts';
import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { Provider, TokenWay } from '../provider.ts';
import { createGiteaAccount } from './account.ts';
import { readInstance, toRoot } from './instance.ts';
import { createGiteaSignIn } from './sign-in.ts';

export interface GiteaProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** Gitea and Forgejo, which began as its copy, so Codeberg too: their API of a person's own account. */
export function createGiteaProvider({ clock, version, transport = {} }: GiteaProviderOptions): Provider & TokenWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  return {
    kind: 'gitea',
    describesApi: false,
    async describe(typed) {
      const address = toRoot(typed);
      return { address, ...(await readInstance(http, address)), ways: ['token'], identityProviders: [] };
    },
    ...createGiteaSignIn(http),
    // A token has no second one to renew it.
    refresh: () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
    open: (address, tokens) =>
      createGiteaAccount({ http, address, tokens, readName: async () => (await readInstance(http, address)).name }),
  };
}
