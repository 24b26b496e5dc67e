import type { FastifyRequest } from 'fastify';
import type { AccessKeysStore } from '../features/access-keys/access-keys.store.ts';
import type { ApiKeyStore } from '../features/api-key/api-key.store.ts';
import type { AccountsStore } from '../features/profile/accounts.store.ts';
import { keyOf } from '../features/profile/identifier-key.ts';
import { Problem } from './problem.ts';

export interface KeyHolderParts {
  readonly apiKeys: ApiKeyStore;
  readonly accessKeys: AccessKeysStore;
  readonly accounts: AccountsStore;
  /** An API key is also taken as the password of the person's e-mail (RFC 7617). */
  readonly acceptsBasic: boolean;
}

/**
 * The account whose API key, or access key's token, a request shows; undefined if it shows none.
 * Errors: Problem key-refused.
 */
export type FindKeyHolder = (request: FastifyRequest) => string | undefined;

export function createFindKeyHolder({ apiKeys, accessKeys, accounts, acceptsBasic }: KeyHolderParts): FindKeyHolder {
  function holderOf(typed: string): string {
    const holder = typed.startsWith('pdt_') ? accessKeys.findHolder(typed) : apiKeys.findHolder(typed);
    if (holder === undefined) throw new Problem('key-refused');
    return holder;
  }
  return ({ headers: { authorization = '' } }) => {
    const shown = /^Bearer +(pd[kt]_\w+)$/i.exec(authorization)?.[1];
    if (shown !== undefined) return holderOf(shown);
    const pair = acceptsBasic ? /^Basic +([\w+/]+=*)$/i.exec(authorization)?.[1] : undefined;
    if (pair === undefined) return undefined;
    const [, email = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(pair, 'base64').toString('utf8')) ?? [];
    const holder = holderOf(password);
    if (keyOf(email) !== keyOf(accounts.readContact(holder).email)) throw new Problem('key-refused');
    return holder;
  };
}
