import type { ActivityEntry, ActivityFilter } from '../../shared/contract/activity.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import { sampleActivity } from './sample-activity.ts';

export const activityContract = { activity: contract.activity };

type ActivityFrame = Pick<FakeFrame, 'answer'> & {
  emit(channel: 'activity.changed', payload: { accountId: string; newest: number }): void;
};

/** What was noted of an account, as the screens see it. */
export class FakeActivity {
  /** Oldest first. */
  entries: readonly ActivityEntry[] = sampleActivity();
  seenUpTo = this.entries.length - 2;
  comparedAt: string | null = new Date().toISOString();
  isWhole = true;
  savesTo: string | null = '/home/mara/activity.csv';
  /** What a look finds. */
  finds: readonly ActivityEntry[] = [];
  /** So many pages hold nothing, though there is more behind them. */
  emptyPages = 0;
  readonly #frame: ActivityFrame;

  constructor(frame: ActivityFrame) {
    this.#frame = frame;
  }

  add(accountId: string, ...entries: readonly ActivityEntry[]): void {
    this.entries = [...this.entries, ...entries];
    this.#frame.emit('activity.changed', { accountId, newest: this.entries.length });
  }

  #page(accountId: string, before: number | null, limit: number, filter: ActivityFilter) {
    const older = this.entries.map((entry, number) => ({ number, entry })).slice(0, before ?? undefined);
    const found = older.filter(({ entry }) => fits(entry, filter)).toReversed();
    const entries = found.slice(0, limit);
    const { seenUpTo, comparedAt } = this;
    const total = this.entries.length;
    if (this.emptyPages > 0) {
      this.emptyPages -= 1;
      return { accountId, entries: [], next: before ?? total, total, seenUpTo, comparedAt };
    }
    const next = found.length > limit ? (entries.at(-1)?.number ?? null) : null;
    return { accountId, entries, next, total, seenUpTo, comparedAt };
  }

  readonly handlers: Handlers<typeof activityContract> = {
    activity: {
      list: (input) =>
        this.#frame.answer('activity.list', input, () =>
          this.#page(input.accountId, input.before, input.limit, input.filter),
        ),
      look: (input) =>
        this.#frame.answer('activity.look', input, () => {
          this.comparedAt = new Date().toISOString();
          const found = this.finds;
          this.finds = [];
          if (found.length > 0) this.add(input.accountId, ...found);
          return { isWhole: this.isWhole };
        }),
      markSeen: (input) =>
        this.#frame.answer('activity.markSeen', input, () => {
          this.seenUpTo = this.entries.length;
          return {};
        }),
      clear: (input) =>
        this.#frame.answer('activity.clear', input, () => {
          this.entries = [];
          return {};
        }),
      exportEntries: (input) =>
        this.#frame.answer('activity.exportEntries', input, () => ({
          file: this.savesTo,
          count: this.entries.length,
        })),
    },
  };
}

function fits(entry: ActivityEntry, { area, notByYou, search, ...words }: ActivityFilter): boolean {
  const isByYou = entry.type === 'act' || entry.by === 'you';
  const isNamed =
    words.matchingAreas.includes(entry.area) || (entry.type === 'act' && words.matchingActs.includes(entry.act));
  const holds = isNamed || JSON.stringify(entry).toLowerCase().includes(search.toLowerCase());
  return (!area || entry.area === area) && !(notByYou && isByYou) && holds;
}
