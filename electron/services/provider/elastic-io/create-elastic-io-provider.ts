import { AppError } from '../../../../shared/contract/errors.ts';
import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { Provider, TokenWay } from '../provider.ts';
import { createElasticIoAccount } from './account.ts';
import { recognizePlatform, serviceName, toRoot } from './platform.ts';
import { createElasticIoSignIn } from './sign-in.ts';

export interface ElasticIoProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** The integration platform of elastic.io, and others that run it: the REST API v2 of a person's own account. */
export function createElasticIoProvider(options: ElasticIoProviderOptions): Provider & TokenWay {
  const { clock, version, transport = {} } = options;
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  return {
    kind: 'elastic-io',
    describesApi: false,
    async describe(typed) {
      const address = toRoot(typed);
      await recognizePlatform(http, address);
      return { address, name: serviceName, version: null, ways: ['token'], identityProviders: [] };
    },
    ...createElasticIoSignIn(http),
    // A key has no second one to renew it.
    refresh: () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
    open: (address, tokens) => createElasticIoAccount({ http, address, tokens }),
  };
}
