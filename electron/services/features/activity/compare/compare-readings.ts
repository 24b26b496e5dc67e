import type { ActivityChange } from '../../../../../shared/contract/activity.ts';
import { explainsForMs, type AreaReading, type Expectation, type Item } from '../activity-head.ts';
import { shownPart } from './fit-text.ts';
import { unshown } from './to-profile-reading.ts';

export type FoundChange = Omit<ActivityChange, 'id'>;

export interface Comparison {
  /** In the order of the provider's list, what went first. */
  readonly changes: readonly FoundChange[];
  /** What is still to be expected. */
  readonly expected: readonly Expectation[];
}

interface Difference {
  readonly item: Item;
  readonly change: ActivityChange['change'];
  readonly fact?: { readonly name: string; readonly from: string | null; readonly to: string | null };
}

/**
 * What is other in `after`. Nothing before there is something to compare with, or of what was not to be seen in both.
 * What an entry of its own tells already is left out.
 */
export function compareReadings(
  before: AreaReading | undefined,
  after: AreaReading,
  expected: readonly Expectation[],
): Comparison {
  const now = Date.parse(after.takenAt);
  const rest = expected.filter((each) => each.area !== after.area || isStillDue(each, now));
  if (!before || before.scope !== after.scope) return { changes: [], expected: rest };
  const used = new Set<Expectation>();
  const byWeight = [...expected.filter(isOfAct), ...expected.filter((each) => !isOfAct(each)).toReversed()];
  const changes = differences(before, after).flatMap((difference) => {
    const explained = byWeight.find((each) => !isSpent(each, used, difference) && explains(each, after, difference));
    if (explained) used.add(explained);
    if (difference.item.isOwn || (explained && isToldOf(explained, now))) return [];
    return [toChange(difference, before, after, explained)];
  });
  return { changes, expected: rest.filter((each) => !used.has(each) || !isOfAct(each)) };
}

/** What was done here; of what can have been done on a page of the service, the one opened last weighs most. */
function isOfAct({ pageOpenedAt }: Expectation): boolean {
  return pageOpenedAt === undefined;
}

/**
 * One act brings one thing: where its entry stands for it, and nothing says which it is, a second one is somebody
 * else's.
 */
function isSpent(expectation: Expectation, used: ReadonlySet<Expectation>, { change }: Difference): boolean {
  return change === 'added' && expectation.isNoted && !expectation.ids && used.has(expectation);
}

/** Much later, what names nothing may mean what somebody else did: it is told of, as what can have been the person. */
function isToldOf(expectation: Expectation, now: number): boolean {
  const { isNoted, ids } = expectation;
  return isNoted && (ids !== undefined || isStillDue(expectation, now));
}

/**
 * One that seems to lie ahead is of before the clock was set back: it would explain what others do, for a year perhaps.
 */
function isStillDue({ until }: Expectation, now: number): boolean {
  return until >= now && until - now <= explainsForMs;
}

function differences(before: AreaReading, after: AreaReading): Difference[] {
  const was = new Map(before.items.map((item) => [item.id, item]));
  const is = new Map(after.items.map((item) => [item.id, item]));
  return [
    ...before.items.filter(({ id }) => !is.has(id)).map((item) => ({ item, change: 'removed' as const })),
    ...after.items.flatMap((item): Difference[] => {
      const former = was.get(item.id);
      if (former === item) return [];
      return former ? changedFacts(former, item) : [{ item, change: 'added' }];
    }),
  ];
}

/** Of facts that were told both times. */
function changedFacts(former: Item, item: Item): Difference[] {
  return [...item.facts].flatMap(([name, to]) => {
    const from = former.facts.get(name);
    return from === undefined || from === to ? [] : [{ item, change: 'changed' as const, fact: { name, from, to } }];
  });
}

function explains({ area, change, ids }: Expectation, after: AreaReading, { item, ...found }: Difference): boolean {
  if (area !== after.area || (change && change !== found.change)) return false;
  if (!ids) return true;
  const names = area === 'profile' ? [found.fact?.name] : [item.id, item.subject];
  return ids.some((id) => names.includes(id));
}

function toChange(
  { item, change, fact }: Difference,
  before: AreaReading,
  after: AreaReading,
  explained: Expectation | undefined,
): FoundChange {
  return {
    type: 'change',
    at: after.takenAt,
    since: before.takenAt,
    area: after.area,
    change,
    subject: item.subject,
    detail: item.detail,
    field: fact?.name ?? null,
    label: (fact && item.labels?.get(fact.name)) ?? null,
    from: shown(fact?.from),
    to: shown(fact?.to),
    ...byWhom(explained, hasEnded(item, change, after)),
  };
}

function byWhom(explained: Expectation | undefined, hasEnded: boolean): Pick<FoundChange, 'by' | 'pageOpenedAt'> {
  if (explained && isOfAct(explained)) return { by: 'you' };
  if (hasEnded) return { by: 'time' };
  return explained ? { by: 'maybe-you', pageOpenedAt: explained.pageOpenedAt } : { by: 'elsewhere' };
}

function hasEnded({ endsAt }: Item, change: ActivityChange['change'], { takenAt }: AreaReading): boolean {
  return change === 'removed' && endsAt !== undefined && Date.parse(endsAt) <= Date.parse(takenAt);
}

function shown(value: string | null | undefined): string | null {
  return value === undefined || value === null || value.startsWith(unshown) ? null : shownPart(value);
}
