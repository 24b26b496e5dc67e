import type { ActivityChange, ActivityEntry } from '../../../shared/contract/activity.ts';

/** An entry for tests, the `number`th of its account, a minute after the one before. */
export function makeEntry(number: number, changes: Partial<ActivityChange> = {}): ActivityEntry {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  return {
    ...{ type: 'change', id: `e${String(number)}`, at, since: '2026-01-01T00:00:00.000Z', area: 'profile' },
    ...{ change: 'changed', subject: '', detail: '', field: 'contact.city', label: null },
    ...{ from: `City ${String(number)}`, to: `City ${String(number + 1)}`, by: 'elsewhere' },
    ...changes,
  };
}

export function makeEntries(count: number, first = 0): ActivityEntry[] {
  return Array.from({ length: count }, (_, index) => makeEntry(first + index));
}
