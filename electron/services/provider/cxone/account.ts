import type { HttpClient } from '../../http/http-client.ts';
import { absentResources } from '../absent/absent-resources.ts';
import { explainBetween } from '../common/refusals/explain-between.ts';
import { refusalsOf } from '../common/refusals/run-refusals.ts';
import { createStayingPages } from '../common/staying-pages.ts';
import type { ProviderAccount } from '../provider.ts';
import { createSignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import { createCxoneKeys, type CxoneKeysDeps } from './access-keys.ts';
import { asOwnToken, keyIdOf } from './own-token.ts';
import { pages, untoldPages } from './pages.ts';
import { createPeople } from './person.ts';
import { createCxoneProfile } from './profile.ts';
import { takesKey } from './sign-in.ts';

export interface CxoneAccountDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
}

export function createCxoneAccount({ http, address, tokens }: CxoneAccountDeps): ProviderAccount {
  const explaining: CxoneKeysDeps['explaining'] = (explain) =>
    createSignedSender(http, address, tokens, (refusal) => explain(refusal) ?? explainBetween(refusal), asOwnToken);
  const send = createSignedSender(http, address, tokens, explainBetween, asOwnToken);
  const people = createPeople(send, tokens);
  const { access, ...keys } = createCxoneKeys({
    ...{ send, explaining, people, refusals: refusalsOf(tokens) },
    readOwnId: async () => keyIdOf(await tokens.accessToken()),
    takesKey: (keyId, secret) => takesKey(http, address, keyId, secret),
  });
  return {
    ...absentResources,
    ...createCxoneProfile(people, address, access),
    ...keys,
    ...createStayingPages({ address, pages, untold: untoldPages, read: () => people.read() }),
    // No route tells of second factors.
    mfaStatus: async () => ({ ...(await absentResources.mfaStatus()), isUntold: true }),
    // The access key goes on; its token ends by itself.
    signOut: () => Promise.resolve(),
    address,
  };
}
