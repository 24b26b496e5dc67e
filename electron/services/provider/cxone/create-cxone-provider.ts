import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { Provider, TokenWay } from '../provider.ts';
import { createCxoneAccount } from './account.ts';
import { createCxoneSignIn } from './sign-in.ts';
import { recognizeTenant, serviceName, toRoot } from './tenant.ts';

export interface CxoneProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** NICE CXone, by the UserHub APIs of an area: na1, eu1, au1, … */
export function createCxoneProvider({ clock, version, transport = {} }: CxoneProviderOptions): Provider & TokenWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  return {
    kind: 'cxone',
    describesApi: false,
    async describe(typed) {
      const address = toRoot(typed);
      await recognizeTenant(http, address);
      return { address, name: serviceName, version: null, ways: ['token'], identityProviders: [] };
    },
    ...createCxoneSignIn(http, clock),
    open: (address, tokens) => createCxoneAccount({ http, address, tokens }),
  };
}
