import type * as z from 'zod';
import { draftEditSchema, type KeptDraft } from '../../../../shared/contract/drafts.ts';
import type { StateStore } from '../../resources/account-state.ts';
import { createAccountDocuments } from '../../vault/account-documents.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { draftSpec } from './drafts.stored.ts';

/** One sealed document for each account that has a draft: without one there is no file. */
export function createDraftsDocument(storage: SealedStorage): StateStore<KeptDraft> {
  const documents = createAccountDocuments(storage, draftSpec);
  return {
    empty: { edits: [], savedAt: null },
    async load(accountId) {
      const stored = await documents.read(accountId);
      return stored && fromStored(stored);
    },
    async save(accountId, { edits, savedAt }) {
      if (savedAt === null) await documents.remove(accountId);
      else await documents.write(accountId, { version: 1, savedAt, edits });
      return true;
    },
    remove: documents.remove,
  };
}

/** What no screen could name is left out; it stays on the disk until the draft is changed or discarded. */
function fromStored({ savedAt, edits }: z.infer<typeof draftSpec.schema>): KeptDraft {
  return { savedAt, edits: edits.flatMap((edit) => draftEditSchema.safeParse(edit).data ?? []) };
}
