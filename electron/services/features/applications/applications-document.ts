import type * as z from 'zod';
import type { ApplicationFacts } from '../../provider/account-applications.ts';
import { createDocumentStore, type StateStore } from '../../resources/account-state.ts';
import type { Reading } from '../../resources/cached-resource.ts';
import { createAccountDocuments } from '../../vault/account-documents.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { applicationsSpec } from './applications.stored.ts';

/** Applications as last read from a provider; undefined before that. */
export type CachedApplications = Reading<readonly ApplicationFacts[]> | undefined;

export function createApplicationsDocument(storage: SealedStorage): StateStore<CachedApplications> {
  const documents = createAccountDocuments(storage, applicationsSpec);
  return {
    ...createDocumentStore<CachedApplications, z.infer<typeof applicationsSpec.schema>>(documents, {
      empty: undefined,
      toStored: (cached) =>
        cached && {
          version: 1,
          takenAt: cached.takenAt,
          applications: cached.state.map((each) => ({ ...each, grants: [...each.grants] })),
        },
      fromStored: ({ takenAt, applications }) => ({ source: 'cache', takenAt, state: applications }),
    }),
    isOnlyAnswers: true,
  };
}
