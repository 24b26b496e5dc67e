import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { AccountState, type AccountStateParts } from '../../resources/account-state.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createProfileCache, createProfileStore } from './profile-cache.ts';
import { ProfileService, type ProfileOptions } from './profile.service.ts';

export interface ProfileParts extends AccountStateParts, Omit<ProfileOptions, 'kept' | 'requireProof' | 'onRead'> {
  readonly storage: SealedStorage;
  readonly reauth: { require(connectionId: string): Promise<void> };
  readonly events: ServiceEmitter;
  readonly emit: (channel: 'profile.changed', payload: ProfileSnapshot) => void;
}

/** Told to the screens and to the other services whenever it was read. */
export function createProfile(parts: ProfileParts): ProfileService {
  const { storage, reauth, events, emit } = parts;
  const kept = new AccountState(parts, createProfileStore(createProfileCache(storage)));
  const profile = new ProfileService({
    ...parts,
    kept,
    requireProof: (connectionId) => reauth.require(connectionId),
    async onRead(snapshot) {
      emit('profile.changed', snapshot);
      await events.emit('profile-read', snapshot);
    },
  });
  events.on('session-ended', ({ connectionId }) => profile.drop(connectionId));
  events.on('admitted', ({ connectionId, profile: reading }) => profile.admit(connectionId, reading));
  events.on('forgotten', ({ connectionId }) => kept.forget(connectionId));
  return profile;
}
