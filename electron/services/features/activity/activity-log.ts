import type { ActivityEntry } from '../../../../shared/contract/activity.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import type { Log } from '../../ports.ts';
import type { AccountStateDeps } from '../../resources/account-state.ts';
import { freeSlot, segmentSize, type ActivityDocuments } from './activity-documents.ts';
import {
  countEntries,
  emptyHead,
  nextNumber,
  oldestNumber,
  trimmed,
  type ActivityHead,
  type Segment,
} from './activity-head.ts';

export interface ActivityLogDeps extends AccountStateDeps {
  readonly documents: ActivityDocuments;
  /** Entries kept for each account; 0 for none. */
  readonly limit: () => number;
  readonly log: Pick<Log, 'error'>;
}

interface NumberedEntry {
  readonly number: number;
  readonly entry: ActivityEntry;
}

export interface LogPage {
  /** Newest first. */
  readonly entries: readonly NumberedEntry[];
  /** Null where nothing is older. */
  readonly next: number | null;
  readonly total: number;
  readonly head: ActivityHead;
}

export interface LogQuery {
  /** Entries with smaller numbers alone; null for the newest. */
  readonly before: number | null;
  readonly limit: number;
  readonly matches: (entry: ActivityEntry) => boolean;
}

/** So many entries lie in the head before they go into a segment: each one written there writes them all. */
const maxNewest = 64;
/** Held in memory while nothing can be written. */
const maxUnwritten = 5_000;
/** Segments that one page looks through: a search of all goes on with the next page. */
const maxScanned = 40;

/** The entries of each account, sealed and only ever added to. One act of an account after another. */
export class ActivityLog {
  readonly #deps: ActivityLogDeps;
  readonly #queue = new SerialQueue();
  readonly #heads = new Map<string, ActivityHead>();
  /** By account the segments that the head on the disk names. */
  readonly #onDisk = new Map<string, readonly Segment[]>();
  /** What came while what is kept could not be opened. */
  readonly #waiting = new Map<string, ((head: ActivityHead) => ActivityHead)[]>();

  constructor(deps: ActivityLogDeps) {
    this.#deps = deps;
  }

