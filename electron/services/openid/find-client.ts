import { AppError } from '../../../shared/contract/errors.ts';
import type { IdentityClient } from '../provider/account-linked-accounts.ts';

/** Errors: AppError not-offered. */
export function findClient(clients: readonly IdentityClient[], issuer: string): IdentityClient {
  const client = clients.find((each) => each.issuer === issuer);
  if (!client) throw new AppError('not-offered');
  return client;
}
