import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { AccountRegistry } from '../../accounts/account-registry.ts';
import { createDeletionService, type DeletionDeps } from './deletion.service.ts';

export interface CreateDeletionDeps extends Omit<DeletionDeps, 'parts' | 'providerName'> {
  readonly registry: Pick<AccountRegistry, 'get'>;
  /** What goes into an export is what the screens are given. */
  readonly handlers: Pick<
    Handlers<AppContract>,
    'profile' | 'emails' | 'sessions' | 'mfa' | 'apiKey' | 'accessKeys' | 'linkedAccounts' | 'applications' | 'sshKeys'
  >;
}

/** Wires together the end of an account and the copy to take along. */
export function createDeletion({ registry, handlers, ...rest }: CreateDeletionDeps): Handlers<AppContract>['deletion'] {
  const { profile, emails, sessions, mfa, apiKey, accessKeys, linkedAccounts, applications, sshKeys } = handlers;
  return createDeletionService({
    ...rest,
    providerName: async (accountId) => (await registry.get(accountId)).providerName,
    parts: {
      profile: (accountId) => profile.get({ accountId, from: 'provider' }),
      emails: (accountId) => emails.list({ accountId, from: 'provider' }),
      sessions: (accountId) => sessions.list({ accountId, from: 'provider' }),
      mfa: (accountId) => mfa.status({ accountId }),
      apiKey: (accountId) => apiKey.get({ accountId, from: 'provider' }),
      accessKeys: (accountId) => accessKeys.list({ accountId, from: 'provider' }),
      linkedAccounts: (accountId) => linkedAccounts.get({ accountId }),
      applications: (accountId) => applications.list({ accountId, from: 'provider' }),
      sshKeys: (accountId) => sshKeys.list({ accountId, from: 'provider' }),
    },
  });
}
