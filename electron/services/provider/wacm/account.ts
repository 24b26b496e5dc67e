import type { HttpClient } from '../../http/http-client.ts';
import { absentResources } from '../absent/absent-resources.ts';
import { createStayingPages } from '../common/staying-pages.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createAccountCards } from './account-card.ts';
import { pages, untoldPages } from './pages.ts';
import { createWacmProfile } from './profile.ts';

export interface WacmAccountDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
}

export function createWacmAccount({ http, address, tokens }: WacmAccountDeps): ProviderAccount {
  const cards = createAccountCards({ http, address, tokens });
  return {
    ...absentResources,
    ...createWacmProfile(cards, address),
    ...createStayingPages({ address, pages, untold: untoldPages, read: () => cards.read() }),
    // No route tells of second factors.
    mfaStatus: async () => ({ ...(await absentResources.mfaStatus()), isUntold: true }),
    // The key goes on: it may be that of a whole account.
    signOut: () => Promise.resolve(),
    address,
  };
}
