import { AppError } from '../../../../shared/contract/errors.ts';
import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import { asKeyRefused, toNameAndKey } from '../common/name-and-key.ts';
import type { Provider, TokenWay } from '../provider.ts';
import { createBareSource, type FixedToken } from '../tokens.ts';
import { createWacmAccount } from './account.ts';
import { createAccountCards } from './account-card.ts';
import { recognizeManager, serviceName, toRoot } from './manager.ts';

export interface WacmProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** Wasabi Account Control Manager, by WACM Connect: what it tells of the account that a key is of. */
export function createWacmProvider({ clock, version, transport = {} }: WacmProviderOptions): Provider & TokenWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  return {
    kind: 'wacm',
    describesApi: false,
    async describe(typed) {
      const address = toRoot(typed);
      await recognizeManager(http, address);
      return { address, name: serviceName, version: null, ways: ['token'], identityProviders: [] };
    },
    keepsPasted: true,
    pastingAt: (address) => ({ page: `${address}/`, scopes: [], name: 'account' }),
    async tokensOfPasted(address, key, name) {
      const token: FixedToken = { kind: 'fixed', token: toNameAndKey(name, key), expiresAt: null, scopes: null };
      await createAccountCards({ http, address, tokens: createBareSource(token) })
        .read()
        .catch(asKeyRefused);
      return token;
    },
    // A key has no second one to renew it.
    refresh: () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
    open: (address, tokens) => createWacmAccount({ http, address, tokens }),
  };
}
