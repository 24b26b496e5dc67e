import type { HttpClient } from '../../http/http-client.ts';
import { asKeyRefused, toNameAndKey } from '../common/name-and-key.ts';
import type { TokenWay } from '../provider.ts';
import { createBareSource, type FixedToken } from '../tokens.ts';
import { readPerson } from './person.ts';
import { createElasticIoSender } from './sender.ts';

/** The one key of a person, which their profile page shows, with their e-mail address. */
export function createElasticIoSignIn(http: HttpClient): TokenWay {
  return {
    keepsPasted: true,
    pastingAt: (address) => ({ page: `${address}/`, scopes: [], name: 'email' }),
    async tokensOfPasted(address, key, email) {
      const token: FixedToken = { kind: 'fixed', token: toNameAndKey(email, key), expiresAt: null, scopes: null };
      await readPerson(createElasticIoSender(http, address, createBareSource(token))).catch(asKeyRefused);
      return token;
    },
  };
}
