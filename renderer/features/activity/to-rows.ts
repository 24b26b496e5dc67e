import type { ActivityEntry } from '../../../shared/contract/activity.ts';
import { localDay } from '../../../shared/rules/local-day.ts';

export interface NumberedEntry {
  readonly number: number;
  readonly entry: ActivityEntry;
}

/** An entry, or the day that the entries after it are of. */
export type ActivityRow =
  | { readonly id: string; readonly kind: 'day'; /** `YYYY-MM-DD`. */ readonly day: string }
  | ({ readonly id: string; readonly kind: 'entry' } & NumberedEntry);

/** Entries, newest first, under the day of each. */
export function toRows(entries: readonly NumberedEntry[]): ActivityRow[] {
  const rows: ActivityRow[] = [];
  let last = '';
  for (const { number, entry } of entries) {
    const day = localDay(entry.at);
    // A clock that was set back brings a day once more.
    if (day !== last) rows.push({ id: `day ${day} ${String(number)}`, kind: 'day', day });
    last = day;
    rows.push({ id: entry.id, kind: 'entry', number, entry });
  }
  return rows;
}
