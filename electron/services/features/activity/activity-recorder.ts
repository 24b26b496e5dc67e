import { randomUUID } from 'node:crypto';
import type { ActivityArea } from '../../../../shared/rules/activity-words.ts';
import type { ActivityActEntry, ActivityEntry } from '../../../../shared/contract/activity.ts';
import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import { AppError, type ErrorReason } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports.ts';
import { toUnknownOutcome } from '../../provider/outcome.ts';
import { explainsForMs, type ActivityHead, type AreaReading, type Expectation } from './activity-head.ts';
import type { ActivityLog } from './activity-log.ts';
import type { Made, OwnAct, Subject } from './acts/own-acts.ts';
import type { AccountListener } from './acts/watch-account.ts';
import { compareReadings, type FoundChange } from './compare/compare-readings.ts';
import { fitText } from './compare/fit-text.ts';
import { toProfileReading } from './compare/to-profile-reading.ts';
import { readings, type ReadAgent, type ToItems } from './compare/to-readings.ts';

export interface RecorderDeps {
  readonly log: ActivityLog;
  readonly clock: Pick<Clock, 'now'>;
  readonly readAgent: ReadAgent;
  /** Told of what a reading showed that was not so before, once it is noted. */
  readonly onChanges: (accountId: string, changes: readonly FoundChange[]) => void;
  /** There are more entries. */
  readonly onNoted: (accountId: string) => void;
}

type Outcome = Pick<ActivityActEntry, 'outcome' | 'refusal'>;

/** Notes what providers tell and what the person does, of all accounts (X4). */
export class ActivityRecorder {
  readonly #deps: RecorderDeps;
  /** By account and area, when the newest reading was asked for. */
  readonly #begun = new Map<string, number>();
  /** By account and area, when it was compared last in this run: a reading that shows nothing new is not written. */
  readonly #comparedAt = new Map<string, string>();

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
  }

  listenerOf(accountId: string): AccountListener {
    return {
      onRead: (method, state, begun) => {
        const { area, toItems } = readings[method];
        if (!this.#isNewest(accountId, area, begun)) return;
        const takenAt = this.#now();
        void this.#compare(accountId, area, (former) => {
          const known = new Map(former?.items.map((item) => [item.id, item]));
          const told = (toItems as ToItems<unknown>)(state, this.#deps.readAgent, known);
          return told && { ...told, area, takenAt };
        });
      },
      onActed: (act, outcome) => void this.noteAct(accountId, act, outcome),
    };
  }

  /** Of each reading that was kept, in the order that they were. */
  noteProfile(snapshot: ProfileSnapshot): void {
    void this.#compare(snapshot.accountId, 'profile', () => toProfileReading(snapshot));
  }

  async noteAct(
    accountId: string,
    act: OwnAct,
    result: { readonly made?: Made | undefined } | { readonly error: unknown },
  ): Promise<void> {
    const outcome = 'error' in result ? toFailure(result.error) : toSuccess(act, result.made);
    const made = 'error' in result ? undefined : result.made;
    // A fault of ours is in the log of the app; a question for a proof is none of what happened.
    if (!outcome || outcome.refusal?.code === 'reauth-required') return;
    const at = this.#now();
    await this.#deps.log.note(accountId, (head) => {
      const expected = outcome.outcome === 'refused' ? [] : this.#expect(act, made, outcome.outcome);
      const isSilent = act.toldBy === 'change' && outcome.outcome === 'done';
      const newest = isSilent ? head.newest : [...head.newest, toEntry(head, act, made, { ...outcome, at })];
      return { ...head, newest, expected: [...head.expected, ...expected].slice(-maxExpected) };
    });
    this.#deps.onNoted(accountId);
  }

  /** When the account was compared last; null before the first time. */
  comparedAt(accountId: string, { readings: known }: Pick<ActivityHead, 'readings'>): string | null {
    const times = [...known].map(([area, { takenAt }]) => this.#comparedAt.get(`${area} ${accountId}`) ?? takenAt);
    return times.toSorted().at(-1) ?? null;
  }

  async #compare(
    accountId: string,
    area: ActivityArea,
    read: (former: AreaReading | undefined) => AreaReading | undefined,
  ): Promise<void> {
    let found: readonly FoundChange[] = [];
    const key = `${area} ${accountId}`;
    await this.#deps.log.note(accountId, (head) => {
      const known = head.readings.get(area);
      const reading = read(known);
      if (!reading) return head;
      const before = known && { ...known, takenAt: this.#comparedAt.get(key) ?? known.takenAt };
      const { changes, expected } = compareReadings(before, reading, head.expected);
      this.#comparedAt.set(key, reading.takenAt);
      found = changes;
      const isSame = changes.length === 0 && expected.length === head.expected.length && isAlike(before, reading);
      if (isSame) return head;
      const entries = changes.map((change): ActivityEntry => ({ ...change, id: randomUUID() }));
      return {
        ...head,
        newest: [...head.newest, ...entries],
        expected,
        readings: new Map(head.readings).set(area, reading),
      };
    });
    if (found.length === 0) return;
    this.#deps.onNoted(accountId);
    this.#deps.onChanges(accountId, found);
  }

  /** Whoever asked later knows better, though the answer came sooner. */
  #isNewest(accountId: string, area: ActivityArea, begun: number): boolean {
    const key = `${area} ${accountId}`;
    if (begun < (this.#begun.get(key) ?? 0)) return false;
    this.#begun.set(key, begun);
    return true;
  }

  #expect(act: OwnAct, made: Made | undefined, outcome: Outcome['outcome']): Expectation[] {
    const isNoted = outcome === 'done' && act.toldBy === undefined;
    const until = this.#deps.clock.now() + explainsForMs;
    const pageOpenedAt = this.#now();
    return (act.explains ?? []).map(({ area, change, ids, isConsequence, isOnPage }) => {
      // What it made names nothing that went.
      const known = (area === act.area && change !== 'removed' && made?.ids) || ids;
      return {
        area,
        isNoted: isNoted && !isConsequence,
        until,
        ...(change && { change }),
        ...(known && { ids: known }),
        ...(isOnPage && { pageOpenedAt }),
      };
    });
  }

  #now(): string {
    return new Date(this.#deps.clock.now()).toISOString();
  }
}

