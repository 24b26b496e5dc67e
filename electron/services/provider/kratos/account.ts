import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import { absentResources } from '../absent/absent-resources.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createFreshness } from './freshness.ts';
import { createKratosHandOff } from './hand-off.ts';
import { createKratosLinkedAccounts } from './linked-accounts.ts';
import { toOperations } from './operations.ts';
import { createKratosProfile } from './person/profile.ts';
import { createKratosMfa } from './proofs/mfa.ts';
import { createKratosPassword } from './proofs/password.ts';
import { createKratosReauth } from './proofs/reauth.ts';
import { createSenders } from './senders.ts';
import { serverNowOf } from './session.ts';
import { createKratosSessions } from './sessions.ts';
import { createSettings } from './settings.ts';
import { endSession } from './way-in/sign-in.ts';

export interface KratosAccountDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
}

export function createKratosAccount({ http, address, tokens }: KratosAccountDeps): ProviderAccount {
  const freshness = createFreshness(http, address);
  const senders = createSenders({ http, address, tokens, onStale: () => freshness.noteStale() });
  const settings = createSettings(senders);
  const { prove, ...reauth } = createKratosReauth({ http, address, senders, settings, freshness, tokens });
  return {
    ...absentResources,
    ...createKratosProfile({
      senders,
      address,
      readOperations: async (email) => toOperations(await settings.readIfOpen(), email, address),
    }),
    ...createKratosSessions(senders),
    ...createKratosPassword({ senders, settings, prove }),
    ...createKratosMfa({ http, address, settings }),
    ...createKratosLinkedAccounts(settings),
    ...createKratosHandOff(settings, address),
    ...reauth,
    address,
    async serverNow() {
      if (http.serverNow(address) === undefined)
        await senders.session({ method: 'GET', path: '/sessions/whoami', schema: z.unknown() });
      return serverNowOf(http, address);
    },
    signOut: async () => endSession(senders, await tokens.accessToken()),
  };
}
