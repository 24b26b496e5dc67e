import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ProviderAccount } from '../../provider.ts';
import type { Senders } from '../http/senders.ts';

const path = '/personal_access_tokens/self';

/** The token that the person pasted, at the service. */
export function createGitlabOwnToken({
  send,
}: Pick<Senders, 'send'>): Pick<ProviderAccount, 'signOut' | 'revokeToken'> {
  return {
    signOut: () => Promise.resolve(),
    async revokeToken() {
      await send({ method: 'DELETE', path, schema: z.unknown() }).catch((error: unknown) => {
        // Before 15.0 it was known by its number alone, and below 15.4 only to who may do everything.
        throw error instanceof AppError && error.code === 'not-found' ? new AppError('not-offered') : error;
      });
    },
  };
}
