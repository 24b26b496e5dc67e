import { createAccountDocuments, type AccountDocuments } from '../../vault/account-documents.ts';
import { absentMore, absentNotifications, absentWorkplace } from '../../provider/absent/absent-sections.ts';
import type { ProfileReading } from '../../provider/provider.ts';
import { createDocumentStore, type StateStore } from '../../resources/account-state.ts';
import type { Reading } from '../../resources/cached-resource.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { operationsOf } from './to-offers.ts';
import { latestVersion, profileSpec, type StoredProfile } from './profile-cache.stored.ts';

export interface CacheEntry extends ProfileReading {
  /** RFC 3339: when the provider gave it. */
  readonly takenAt: string;
}

/** As last read from the provider; undefined before that. */
export type CachedProfile = Reading<ProfileReading> | undefined;

/** The last profile seen of each account (D5). */
export type ProfileCache = Omit<AccountDocuments<CacheEntry>, 'change'>;

export function createProfileCache(storage: SealedStorage): ProfileCache {
  const documents = createAccountDocuments(storage, profileSpec);
  return {
    async read(accountId) {
      const stored = await documents.read(accountId);
      return stored && fromStored(stored);
    },
    write: (accountId, { takenAt, operations, sections }) =>
      documents.write(accountId, { version: latestVersion, takenAt, operations, ...sections }),
    remove: documents.remove,
  };
}

export function createProfileStore(cache: ProfileCache): StateStore<CachedProfile> {
  return {
    ...createDocumentStore<CachedProfile, CacheEntry>(cache, {
      empty: undefined,
      toStored: (cached) =>
        cached && { takenAt: cached.takenAt, operations: cached.state.operations, sections: cached.state.sections },
      fromStored: ({ takenAt, operations, sections }) => ({
        source: 'cache',
        takenAt,
        state: { operations, sections },
      }),
    }),
    isOnlyAnswers: true,
  };
}

/** An older app kept less: what it did not know counts as not there until the provider is asked again. */
function fromStored(stored: StoredProfile): CacheEntry {
  if (stored.version !== 1) {
    const { takenAt, user, workplace, notifications, contact, avatar } = stored;
    const operations = stored.version === 2 ? operationsOf(stored.offers) : stored.operations;
    const more = stored.version === latestVersion ? stored.more : absentMore;
    return { takenAt, operations, sections: { user, workplace, notifications, contact, avatar, more } };
  }
  const { takenAt, user, contact, avatar } = stored;
  const sections = {
    user: { ...user, choices: { role: [] } },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    contact,
    avatar,
    more: absentMore,
  };
  return { takenAt, operations: {}, sections };
}
