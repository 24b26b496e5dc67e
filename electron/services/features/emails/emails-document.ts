import type * as z from 'zod';
import type { EmailsState } from '../../provider/account-emails.ts';
import { createDocumentStore, type StateStore } from '../../resources/account-state.ts';
import type { Reading } from '../../resources/cached-resource.ts';
import { createAccountDocuments } from '../../vault/account-documents.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { emailsSpec } from './emails.stored.ts';

/** E-mail addresses as last read from a provider; undefined before that. */
export type CachedEmails = Reading<EmailsState> | undefined;

export function createEmailsDocument(storage: SealedStorage): StateStore<CachedEmails> {
  const documents = createAccountDocuments(storage, emailsSpec);
  return {
    ...createDocumentStore<CachedEmails, z.infer<typeof emailsSpec.schema>>(documents, {
      empty: undefined,
      toStored: (cached) =>
        cached && { version: 1, takenAt: cached.takenAt, state: { ...cached.state, emails: [...cached.state.emails] } },
      fromStored: ({ takenAt, state }) => ({ source: 'cache', takenAt, state }),
    }),
    isOnlyAnswers: true,
  };
}
