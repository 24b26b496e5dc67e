import type { FastifyRequest } from 'fastify';
import type { AccountsStore } from '../accounts/accounts.store.ts';
import { keyOf } from '../accounts/identifier-key.ts';
import { Problem } from '../http/problem.ts';

interface TokenHolders {
  /** The account that a key or token stands for; undefined if it is unknown or at its end. */
  findHolder(token: string): string | undefined;
}

export interface KeyHolderDeps {
  readonly apiKeys: TokenHolders;
  readonly accessKeys: TokenHolders;
  readonly accounts: AccountsStore;
  /** An API key is also taken as the password of the person's e-mail (RFC 7617). */
  readonly acceptsBasic: boolean;
}

/**
 * The account whose API key, or access key's token, a request shows; undefined if it shows none.
 * Errors: Problem key-refused.
 */
export type FindKeyHolder = (request: FastifyRequest) => string | undefined;

export function createFindKeyHolder({ apiKeys, accessKeys, accounts, acceptsBasic }: KeyHolderDeps): FindKeyHolder {
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
