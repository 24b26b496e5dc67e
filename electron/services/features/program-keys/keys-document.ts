import type * as z from 'zod';
import { createDocumentStore, type StateStore } from '../../resources/account-state.ts';
import type { Reading } from '../../resources/cached-resource.ts';
import { createAccountDocuments } from '../../vault/account-documents.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { noKeys, type KeysState } from './keys-state.ts';
import { keysSpec } from './keys.stored.ts';

type Stored = z.infer<typeof keysSpec.schema>;

/** Both kinds of keys lie in one document, so that one write can change them and their rotation together. */
export function createKeysDocument(storage: SealedStorage): StateStore<KeysState> {
  const documents = createAccountDocuments(storage, keysSpec);
  return createDocumentStore<KeysState, Stored>(documents, { empty: noKeys, toStored, fromStored });
}

function toStored({ apiKey, accessKeys, ownEnds, reminded, lost, rotation }: KeysState): Stored {
  return {
    version: 1,
    apiKey: apiKey ? { takenAt: apiKey.takenAt, state: { ...apiKey.state, offers: [...apiKey.state.offers] } } : null,
    accessKeys: accessKeys
      ? {
          takenAt: accessKeys.takenAt,
          state: { ...accessKeys.state, offers: [...accessKeys.state.offers], keys: [...accessKeys.state.keys] },
        }
      : null,
    ownEnds: [...ownEnds],
    reminded: [...reminded],
    lost,
    rotation,
  };
}

function fromStored({ apiKey, accessKeys, ownEnds, reminded, lost = noKeys.lost, rotation }: Stored): KeysState {
  return {
    apiKey: asCached(apiKey),
    accessKeys: asCached(accessKeys),
    ownEnds: new Map(ownEnds),
    reminded: new Map(reminded),
    lost,
    rotation,
  };
}

function asCached<S>(stored: { readonly takenAt: string; readonly state: S } | null): Reading<S> | undefined {
  return stored ? { source: 'cache', ...stored } : undefined;
}
