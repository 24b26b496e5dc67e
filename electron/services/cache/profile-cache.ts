import type { ProfileSections } from '../providers/provider.ts';
import type { SealedDocument, SealedStorage } from '../vault/sealed-storage.ts';
import { storedProfileSchema, type StoredProfile } from './profile-cache.stored.ts';

export interface CacheEntry {
  /** RFC 3339: when the provider gave the sections. */
  readonly takenAt: string;
  readonly sections: ProfileSections;
}

/** The last profile seen of each connection, sealed (D5). */
export interface ProfileCache {
  /** Errors: AppError storage-fault, key-store-unavailable. */
  read(connectionId: string): Promise<CacheEntry | undefined>;
  /** Durable once resolved. Errors: AppError storage-fault, key-store-unavailable. */
  write(connectionId: string, entry: CacheEntry): Promise<void>;
  remove(connectionId: string): Promise<void>;
}

export function createProfileCache(storage: SealedStorage): ProfileCache {
  const documentOf = (connectionId: string): SealedDocument<StoredProfile> =>
    storage.document({
      name: `profile-${connectionId}.sealed`,
      what: 'profile',
      account: connectionId,
      version: 1,
      schema: storedProfileSchema,
    });
  return {
    async read(connectionId) {
      const stored = await documentOf(connectionId).read();
      return stored && fromStored(stored);
    },
    write: (connectionId, entry) => documentOf(connectionId).write(toStored(entry)),
    remove: (connectionId) => documentOf(connectionId).remove(),
  };
}

function toStored({ takenAt, sections: { user, contact, avatar } }: CacheEntry): StoredProfile {
  return { version: 1, takenAt, user, contact, avatar };
}

function fromStored({ takenAt, user, contact, avatar }: StoredProfile): CacheEntry {
  return { takenAt, sections: { user, contact, avatar } };
}
