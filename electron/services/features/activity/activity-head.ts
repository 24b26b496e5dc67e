import type { ActivityArea } from '../../../../shared/rules/activity-words.ts';
import type { ActivityChange, ActivityEntry } from '../../../../shared/contract/activity.ts';

/** One thing of an account that can come, go or change: a key, a session; of the profile, all of it. */
export interface Item {
  readonly id: string;
  readonly subject: string;
  readonly detail: string;
  /** What of it is compared, by name; null for a value that is none. */
  readonly facts: ReadonlyMap<string, string | null>;
  /** What the service calls a fact, where this app has no word for it. */
  readonly labels?: ReadonlyMap<string, string> | undefined;
  /** RFC 3339: it goes by itself then. */
  readonly endsAt?: string | undefined;
  /** It stands for this app: its coming and going is a sign-in and a sign-out. */
  readonly isOwn?: true | undefined;
}

/** What a provider told of one area at one time. */
export interface AreaReading {
  readonly area: ActivityArea;
  /** RFC 3339. */
  readonly takenAt: string;
  /** What was to be seen: of another scope nothing can be said to have come or gone. */
  readonly scope: string;
  readonly items: readonly Item[];
}

/** An act may show in a list some minutes later only; the link of a mail is opened later still. Milliseconds. */
export const explainsForMs = 600_000;

/** A change that an act of the person's explains, should a reading show it. */
export interface Expectation {
  readonly area: ActivityArea;
  /** Any if left out. */
  readonly change?: ActivityChange['change'] | undefined;
  /** Of items, of the profile paths; any if left out. */
  readonly ids?: readonly string[] | undefined;
  /** The act has an entry that says as much as the change would. */
  readonly isNoted: boolean;
  /**
   * RFC 3339: a page of the service was opened then. What was done there nobody here knows, nor how much of it: it
   * explains as long as it is due, and only what nothing else explains.
   */
  readonly pageOpenedAt?: string | undefined;
  /** Milliseconds since the epoch: later readings are not explained by it, if there was one before. */
  readonly until: number;
}

/** Entries that lie in a document of their own. `first` is the number of the first one. */
export interface Segment {
  readonly slot: number;
  readonly first: number;
  readonly count: number;
}

/** What of an account's activity is at hand: all but the entries in segments. Never changed in place. */
export interface ActivityHead {
  /** Oldest first. */
  readonly segments: readonly Segment[];
  /** The number of the first of `newest`. */
  readonly first: number;
  readonly newest: readonly ActivityEntry[];
  readonly seenUpTo: number;
  readonly readings: ReadonlyMap<ActivityArea, AreaReading>;
  readonly expected: readonly Expectation[];
}

export const emptyHead: ActivityHead = {
  segments: [],
  first: 0,
  newest: [],
  seenUpTo: 0,
  readings: new Map(),
  expected: [],
};

/** The number that the next entry gets. */
export function nextNumber({ first, newest }: Pick<ActivityHead, 'first' | 'newest'>): number {
  return first + newest.length;
}

/** The number of the oldest entry that counts, of `limit` at most. */
export function oldestNumber(head: ActivityHead, limit: number): number {
  const oldest = head.segments[0]?.first ?? head.first;
  return Math.max(oldest, nextNumber(head) - limit);
}

/** How many entries count. A segment that was lost leaves a gap. */
export function countEntries(head: ActivityHead, limit: number): number {
  const oldest = oldestNumber(head, limit);
  const countFrom = (first: number, count: number) => Math.max(0, first + count - Math.max(first, oldest));
  const inSegments = head.segments.reduce((sum, { first, count }) => sum + countFrom(first, count), 0);
  return inSegments + countFrom(head.first, head.newest.length);
}

/** Without what is older than the newest `limit`: whole segments, and of `newest` what does not count. */
export function trimmed(head: ActivityHead, limit: number): ActivityHead {
  const oldest = nextNumber(head) - limit;
  const first = Math.max(head.first, oldest);
  return {
    ...head,
    segments: head.segments.filter((segment) => segment.first + segment.count > oldest),
    first,
    newest: head.newest.slice(first - head.first),
  };
}
