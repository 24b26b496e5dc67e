import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { readPages } from './http/paging.ts';
import { readPerson } from './person.ts';
import type { Senders } from './http/senders.ts';

const remoteTokenSchema = z.object({ id: z.int().positive(), token_last_eight: z.string().max(40) });

/** What stands in for the person at the service: a token that they pasted, or what they granted there. */
export function createGiteaOwnToken(
  { send, asBasic }: Pick<Senders, 'send' | 'asBasic'>,
  tokens: Pick<TokenSource, 'accessToken' | 'refreshToken'>,
): Pick<ProviderAccount, 'signOut' | 'revokeToken'> {
  /** Before 1.27 it is known by its end alone. */
  async function revokeListed(): Promise<void> {
    const { login } = await readPerson(send);
    const path = `/users/${encodeURIComponent(login)}/tokens`;
    const end = (await tokens.accessToken()).slice(-8);
    const all = await readPages({ send: asBasic(login), path, schema: remoteTokenSchema });
    const [own, ...others] = all.filter(({ token_last_eight: lastEight }) => lastEight === end);
    if (!own || others.length > 0) throw new AppError('not-found');
    await asBasic(login)({ method: 'DELETE', path: `${path}/${own.id}`, schema: z.unknown() });
  }

  return {
    async signOut() {
      // What the person granted on its page goes on until its end: no route takes it back.
      if (tokens.refreshToken) throw new AppError('not-offered');
    },
    async revokeToken() {
      try {
        await send({ method: 'DELETE', path: '/token', schema: z.unknown() });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'not-offered') throw error;
        await revokeListed();
      }
    },
  };
}
