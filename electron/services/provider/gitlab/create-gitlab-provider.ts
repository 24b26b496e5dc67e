import { AppError } from '../../../../shared/contract/errors.ts';
import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { Provider, TokenWay } from '../provider.ts';
import { createGitlabAccount } from './account.ts';
import { readInstance, toRoot } from './way-in/instance.ts';
import { createGitlabSignIn } from './way-in/sign-in.ts';

export interface GitlabProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** GitLab: gitlab.com, and instances of their own, which may live in a folder of their host. */
export function createGitlabProvider({ clock, version, transport = {} }: GitlabProviderOptions): Provider & TokenWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  return {
    kind: 'gitlab',
    describesApi: false,
    async describe(typed) {
      const address = toRoot(typed);
      const { name } = await readInstance(http, address);
      return { address, name, version: null, ways: ['token'], identityProviders: [] };
    },
    ...createGitlabSignIn(http),
    // A token has no second one to renew it.
    refresh: () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
    open: (address, tokens) => createGitlabAccount({ http, address, tokens }),
  };
}
