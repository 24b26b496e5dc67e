import { makeEntries } from '../../electron/services/testing/make-activity.ts';
import { createActivityDocuments } from '../../electron/services/features/activity/activity-documents.ts';
import { ActivityLog } from '../../electron/services/features/activity/activity-log.ts';
import { createMatch } from '../../electron/services/features/activity/find-entries.ts';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { silentLog, startStorage } from '../../electron/services/testing/test-storage.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import type { BenchRow } from './bench-row.ts';
import { measureSideBySide, percentile } from './measure.ts';

const count = 100_000;
const rounds = 10;
const maxOpenMs = 300;
const filter = { area: null, notByYou: false, matchingAreas: [], matchingActs: [], matchingFields: [] };

/** 100,000 entries of activity (X4): opened after a start, one more added, and all of them looked through. */
export async function run(): Promise<BenchRow[]> {
  using folder = makeTempFolder();
  const keyWrapper = createTestKeyWrapper();
  const start = () =>
    new ActivityLog({
      documents: createActivityDocuments(startStorage(folder.path, keyWrapper)),
      limit: () => count,
      isKnown: async () => true,
      tolerate: (write) => write(),
      log: silentLog,
    });
  const log = start();
  const add = (entries: ReturnType<typeof makeEntries>) =>
    log.note('a', (head) => ({ ...head, newest: [...head.newest, ...entries] }));
  await add(makeEntries(count));
  const json = JSON.stringify(makeEntries(count));
  let added = count;
  const times = await measureSideBySide(
    [
      { name: 'open', act: () => start().page('a', { before: null, limit: 200, matches: () => true }) },
      { name: 'add', act: () => add(makeEntries(1, (added += 1))) },
      { name: 'search', act: () => searchAll(log) },
      { name: 'parse', act: () => JSON.parse(json) as unknown },
    ],
    rounds,
  );
  const p50 = (name: string) => percentile(times[name] ?? [], 50);
  const all = { name: 'JSON.parse of all alone', measured: p50('parse') };
  const of = `${String(count)} entries`;
  return [
    {
      name: `${of}: the newest after a start, p50`,
      measured: p50('open'),
      unit: 'ms',
      against: all,
      target: { max: maxOpenMs, of: 'measured' },
    },
    { name: `${of}: one more, p50`, measured: p50('add'), unit: 'ms', against: all },
    { name: `${of}: all looked through, p50`, measured: p50('search'), unit: 'ms', against: all },
  ];
}

/** As the screen does: page after page until the end. */
async function searchAll(log: ActivityLog): Promise<void> {
  const matches = createMatch({ ...filter, search: 'to be found nowhere' });
  let before: number | null = null;
  do before = (await log.page('a', { before, limit: 200, matches })).next;
  while (before !== null);
}
