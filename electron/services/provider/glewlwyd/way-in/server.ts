import { AppError } from '../../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { TokenSource } from '../../tokens.ts';
import { createConfigReader, type ConfigReader } from './config.ts';
import { createSenders, type Senders } from '../senders.ts';

/** One glewlwyd, at one address. */
export interface Server {
  readonly http: HttpClient;
  readonly address: string;
  readonly config: ConfigReader;
  /** Of its API, without a slash at its end. */
  api(): Promise<string>;
  /** Milliseconds since the epoch. */
  now(): Promise<number>;
  sendersFor(tokens: TokenSource): Senders;
}

export function createServer(http: HttpClient, address: string): Server {
  const config = createConfigReader(http, address);
  return {
    http,
    address,
    config,
    api: async () => address + (await config.known()).api,
    async now() {
      const known = http.serverNow(address);
      if (known !== undefined) return known;
      await config.read();
      const now = http.serverNow(address);
      // An answer without a usable Date header.
      if (now === undefined) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
      return now;
    },
    sendersFor: (tokens) => createSenders({ http, address, tokens, config }),
  };
}
