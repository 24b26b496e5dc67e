import type { Emit } from '../../../../shared/contract/index.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { AccountState, type AccountStateDeps } from '../../resources/account-state.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createProfileCache, createProfileStore } from './profile-cache.ts';
import { ProfileService, type ProfileDeps } from './profile.service.ts';

export interface CreateProfileDeps extends AccountStateDeps, Omit<ProfileDeps, 'states' | 'requireProof' | 'onRead'> {
  readonly storage: SealedStorage;
  readonly reauth: { require(accountId: string): Promise<void> };
  readonly events: ServiceEmitter;
  readonly emit: Emit<'profile.changed'>;
}

/** Told to the screens and to the other services whenever it was read. */
export function createProfile(deps: CreateProfileDeps): ProfileService {
  const { storage, reauth, events, emit } = deps;
  const states = new AccountState(deps, createProfileStore(createProfileCache(storage)));
  const profile = new ProfileService({
    ...deps,
    states,
    requireProof: (accountId) => reauth.require(accountId),
    async onRead(snapshot) {
      emit('profile.changed', snapshot);
      await events.emit('profile-read', snapshot);
    },
  });
  events.on('session-ended', ({ accountId }) => profile.clear(accountId));
  events.on('signed-in', ({ accountId, profile: reading }) => profile.acceptReading(accountId, reading));
  events.on('forgotten', ({ accountId }) => states.erase(accountId));
  return profile;
}
