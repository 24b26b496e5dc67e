import type { ActivityEntry } from '../../../../shared/contract/activity.ts';
import { createAccountDocuments } from '../../vault/account-documents.ts';
import type { DocumentChange, SealedStorage } from '../../vault/sealed-storage.ts';
import { nextNumber, type ActivityHead, type Item, type Segment } from './activity-head.ts';
import { activityAsideSpec, activitySegmentSpec, activitySpec, type StoredHead } from './activity.stored.ts';

/** Entries in one segment. Sealed it has some 100 KB. */
export const segmentSize = 512;
/** Segments of one account at most: those of the largest limit, and as many while others take their place. */
export const maxSlots = 2 * (Math.ceil(100_000 / segmentSize) + 1);

/** Where the activity of an account lies, sealed. Errors: AppError storage-fault, key-store-unavailable. */
export interface ActivityDocuments {
  /** Undefined if there is none. One that was damaged is made anew of the segments, with no reading. */
  load(accountId: string): Promise<ActivityHead | undefined>;
  save(accountId: string, head: ActivityHead): Promise<void>;
  /** The same write of a head, to be made together with others. */
  change(accountId: string, head: ActivityHead): DocumentChange;
  /** Undefined for one that was damaged or taken away: the person was told. */
  loadSegment(accountId: string, segment: Segment): Promise<readonly ActivityEntry[] | undefined>;
  saveSegment(accountId: string, slot: number, first: number, entries: readonly ActivityEntry[]): Promise<void>;
  removeSegment(accountId: string, slot: number): Promise<void>;
  /** Slots of which a head that is made anew is to know nothing: what lies there is an import's, or was replaced by it. */
  aside(accountId: string): Promise<readonly number[]>;
  setAside(accountId: string, slots: readonly number[]): Promise<void>;
  /** The same write of them, to be made together with others. */
  changeAside(accountId: string, slots: readonly number[]): DocumentChange;
  /** Everything of the account, also what no head names. */
  remove(accountId: string): Promise<void>;
}

/** One head, and the entries that fill segments each in a document of their own: none is written a second time. */
export function createActivityDocuments(storage: Pick<SealedStorage, 'document'>): ActivityDocuments {
  const heads = createAccountDocuments(storage, activitySpec);
  const asides = createAccountDocuments(storage, activityAsideSpec);
  const segmentsOf = (slot: number) => {
    const spec = { ...activitySegmentSpec, prefix: `activity-${String(slot)}` };
    return createAccountDocuments(storage, spec);
  };

  const asideOf = async (accountId: string) => (await asides.read(accountId))?.slots ?? [];

  async function findSegments(accountId: string): Promise<Segment[]> {
    const found: Segment[] = [];
    const aside = new Set(await asideOf(accountId));
    // Past gaps too: what was there first may be gone.
    for (let slot = 0; slot < maxSlots; slot += 1) {
      if (aside.has(slot)) continue;
      const stored = await segmentsOf(slot).read(accountId);
      if (stored) found.push({ slot, first: stored.first, count: stored.entries.length });
    }
    return withoutOverlap(found.toSorted((a, b) => a.first - b.first));
  }

  return {
    async load(accountId) {
      const stored = await heads.read(accountId);
      if (stored) return fromStored(stored);
      const segments = await findSegments(accountId);
      const last = segments.at(-1);
      if (!last) return undefined;
      const first = last.first + last.count;
      return { segments, first, newest: [], seenUpTo: first, readings: new Map(), expected: [] };
    },
    save: (accountId, head) => heads.write(accountId, toStored(head)),
    change: (accountId, head) => heads.change(accountId, toStored(head)),
    async loadSegment(accountId, { slot, first, count }) {
      const stored = await segmentsOf(slot).read(accountId);
      // After a crash it may hold more than the head knows of, which the head has too.
      return stored?.first === first ? stored.entries.slice(0, count) : undefined;
    },
    saveSegment: (accountId, slot, first, entries) =>
      segmentsOf(slot).write(accountId, { version: 1, first, entries: [...entries] }),
    removeSegment: (accountId, slot) => segmentsOf(slot).remove(accountId),
    aside: asideOf,
    setAside: (accountId, slots) =>
      slots.length === 0 ? asides.remove(accountId) : asides.write(accountId, { version: 1, slots: [...slots] }),
    changeAside: (accountId, slots) => asides.change(accountId, { version: 1, slots: [...slots] }),
    async remove(accountId) {
      for (let slot = 0; slot < maxSlots; slot += 1) await segmentsOf(slot).remove(accountId);
      await asides.remove(accountId);
      await heads.remove(accountId);
    },
  };
}

/** The entries from a number on, oldest first; of a segment that was lost, none. */
export async function* entriesFrom(
  documents: Pick<ActivityDocuments, 'loadSegment'>,
  accountId: string,
  head: ActivityHead,
  from: number,
): AsyncGenerator<ActivityEntry, void> {
  for (const segment of head.segments) {
    if (segment.first + segment.count <= from) continue;
    yield* ((await documents.loadSegment(accountId, segment)) ?? []).slice(Math.max(0, from - segment.first));
  }
  yield* head.newest.slice(Math.max(0, from - head.first));
}

/** The first slot that holds nothing of this head. */
export function freeSlot({ segments }: Pick<ActivityHead, 'segments'>): number {
  const taken = new Set(segments.map(({ slot }) => slot));
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  return slot;
}

/** One that a crash left behind may hold what another one has too: that is as good as its later one says. */
function withoutOverlap(segments: readonly Segment[]): Segment[] {
  return segments.flatMap((segment, index) => {
    const end = segments[index + 1]?.first ?? Infinity;
    const count = Math.min(segment.count, end - segment.first);
    return count > 0 ? [{ ...segment, count }] : [];
  });
}

function toStored(head: ActivityHead): StoredHead {
  const { segments, first, newest, seenUpTo, readings, expected } = head;
  return {
    version: 1,
    segments: [...segments],
    first,
    newest: [...newest],
    seenUpTo: Math.min(seenUpTo, nextNumber(head)),
    readings: [...readings.values()].map((reading) => ({ ...reading, items: reading.items.map(toStoredItem) })),
    expected: expected.map(({ ids, ...rest }) => ({ ...rest, ...(ids && { ids: [...ids] }) })),
  };
}

function toStoredItem({ facts, labels, ...item }: Item): StoredHead['readings'][number]['items'][number] {
  return { ...item, facts: [...facts], ...(labels && { labels: [...labels] }) };
}

function fromStored({ version: _version, readings, ...head }: StoredHead): ActivityHead {
  return {
    ...head,
    readings: new Map(
      readings.map(({ area, items, ...reading }) => [
        area,
        {
          ...reading,
          area,
          items: items.map(({ facts, labels, ...item }) => ({
            ...item,
            facts: new Map(facts),
            labels: labels && new Map(labels),
          })),
        },
      ]),
    ),
  };
}
