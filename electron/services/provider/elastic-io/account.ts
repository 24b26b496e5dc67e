import type { HttpClient } from '../../http/http-client.ts';
import { absentResources } from '../absent/absent-resources.ts';
import { createStayingPages } from '../common/staying-pages.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createElasticIoDeletion } from './deletion.ts';
import { pages, untoldPages } from './pages.ts';
import { readPerson } from './person.ts';
import { createElasticIoProfile } from './profile.ts';
import { createElasticIoSender } from './sender.ts';
import { createElasticIoSshKeys, explainNewKey } from './ssh-keys.ts';

export interface ElasticIoAccountDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
}

export function createElasticIoAccount({ http, address, tokens }: ElasticIoAccountDeps): ProviderAccount {
  const send = createElasticIoSender(http, address, tokens);
  return {
    ...absentResources,
    ...createElasticIoProfile(send, address),
    ...createElasticIoSshKeys(send, createElasticIoSender(http, address, tokens, explainNewKey)),
    ...createElasticIoDeletion(send),
    ...createStayingPages({ address, pages, untold: untoldPages, read: () => readPerson(send) }),
    // No route tells of second factors.
    mfaStatus: async () => ({ ...(await absentResources.mfaStatus()), isUntold: true }),
    // The key goes on: it is that of all of the person's programs.
    signOut: () => Promise.resolve(),
    address,
  };
}
