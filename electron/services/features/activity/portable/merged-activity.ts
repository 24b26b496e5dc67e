import type { ActivityEntry } from '../../../../../shared/contract/activity.ts';
import type { Gathering } from '../../../resources/portable-part.ts';
import type { DocumentChange, SealedStorage } from '../../../vault/sealed-storage.ts';
import {
  createActivityDocuments,
  entriesFrom,
  maxSlots,
  segmentSize,
  type ActivityDocuments,
} from '../activity-documents.ts';
import { emptyHead, nextNumber, type ActivityHead, type Segment } from '../activity-head.ts';

/** As many as the largest limit fills: older ones go first. */
const maxSegments = maxSlots / 2 - 1;

/**
 * The entries of an account with those of a file, by time. Whole segments are written as they fill, beside those that
 * are there: no head names them before all is taken over, so at no time is more than a few segments in memory.
 */
export class MergedActivity implements Gathering<ActivityEntry> {
  readonly #documents: ActivityDocuments;
  readonly #accountId: string;
  #base: ActivityHead = emptyHead;
  #own: AsyncIterator<ActivityEntry> | undefined;
  #next: ActivityEntry | undefined;
  #segments: Segment[] = [];
  /** Slots for what is laid ready, the next one first. */
  #free: number[] = [];
  /** As an earlier import left it. */
  #asideBefore: readonly number[] = [];
  /** Of what is replaced once all is taken over. */
  #replaced: readonly number[] = [];
  #newest: ActivityEntry[] = [];
  #first = 0;

  constructor(documents: ActivityDocuments, accountId: string) {
    this.#documents = documents;
    this.#accountId = accountId;
  }

  async take(entry: ActivityEntry): Promise<void> {
    if (!this.#own) await this.#begin();
    await this.#takeOwn(({ at }) => at <= entry.at);
    await this.#append(this.#documents, entry);
  }

  async changes(storage: Pick<SealedStorage, 'document'>): Promise<readonly DocumentChange[]> {
    if (!this.#own) return [];
    await this.#takeOwn(() => true);
    const documents = createActivityDocuments(storage);
    const now = (await documents.load(this.#accountId)) ?? emptyHead;
    for await (const entry of entriesFrom(documents, this.#accountId, now, nextNumber(this.#base)))
      await this.#append(documents, entry);
    const head = { ...now, segments: this.#segments, first: this.#first, newest: this.#newest };
    const used = new Set(slotsOf(this.#segments));
    const before = [...slotsOf(this.#base.segments), ...slotsOf(now.segments), ...this.#asideBefore];
    this.#replaced = [...new Set(before)].filter((slot) => !used.has(slot));
    return [
      documents.change(this.#accountId, { ...head, seenUpTo: nextNumber(head) }),
      documents.changeAside(this.#accountId, this.#replaced),
    ];
  }

  async written(storage: Pick<SealedStorage, 'document'>): Promise<void> {
    if (this.#own) await this.#remove(createActivityDocuments(storage), this.#replaced, []);
  }

  async drop(storage: Pick<SealedStorage, 'document'>): Promise<void> {
    if (this.#own) await this.#remove(createActivityDocuments(storage), slotsOf(this.#segments), this.#asideBefore);
  }

  async #begin(): Promise<void> {
    this.#base = (await this.#documents.load(this.#accountId)) ?? emptyHead;
    this.#first = nextNumber(this.#base);
    const taken = new Set(slotsOf(this.#base.segments));
    // From the far end, since what is noted meanwhile takes them from the first on; never one of what is here.
    this.#free = allSlots.filter((slot) => !taken.has(slot)).slice(0, maxSegments);
    this.#asideBefore = (await this.#documents.aside(this.#accountId)).filter((slot) => !taken.has(slot));
    await this.#documents.setAside(this.#accountId, [...new Set([...this.#asideBefore, ...this.#free])]);
    this.#own = entriesFrom(this.#documents, this.#accountId, this.#base, 0);
    await this.#advance();
  }

  async #advance(): Promise<void> {
    const { value, done } = (await this.#own?.next()) ?? { done: true, value: undefined };
    this.#next = done ? undefined : value;
  }

  async #takeOwn(isTurn: (entry: ActivityEntry) => boolean): Promise<void> {
    for (let own = this.#next; own && isTurn(own); own = this.#next) {
      await this.#append(this.#documents, own);
      await this.#advance();
    }
  }

  async #append(documents: ActivityDocuments, entry: ActivityEntry): Promise<void> {
    this.#newest.push(entry);
    if (this.#newest.length < segmentSize) return;
    const oldest = this.#segments.length >= maxSegments ? this.#segments.shift() : undefined;
    const slot = oldest?.slot ?? this.#free.shift();
    if (slot === undefined) throw new Error('more is here than any limit keeps');
    await documents.saveSegment(this.#accountId, slot, this.#first, this.#newest);
    this.#segments.push({ slot, first: this.#first, count: this.#newest.length });
    this.#first += this.#newest.length;
    this.#newest = [];
  }

  /** `aside`: what is not to be looked at after it. */
  async #remove(documents: ActivityDocuments, slots: readonly number[], aside: readonly number[]): Promise<void> {
    for (const slot of slots) await documents.removeSegment(this.#accountId, slot);
    await documents.setAside(this.#accountId, aside);
  }
}

/** From the far end. */
const allSlots = Array.from({ length: maxSlots }, (_, n) => maxSlots - 1 - n);

function slotsOf(segments: readonly Segment[]): number[] {
  return segments.map(({ slot }) => slot);
}
