import { AppError } from '../../../shared/contract/errors.ts';
import type { IdentityClient } from './identity-client.ts';

/** Errors: AppError not-offered. */
export function findClient(clients: readonly IdentityClient[], issuer: string): IdentityClient {
  const client = clients.find((each) => each.issuer === issuer);
  if (!client) throw new AppError('not-offered');
  return client;
}
