import { activityEntrySchema, type ActivityEntry } from '../../../../../shared/contract/activity.ts';
import type { PortablePart } from '../../../resources/portable-part.ts';
import type { SealedStorage } from '../../../vault/sealed-storage.ts';
import { createActivityDocuments, entriesFrom, type ActivityDocuments } from '../activity-documents.ts';
import { countEntries } from '../activity-head.ts';
import { MergedActivity } from './merged-activity.ts';

export interface PortableActivityDeps {
  readonly storage: SealedStorage;
  /** Entries kept for each account; 0 for none. */
  readonly limit: () => number;
}

/** What changed, and what the person did (X4): put in its place by time, each entry once. */
export function createPortableActivity({ storage, limit }: PortableActivityDeps): PortablePart<ActivityEntry> {
  const documents = createActivityDocuments(storage);
  return {
    name: 'activity',
    isStreamed: true,
    schema: activityEntrySchema,
    async count(accountId) {
      const head = await documents.load(accountId);
      return head ? countEntries(head, limit()) : 0;
    },
    records: (accountId) => entriesOf(documents, accountId),
    async compare(accountId) {
      const known = new Set<string>();
      for await (const { id } of entriesOf(documents, accountId)) known.add(id);
      // Who wants none here is given none.
      const keeps = limit() > 0;
      return { of: ({ id }) => ({ kind: !keeps || known.has(id) ? 'same' : 'fresh' }) };
    },
    gather: (accountId) => new MergedActivity(documents, accountId),
  };
}

/** Oldest first. */
async function* entriesOf(documents: ActivityDocuments, accountId: string): AsyncGenerator<ActivityEntry, void> {
  const head = await documents.load(accountId);
  if (head) yield* entriesFrom(documents, accountId, head, 0);
}
