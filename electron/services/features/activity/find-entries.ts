import type { ActivityEntry, ActivityFilter } from '../../../../shared/contract/activity.ts';

/** Says of an entry whether it is looked for. Case and forms of letters do not matter. */
export function createMatch(filter: ActivityFilter): (entry: ActivityEntry) => boolean {
  const { area, notByYou } = filter;
  const words = plain(filter.search.trim());
  const areas = new Set(filter.matchingAreas);
  const acts = new Set(filter.matchingActs);
  const fields = new Set(filter.matchingFields);

  function holdsWords(entry: ActivityEntry): boolean {
    if (areas.has(entry.area) || (entry.type === 'act' && acts.has(entry.act))) return true;
    if (entry.type === 'change' && entry.field !== null && fields.has(entry.field)) return true;
    return textsOf(entry).some((text) => text !== null && plain(text).includes(words));
  }

  return (entry) =>
    (area === null || entry.area === area) && !(notByYou && isByYou(entry)) && (words === '' || holdsWords(entry));
}

function isByYou(entry: ActivityEntry): boolean {
  return entry.type === 'act' || entry.by === 'you';
}

function textsOf(entry: ActivityEntry): readonly (string | null)[] {
  const { subject, detail } = entry;
  return entry.type === 'act' ? [subject, detail] : [subject, detail, entry.label, entry.from, entry.to];
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
