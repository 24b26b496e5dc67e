import { AppError } from '../../../../shared/contract/errors.ts';
import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { PasswordWay, Provider } from '../provider.ts';
import { createGlewlwydAccount } from './account.ts';
import { readConfig, toAddress } from './way-in/config.ts';
import { providerName } from './person/profile.ts';
import { createServer, type Server } from './way-in/server.ts';
import { createGlewlwydSignIn } from './way-in/sign-in.ts';

export interface GlewlwydProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** glewlwyd's own API, as its profile page uses it: a session is a cookie. The address is its external URL. */
export function createGlewlwydProvider({
  clock,
  version,
  transport = {},
}: GlewlwydProviderOptions): Provider & PasswordWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  const servers = new Map<string, Server>();

  function serverAt(address: string): Server {
    const server = servers.get(address) ?? createServer(http, address);
    servers.set(address, server);
    return server;
  }

  return {
    kind: 'glewlwyd',
    describesApi: false,
    async describe(typed) {
      const address = toAddress(typed);
      await readConfig(http, address);
      return { address, name: providerName, version: null, ways: ['password'], identityProviders: [] };
    },
    ...createGlewlwydSignIn(serverAt, clock),
    // A session is made longer by a password alone.
    refresh: () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
    open: (address, tokens) => createGlewlwydAccount(serverAt(address), tokens),
  };
}
