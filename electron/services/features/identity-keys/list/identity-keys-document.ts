import type { IdentityKeysState } from '../../../provider/account-identity-keys.ts';
import { createDocumentStore, type StateStore } from '../../../resources/account-state.ts';
import type { Reading } from '../../../resources/cached-resource.ts';
import { createConnectionDocuments } from '../../../vault/connection-documents.ts';
import type { SealedStorage } from '../../../vault/sealed-storage.ts';
import { storedIdentityKeysSchema } from '../identity-keys.stored.ts';

/** Identity keys as last read from a provider; undefined before that. */
export type KeptIdentityKeys = Reading<IdentityKeysState> | undefined;

export function createIdentityKeysDocument(storage: SealedStorage): StateStore<KeptIdentityKeys> {
  const documents = createConnectionDocuments(storage, {
    prefix: 'identity-keys',
    what: 'keys',
    version: 1,
    schema: storedIdentityKeysSchema,
  });
  return {
    ...createDocumentStore<KeptIdentityKeys, NonNullable<Awaited<ReturnType<typeof documents.read>>>>(documents, {
      empty: undefined,
      toStored: (kept) =>
        kept && { version: 1, takenAt: kept.takenAt, state: { ...kept.state, keys: [...kept.state.keys] } },
      fromStored: ({ takenAt, state }) => ({ source: 'cache', takenAt, state }),
    }),
    isOnlyAnswers: true,
  };
}