  /**
   * Notes what a provider told or answered. Never fails: what cannot be written stays in memory and is written with the
   * next, and the person is told of the disk elsewhere.
   */
  note(accountId: string, change: (head: ActivityHead) => ActivityHead): Promise<void> {
    return this.#queue
      .run(accountId, () => this.#note(accountId, change))
      .catch((error: unknown) => {
        this.#deps.log.error('activity not noted', error);
      });
  }

  /** Errors: AppError storage-fault, key-store-unavailable. */
  head(accountId: string): Promise<ActivityHead> {
    return this.#queue.run(accountId, () => this.#load(accountId));
  }

  /** What the person asks for is kept, or it is an error. Errors: AppError storage-fault, key-store-unavailable. */
  change(accountId: string, change: (head: ActivityHead) => ActivityHead): Promise<ActivityHead> {
    return this.#queue.run(accountId, async () => {
      const head = await this.#load(accountId);
      const next = change(head);
      return next === head ? head : this.#write(accountId, next);
    });
  }

  /** Errors: AppError storage-fault, key-store-unavailable. */
  page(accountId: string, query: LogQuery): Promise<LogPage> {
    return this.#queue.run(accountId, () => this.#page(accountId, query));
  }

  /** All that is kept, oldest first, a segment at a time. Errors: as page. */
  async *all(accountId: string): AsyncGenerator<readonly ActivityEntry[]> {
    const head = await this.head(accountId);
    const oldest = oldestNumber(head, this.#deps.limit());
    for (const segment of head.segments) {
      const entries = await this.#queue.run(accountId, () => this.#deps.documents.loadSegment(accountId, segment));
      yield (entries ?? []).slice(Math.max(0, oldest - segment.first));
    }
    yield head.newest.slice(Math.max(0, oldest - head.first));
  }

  /** Deletes the entries; what was last read stays, so that the next comparison has something to compare with. */
  clear(accountId: string): Promise<void> {
    return this.#queue.run(accountId, async () => {
      const head = await this.#load(accountId);
      const next = nextNumber(head);
      await this.#write(accountId, { ...head, segments: [], first: next, newest: [], seenUpTo: next });
    });
  }

  /** Nothing of the account stays. Errors: AppError storage-fault, key-store-unavailable. */
  erase(accountId: string): Promise<void> {
    return this.#queue.run(accountId, async () => {
      this.#heads.delete(accountId);
      this.#onDisk.delete(accountId);
      this.#waiting.delete(accountId);
      await this.#deps.documents.remove(accountId);
    });
  }

  /** What an import left that was cut off, or took the place of, goes. Errors: as erase. */
  tidy(accountId: string): Promise<void> {
    const { documents } = this.#deps;
    return this.#queue.run(accountId, async () => {
      const aside = await documents.aside(accountId);
      const { segments } = await this.#load(accountId);
      const used = new Set([...segments, ...(this.#onDisk.get(accountId) ?? [])].map(({ slot }) => slot));
      for (const slot of aside) if (!used.has(slot)) await documents.removeSegment(accountId, slot);
      await documents.setAside(accountId, []);
    });
  }

  /** Another limit counts from now on. Errors: AppError storage-fault, key-store-unavailable. */
  async applyLimit(accountId: string): Promise<void> {
    if (this.#deps.limit() === 0) return this.erase(accountId);
    await this.#queue.run(accountId, async () => {
      const head = await this.#load(accountId);
      if (countEntries(head, Infinity) > this.#deps.limit()) await this.#write(accountId, head);
    });
  }

  /** Once everything that was noted so far is written. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  async #note(accountId: string, change: (head: ActivityHead) => ActivityHead): Promise<void> {
    if (!(await this.#deps.isKnown(accountId))) return;
    const waiting = [...(this.#waiting.get(accountId) ?? []), change];
    const head = await this.#load(accountId).catch(ignoreAppError);
    if (!head) return void this.#waiting.set(accountId, waiting.slice(-maxNewest));
    this.#waiting.delete(accountId);
    const next = waiting.reduce((now, apply) => apply(now), head);
    if (next === head) return;
    this.#heads.set(accountId, trimmed(next, this.#deps.limit()));
    await this.#deps.tolerate(async () => {
      await this.#write(accountId, next);
      return this.#deps.limit() > 0;
    });
    this.#dropUnwritten(accountId);
  }

  async #load(accountId: string): Promise<ActivityHead> {
    const known = this.#heads.get(accountId);
    if (known) return known;
    const head = (this.#deps.limit() > 0 && (await this.#deps.documents.load(accountId))) || emptyHead;
    this.#heads.set(accountId, head);
    this.#onDisk.set(accountId, head.segments);
    return head;
  }

  /** Durable once resolved; of no account that is not known (any more), and with a limit of 0 in memory alone. */
  async #write(accountId: string, head: ActivityHead): Promise<ActivityHead> {
    const { documents, limit, isKnown } = this.#deps;
    if (!(await isKnown(accountId))) return head;
    const before = this.#onDisk.get(accountId) ?? [];
    const most = limit();
    if (most === 0) {
      const bare = trimmed(head, 0);
      this.#heads.set(accountId, bare);
      return bare;
    }
    const next = await this.#fillSegments(accountId, trimmed(head, most));
    await documents.save(accountId, next);
    this.#heads.set(accountId, next);
    this.#onDisk.set(accountId, next.segments);
    const isGone = ({ slot }: Segment) => next.segments.every((each) => each.slot !== slot);
    for (const { slot } of before.filter(isGone)) await documents.removeSegment(accountId, slot);
    return next;
  }

  /** Moves what became too much for the head, a segment after the other. The head names them once it is written. */
  async #fillSegments(accountId: string, head: ActivityHead): Promise<ActivityHead> {
    let next = head;
    while (next.newest.length >= maxNewest) next = await this.#fillOne(accountId, next);
    return next;
  }

  async #fillOne(accountId: string, head: ActivityHead): Promise<ActivityHead> {
    const { documents } = this.#deps;
    const last = head.segments.at(-1);
    const isOpen = last !== undefined && last.count < segmentSize && last.first + last.count === head.first;
    const before = isOpen ? await documents.loadSegment(accountId, last) : undefined;
    const slot = before && last ? last.slot : this.#slotFor(accountId, head);
    const first = before && last ? last.first : head.first;
    const taken = head.newest.slice(0, segmentSize - (before?.length ?? 0));
    const entries = [...(before ?? []), ...taken];
    await documents.saveSegment(accountId, slot, first, entries);
    const others = before ? head.segments.slice(0, -1) : head.segments;
    return {
      ...head,
      segments: [...others, { slot, first, count: entries.length }],
      first: head.first + taken.length,
      newest: head.newest.slice(taken.length),
    };
  }

  /** Free in the new head and in the one on the disk, whose segments stay readable until the new one is written. */
  #slotFor(accountId: string, head: ActivityHead): number {
    return freeSlot({ segments: [...head.segments, ...(this.#onDisk.get(accountId) ?? [])] });
  }

  #dropUnwritten(accountId: string): void {
    const head = this.#heads.get(accountId);
    if (!head || head.newest.length <= maxUnwritten) return;
    const newest = head.newest.slice(-maxUnwritten);
    this.#heads.set(accountId, { ...head, newest, first: nextNumber(head) - newest.length });
  }

  async #page(accountId: string, { before, limit, matches }: LogQuery): Promise<LogPage> {
    const head = await this.#load(accountId);
    const most = this.#deps.limit();
    const oldest = oldestNumber(head, most);
    const found: NumberedEntry[] = [];
    let end = Math.min(before ?? Infinity, nextNumber(head));
    let scanned = 0;
    for (const part of [...this.#partsBefore(head, end)].toReversed()) {
      if (scanned >= maxScanned || found.length >= limit || end <= oldest) break;
      scanned += 1;
      const entries = part.entries ?? (await this.#deps.documents.loadSegment(accountId, part.segment)) ?? [];
      const from = Math.min(end, part.segment.first + entries.length) - 1;
      end = part.segment.first;
      for (let number = from; number >= Math.max(part.segment.first, oldest); number -= 1) {
        const entry = entries[number - part.segment.first];
        if (!entry || !matches(entry)) continue;
        found.push({ number, entry });
        if (found.length < limit) continue;
        end = number;
        break;
      }
    }
    return { entries: found, next: end > oldest ? end : null, total: countEntries(head, most), head };
  }

  #partsBefore(
    { segments, first, newest }: ActivityHead,
    end: number,
  ): { readonly segment: Segment; readonly entries?: readonly ActivityEntry[] }[] {
    const parts = [
      ...segments.map((segment) => ({ segment })),
      { segment: { slot: -1, first, count: newest.length }, entries: newest },
    ];
    return parts.filter(({ segment }) => segment.first < end);
  }
}

function ignoreAppError(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
}
