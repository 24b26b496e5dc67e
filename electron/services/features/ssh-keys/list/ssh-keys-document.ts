import type { SshKeysState } from '../../../provider/account-ssh-keys.ts';
import { createDocumentStore, type StateStore } from '../../../resources/account-state.ts';
import type { Reading } from '../../../resources/cached-resource.ts';
import { createAccountDocuments } from '../../../vault/account-documents.ts';
import type { SealedStorage } from '../../../vault/sealed-storage.ts';
import { sshKeysSpec } from '../ssh-keys.stored.ts';

/** Identity keys as last read from a provider; undefined before that. */
export type CachedSshKeys = Reading<SshKeysState> | undefined;

export function createSshKeysDocument(storage: SealedStorage): StateStore<CachedSshKeys> {
  const documents = createAccountDocuments(storage, sshKeysSpec);
  return {
    ...createDocumentStore<CachedSshKeys, NonNullable<Awaited<ReturnType<typeof documents.read>>>>(documents, {
      empty: undefined,
      toStored: (cached) => cached && { version: 1, takenAt: cached.takenAt, state: copyOf(cached.state) },
      fromStored: ({ takenAt, state }) => ({ source: 'cache', takenAt, state }),
    }),
    isOnlyAnswers: true,
  };
}

/** The store takes lists that could be changed. What new keys must be is asked for with each of them. */
function copyOf({ keys, usages, families: _families, ...state }: SshKeysState) {
  return { ...state, keys: [...keys], ...(usages && { usages: [...usages] }) };
}
