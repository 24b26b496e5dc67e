import { createConnectionDocuments, type ConnectionDocuments } from '../connections/connection-documents.ts';
import type { ProfileSections } from '../providers/provider.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { storedProfileSchema, type StoredProfile } from './profile-cache.stored.ts';

export interface CacheEntry {
  /** RFC 3339: when the provider gave the sections. */
  readonly takenAt: string;
  readonly sections: ProfileSections;
}

/** The last profile seen of each connection (D5). */
export type ProfileCache = ConnectionDocuments<CacheEntry>;

export function createProfileCache(storage: SealedStorage): ProfileCache {
  const documents = createConnectionDocuments(storage, { prefix: 'profile', what: 'profile', version: 1, schema: storedProfileSchema });
  return {
    async read(connectionId) {
      const stored = await documents.read(connectionId);
      return stored && fromStored(stored);
    },
    write: (connectionId, entry) => documents.write(connectionId, toStored(entry)),
    remove: documents.remove,
  };
}

function toStored({ takenAt, sections: { user, contact, avatar } }: CacheEntry): StoredProfile {
  return { version: 1, takenAt, user, contact, avatar };
}

function fromStored({ takenAt, user, contact, avatar }: StoredProfile): CacheEntry {
  return { takenAt, sections: { user, contact, avatar } };
}
