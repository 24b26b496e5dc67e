import type { FastifyRequest } from 'fastify';
import type { ApiKeyStore } from '../features/api-key/api-key.store.ts';
import { keyOf, type AccountsStore } from '../features/profile/accounts.store.ts';
import { Problem } from './problem.ts';

/** The account whose API key a request shows; undefined if it shows none. Errors: Problem key-refused. */
export type FindKeyHolder = (request: FastifyRequest) => string | undefined;

/** As a Bearer token; where `acceptsBasic`, also as the password of the person's e-mail (RFC 7617). */
export function createFindKeyHolder(apiKeys: ApiKeyStore, accounts: AccountsStore, acceptsBasic: boolean): FindKeyHolder {
  function holderOf(key: string): string {
    const holder = apiKeys.findHolder(key);
    if (holder === undefined) throw new Problem('key-refused');
    return holder;
  }
  return ({ headers: { authorization = '' } }) => {
    const key = /^Bearer +(pdk_\w+)$/i.exec(authorization)?.[1];
    if (key !== undefined) return holderOf(key);
    const pair = acceptsBasic ? /^Basic +([\w+/]+=*)$/i.exec(authorization)?.[1] : undefined;
    if (pair === undefined) return undefined;
    const [, email = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(pair, 'base64').toString('utf8')) ?? [];
    const holder = holderOf(password);
    if (keyOf(email) !== keyOf(accounts.readContact(holder).email)) throw new Problem('key-refused');
    return holder;
  };
}