const maxExpected = 50;

/** The service had the request, and its answer did not say what became of it. */
const unreadable = new Set<ErrorReason>(['outcome-unknown', 'not-json', 'wrong-shape', 'too-large']);

/** Undefined for what is no answer of anybody's. */
function toFailure(error: unknown): Outcome | undefined {
  if (!(error instanceof AppError)) return undefined;
  const { code, reason } = toUnknownOutcome(error.toShape());
  const isUnclear = code === 'server-fault' || (reason !== undefined && unreadable.has(reason));
  return { outcome: isUnclear ? 'unclear' : 'refused', refusal: { code, ...(reason && { reason }) } };
}

function toSuccess({ count = 1 }: OwnAct, made: Made | undefined): Outcome {
  const refused = made?.refused ?? 0;
  if (refused === 0) return { outcome: 'done', refusal: null };
  return { outcome: refused < count ? 'partly' : 'refused', refusal: null };
}

function toEntry(
  head: ActivityHead,
  { act, area, subject, count = 1 }: OwnAct,
  made: Made | undefined,
  outcome: Outcome & { readonly at: string },
): ActivityActEntry {
  const { name, detail } = describe(head, area, made?.subject ?? subject ?? {});
  return {
    ...outcome,
    id: randomUUID(),
    type: 'act',
    act,
    area,
    count,
    subject: fitText(name),
    detail: fitText(detail),
  };
}

/** What is known here of something by its id, as it was read last. */
function describe(
  head: ActivityHead,
  area: ActivityArea,
  { id, name, detail }: Subject,
): { name: string; detail: string } {
  const item = id === undefined ? undefined : head.readings.get(area)?.items.find((each) => each.id === id);
  return { name: name ?? item?.subject ?? '', detail: detail ?? item?.detail ?? '' };
}

/** Apart from when they were taken: so that reading the same again writes nothing. */
function isAlike(before: AreaReading | undefined, after: AreaReading): boolean {
  if (!before || before.scope !== after.scope || before.items.length !== after.items.length) return false;
  return before.items.every((item, index) => {
    const next = after.items[index];
    return next === item || (next !== undefined && JSON.stringify(toPlain(item)) === JSON.stringify(toPlain(next)));
  });
}

function toPlain({ facts, labels, ...item }: AreaReading['items'][number]): unknown {
  return [item, [...facts], [...(labels ?? [])]];
}
