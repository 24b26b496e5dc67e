import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { DiscoveredProvider } from '../../../openid/authorization.ts';
import type { ProviderAccount } from '../../provider.ts';
import type { TokenSource } from '../../tokens.ts';
import type { Senders } from '../http/senders.ts';

const path = '/personal_access_tokens/self';

/** What stands in for the person at the service: a token that they pasted, or what they granted there. */
export function createGitlabOwnToken(
  { send }: Pick<Senders, 'send'>,
  tokens: Pick<TokenSource, 'accessToken'>,
  server: (() => Promise<Pick<DiscoveredProvider, 'revoke'>>) | undefined,
): Pick<ProviderAccount, 'signOut' | 'revokeToken'> {
  return {
    // The token that renews it is of the same row there, and goes with it.
    async signOut() {
      if (server) await (await server()).revoke(await tokens.accessToken());
    },
    async revokeToken() {
      if (server) throw new AppError('not-offered');
      await send({ method: 'DELETE', path, schema: z.unknown() }).catch((error: unknown) => {
        // Before 15.0 it was known by its number alone, and below 15.4 only to who may do everything.
        throw error instanceof AppError && error.code === 'not-found' ? new AppError('not-offered') : error;
      });
    },
  };
}
