import type { AddResult, ImportRow, KeyOrigin } from '../../../../shared/contract/keys/ssh-keys.ts';

/** What can be done with a row now, and whose key it is where that counts (K6). */
export const rowGroups = [
  'ready',
  'locked',
  'publicOnly',
  'logins',
  'signers',
  'hosts',
  'added',
  'known',
  'twins',
  'unusable',
] as const;
export type RowGroup = (typeof rowGroups)[number];

export type Rows = ReadonlyMap<string, ImportRow>;

const groupsOfOrigins: Readonly<Record<KeyOrigin, RowGroup>> = {
  own: 'ready',
  'public-only': 'publicOnly',
  'authorized-keys': 'logins',
  signers: 'signers',
  'known-hosts': 'hosts',
};

export function groupOf(row: ImportRow, accountId: string): RowGroup {
  const { verdict, origin, isAdded, sameAs, duplicateOf } = row;
  if (isAdded) return 'added';
  if (sameAs !== null) return 'twins';
  // Known or not: opened, its private half can be kept.
  if (isLocked(row)) return 'locked';
  if (duplicateOf?.accountId === accountId) return 'known';
  if (origin === 'known-hosts') return 'hosts';
  switch (verdict) {
    case 'accepted':
    case 'advised-against':
    case 'needs-passphrase':
    case 'wrong-passphrase':
      return groupsOfOrigins[origin ?? 'own'];
    case 'refused':
    case 'unsupported':
    case 'damaged':
    case 'not-a-key':
    case 'unreadable':
      return 'unusable';
  }
}

/** Which rows are shown: of a group, of all but duplicates, or of those that something can be done with. */
export type Shown = RowGroup | 'all' | 'usable';

/**
 * In order: what can be added, what needs a question first, what cannot be added, what is no key; in each, as it came.
 */
export function rowsToShow(rows: Rows, shown: Shown, accountId: string): ImportRow[] {
  const wanted = Array.from(rows.values()).filter((row) => {
    const group = groupOf(row, accountId);
    if (shown === 'all') return group !== 'twins';
    return shown === 'usable' ? group !== 'twins' && !isFolded(row) : group === shown;
  });
  // Adding and unlocking move no row: the keyboard is in it.
  return wanted
    .map((row) => ({ row, rank: rankOf(row) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

/** How many rows "usable" leaves out, duplicates apart. */
export function countFolded(rows: Rows): number {
  return Array.from(rows.values()).filter((row) => row.sameAs === null && isFolded(row)).length;
}

function rankOf(row: ImportRow): number {
  const { verdict, origin } = row;
  if (verdict === 'not-a-key' || verdict === 'unreadable') return 4;
  if (origin === 'known-hosts') return 2;
  if (!isLocked(row) && verdict !== 'accepted' && verdict !== 'advised-against') return 3;
  return origin === 'own' ? 0 : 1;
}

function isFolded(row: ImportRow): boolean {
  return !row.isAdded && rankOf(row) >= 2;
}

function isLocked({ verdict }: Pick<ImportRow, 'verdict'>): boolean {
  return verdict === 'needs-passphrase' || verdict === 'wrong-passphrase';
}

/** Rows that another one stands for, by the id of that one. */
export function twinsOf(rows: Rows): ReadonlyMap<string, readonly ImportRow[]> {
  const twins = new Map<string, ImportRow[]>();
  for (const row of rows.values()) {
    if (row.sameAs === null) continue;
    const known = twins.get(row.sameAs);
    if (known) known.push(row);
    else twins.set(row.sameAs, [row]);
  }
  return twins;
}

/** The public half, in a file of its own, of a key that is locked: it can be added without the passphrase. */
export function publicHalfOf(row: ImportRow, twins: readonly ImportRow[], accountId: string): ImportRow | undefined {
  if (!isLocked(row)) return undefined;
  return twins.find(
    ({ kind, verdict, origin, isAdded, duplicateOf }) =>
      kind === 'public' &&
      origin === 'own' &&
      (verdict === 'accepted' || verdict === 'advised-against') &&
      !isAdded &&
      duplicateOf?.accountId !== accountId,
  );
}

export function countGroups(rows: Rows, accountId: string): Record<RowGroup, number> {
  const counts = Object.fromEntries(rowGroups.map((group) => [group, 0])) as Record<RowGroup, number>;
  for (const row of rows.values()) counts[groupOf(row, accountId)] += 1;
  return counts;
}

/** Those that "add all good ones" means: nothing that is advised against, and nobody else's (K6). */
export function goodRows(rows: Rows, accountId: string): ImportRow[] {
  return [...rows.values()].filter((row) => row.verdict === 'accepted' && groupOf(row, accountId) === 'ready');
}

export function lockedRows(rows: Rows, accountId: string): ImportRow[] {
  return [...rows.values()].filter((row) => groupOf(row, accountId) === 'locked');
}

/** Rows of an event are newer than those that are known; rows of an answer may be older, as events can overtake it. */
export function mergeRows(rows: Rows, next: readonly ImportRow[], from: 'event' | 'answer'): Rows {
  const merged = new Map(rows);
  for (const row of next) if (from === 'event' || !rows.has(row.rowId)) merged.set(row.rowId, row);
  return merged;
}

/** With those marked that the account has now. */
export function withAdded(rows: Rows, results: readonly AddResult[]): Rows {
  const added = new Set(results.filter(({ error }) => error === null).map(({ rowId }) => rowId));
  return new Map([...rows].map(([id, row]) => [id, added.has(id) ? { ...row, isAdded: true } : row]));
}
