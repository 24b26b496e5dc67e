import { AppError } from '../../../../shared/contract/errors.ts';
import { createHttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { PasswordWay, Provider } from '../provider.ts';
import { createKratosAccount } from './account.ts';
import { readInstance } from './way-in/instance.ts';
import { createKratosSignIn } from './way-in/sign-in.ts';

export interface KratosProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/** Ory Kratos by its API flows: forms that are filled in as JSON. The address is that of its public API. */
export function createKratosProvider({
  clock,
  version,
  transport = {},
}: KratosProviderOptions): Provider & PasswordWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  return {
    kind: 'kratos',
    describesApi: false,
    describe: (typed) => readInstance(http, typed),
    ...createKratosSignIn({ http, clock }),
    // A session is made longer by a sign-in alone.
    refresh: () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
    open: (address, tokens) => createKratosAccount({ http, address, tokens }),
  };
}
