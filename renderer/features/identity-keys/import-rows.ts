import type { ImportRow } from '../../../shared/contract/identity-keys.ts';

/** What can be done with a row now. */
export type RowGroup = 'ready' | 'locked' | 'added' | 'known' | 'unusable';
export const rowGroups: readonly RowGroup[] = ['ready', 'locked', 'added', 'known', 'unusable'];

export type Rows = ReadonlyMap<string, ImportRow>;

export function groupOf({ verdict, isAdded, sameAs, duplicateOf }: ImportRow, connectionId: string): RowGroup {
  if (isAdded) return 'added';
  if (sameAs !== null) return 'known';
  // Known or not: opened, its private half can be kept.
  if (verdict === 'needs-passphrase' || verdict === 'wrong-passphrase') return 'locked';
  if (duplicateOf?.connectionId === connectionId) return 'known';
  switch (verdict) {
    case 'accepted':
    case 'advised-against':
      return 'ready';
    case 'refused':
    case 'unsupported':
    case 'damaged':
    case 'not-a-key':
    case 'unreadable':
      return 'unusable';
  }
}

/** Those of a group, each where it came; what is no key at all stands behind the keys, and never moves. */
export function rowsToShow(rows: Rows, group: RowGroup | 'all', connectionId: string): ImportRow[] {
  const all = [...rows.values()];
  const wanted = group === 'all' ? all : all.filter((row) => groupOf(row, connectionId) === group);
  return [...wanted.filter((row) => !isNoKey(row)), ...wanted.filter(isNoKey)];
}

export function countGroups(rows: Rows, connectionId: string): Record<RowGroup, number> {
  const counts = { ready: 0, locked: 0, added: 0, known: 0, unusable: 0 };
  for (const row of rows.values()) counts[groupOf(row, connectionId)] += 1;
  return counts;
}

/** Those that "add all good ones" means: nothing that is advised against. */
export function goodRows(rows: Rows, connectionId: string): ImportRow[] {
  return [...rows.values()].filter((row) => row.verdict === 'accepted' && groupOf(row, connectionId) === 'ready');
}

export function lockedRows(rows: Rows, connectionId: string): ImportRow[] {
  return [...rows.values()].filter((row) => groupOf(row, connectionId) === 'locked');
}

/** Rows of an event are newer than those that are known; rows of an answer may be older, as events can overtake it. */
export function mergeRows(rows: Rows, next: readonly ImportRow[], from: 'event' | 'answer'): Rows {
  const merged = new Map(rows);
  for (const row of next) if (from === 'event' || !rows.has(row.rowId)) merged.set(row.rowId, row);
  return merged;
}

function isNoKey({ verdict }: ImportRow): boolean {
  return verdict === 'not-a-key' || verdict === 'unreadable';
}
