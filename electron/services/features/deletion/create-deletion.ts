import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ConnectionRegistry } from '../../accounts/connection-registry.ts';
import { createDeletionService, type DeletionOptions } from './deletion.service.ts';

export interface DeletionParts extends Omit<DeletionOptions, 'parts' | 'providerName'> {
  readonly registry: Pick<ConnectionRegistry, 'get'>;
  /** What goes into an export is what the screens are given. */
  readonly handlers: Pick<
    Handlers<AppContract>,
    'profile' | 'sessions' | 'mfa' | 'apiKey' | 'accessKeys' | 'identities' | 'identityKeys'
  >;
}

/** Wires together the end of an account and the copy to take along. */
export function createDeletion({ registry, handlers, ...rest }: DeletionParts): Handlers<AppContract>['deletion'] {
  const { profile, sessions, mfa, apiKey, accessKeys, identities, identityKeys } = handlers;
  return createDeletionService({
    ...rest,
    providerName: async (connectionId) => (await registry.get(connectionId)).providerName,
    parts: {
      profile: (connectionId) => profile.get({ connectionId, from: 'provider' }),
      sessions: (connectionId) => sessions.list({ connectionId, from: 'provider' }),
      mfa: (connectionId) => mfa.status({ connectionId }),
      apiKey: (connectionId) => apiKey.get({ connectionId, from: 'provider' }),
      accessKeys: (connectionId) => accessKeys.list({ connectionId, from: 'provider' }),
      identities: (connectionId) => identities.get({ connectionId }),
      identityKeys: (connectionId) => identityKeys.list({ connectionId, from: 'provider' }),
    },
  });
}
