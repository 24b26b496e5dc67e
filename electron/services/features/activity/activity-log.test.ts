import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../../shared/contract/activity.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { FileStore } from '../../ports.ts';
import { makeEntries, makeEntry } from '../../testing/make-activity.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { createTestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { silentLog, startStorage } from '../../testing/test-storage.ts';
import { createActivityDocuments } from './activity-documents.ts';
import { ActivityLog } from './activity-log.ts';

const all = { before: null, limit: 500, matches: () => true };

/** A data folder whose disk can fill up; `start` is a start of the app there. */
function setUp() {
  const files = createMemoryFiles();
  const keyWrapper = createTestKeyWrapper();
  const is = { full: false, fullFor: '', known: true, limit: 10_000 };
  const faults: unknown[] = [];
  const writes: string[] = [];
  const disk: FileStore = {
    ...files,
    write(name, content) {
      if (is.full || is.fullFor === name) throw new AppError('storage-fault', { reason: 'disk-full' });
      writes.push(name);
      return files.write(name, content);
    },
  };
  const start = () =>
    new ActivityLog({
      documents: createActivityDocuments(startStorage(disk, keyWrapper)),
      limit: () => is.limit,
      isKnown: async () => is.known,
      tolerate: (write) => write().catch((error: unknown) => faults.push(error)),
      log: silentLog,
    });
  const names = () => [...files.content.keys()].filter((name) => name.startsWith('activity')).toSorted();
  return { files, keyWrapper, is, faults, writes, names, start, log: start() };
}

const add = (log: ActivityLog, entries: readonly ActivityEntry[]) =>
  log.note('a', (head) => ({ ...head, newest: [...head.newest, ...entries] }));

async function readAll(log: ActivityLog): Promise<ActivityEntry[]> {
  const read: ActivityEntry[] = [];
  for (let before: number | null = null; ;) {
    const { entries, next } = await log.page('a', { ...all, before });
    read.push(...entries.map(({ entry }) => entry));
    if (next === null) return read;
    before = next;
  }
}

describe('X4 D3 the log of activity', () => {
  it('gives back every entry after a restart, newest first, page by page', async () => {
    const { log, start } = setUp();
    for (let first = 0; first < 1_300; first += 13) await add(log, makeEntries(13, first));
    expect(await readAll(log)).toEqual(makeEntries(1_300).toReversed());
    expect(await readAll(start())).toEqual(makeEntries(1_300).toReversed());
    const { entries, next, total } = await log.page('a', { ...all, limit: 10 });
    expect([entries.map(({ number }) => number).slice(0, 2), next, total]).toEqual([[1_299, 1_298], 1_290, 1_300]);
  });

  it('writes no segment again once it is full, however many come after', async () => {
    const { log, writes } = setUp();
    await add(log, makeEntries(1_200));
    writes.length = 0;
    for (let number = 1_200; number < 1_400; number += 1) await add(log, [makeEntry(number)]);
    const segments = writes.filter((name) => /^activity-\d/.test(name));
    expect(new Set(segments)).toEqual(new Set(['activity-2-a.sealed']));
    expect(segments.length).toBeLessThan(10);
  });

  it('keeps the newest up to the limit, and leaves nothing of older segments on the disk', async () => {
    const { log, is, names, start } = setUp();
    is.limit = 1_000;
    for (let first = 0; first < 5_000; first += 50) await add(log, makeEntries(50, first));
    expect((await readAll(log)).length).toBe(1_000);
    expect((await readAll(start())).at(-1)).toEqual(makeEntry(4_000));
    expect(names().length).toBeLessThanOrEqual(4);
    expect((await log.page('a', all)).total).toBe(1_000);
  });

  it('takes another limit at once, and with none keeps nothing', async () => {
    const { log, is, names } = setUp();
    await add(log, makeEntries(3_000));
    is.limit = 1_000;
    await log.applyLimit('a');
    expect([(await readAll(log)).length, names().length]).toEqual([1_000, 4]);
    is.limit = 0;
    await log.applyLimit('a');
    await add(log, makeEntries(5));
    expect([await readAll(log), names()]).toEqual([[], []]);
  });

  it('loses nothing and doubles nothing where it is cut off between two writes', async () => {
    const { log, files, start } = setUp();
    await add(log, makeEntries(600));
    const before = new Map(files.content);
    await add(log, makeEntries(60, 600));
    await add(log, makeEntries(60, 660));
    // The segments of after, the head of before: as if the app had ended before it could write that.
    files.content.set('activity-a.sealed', before.get('activity-a.sealed') ?? new Uint8Array());
    files.content.set('ledger.sealed', before.get('ledger.sealed') ?? new Uint8Array());
    const again = start();
    expect(await readAll(again)).toEqual(makeEntries(600).toReversed());
    await add(again, makeEntries(120, 9_000));
    expect(await readAll(start())).toEqual([...makeEntries(600), ...makeEntries(120, 9_000)].toReversed());
  });

  it('keeps the rest where one segment is damaged', async () => {
    const { log, files, names, start } = setUp();
    await add(log, makeEntries(1_500));
    files.content.set('activity-1-a.sealed', Buffer.from('damaged'));
    const left = [...makeEntries(512), ...makeEntries(476, 1_024)].toReversed();
    expect(await readAll(start())).toEqual(left);
    expect(names().some((name) => name.includes('damaged'))).toBe(true);
  });

  it('finds its segments again where the head is damaged', async () => {
    const { log, files, start } = setUp();
    await add(log, makeEntries(1_500));
    files.content.set('activity-a.sealed', Buffer.from('damaged'));
    const again = start();
    const found = await readAll(again);
    expect(found.length).toBeGreaterThanOrEqual(1_436);
    expect(found).toEqual(makeEntries(found.length).toReversed());
    await add(again, [makeEntry(9_000)]);
    expect((await readAll(start()))[0]).toEqual(makeEntry(9_000));
  });

  it('finds them also behind the place of those that are gone', async () => {
    const { log, is, files, start } = setUp();
    await add(log, makeEntries(6_000));
    is.limit = 1_000;
    await log.applyLimit('a');
    files.content.set('activity-a.sealed', Buffer.from('damaged'));
    expect(await readAll(start())).toEqual(makeEntries(1_000, 5_000).toReversed());
  });

  it('holds what a full disk does not take, and writes it once there is room', async () => {
    const { log, is, faults, start } = setUp();
    await add(log, makeEntries(10));
    is.full = true;
    await add(log, makeEntries(100, 10));
    expect(faults).toMatchObject([{ code: 'storage-fault' }]);
    expect((await readAll(log)).length).toBe(110);
    is.full = false;
    await add(log, [makeEntry(110)]);
    expect(await readAll(start())).toEqual(makeEntries(111).toReversed());
  });

  it('holds what came while the key store was locked', async () => {
    const { log, keyWrapper, start } = setUp();
    await add(log, makeEntries(10));
    const locked = start();
    keyWrapper.is = 'locked';
    await add(locked, makeEntries(2, 10));
    await expect(locked.page('a', all)).rejects.toMatchObject({ code: 'key-store-unavailable' });
    keyWrapper.is = 'open';
    await add(locked, [makeEntry(12)]);
    expect(await readAll(start())).toEqual(makeEntries(13).toReversed());
  });

  it('clears the entries and forgets the account without a trace', async () => {
    const { log, is, names, start } = setUp();
    await add(log, makeEntries(1_500));
    await log.clear('a');
    expect([await readAll(log), await readAll(start()), names()]).toEqual([[], [], ['activity-a.sealed']]);
    await add(log, makeEntries(600));
    await log.erase('a');
    is.known = false;
    await add(log, makeEntries(1));
    expect(names()).toEqual([]);
  });

  it('gives all that is kept, oldest first', async () => {
    const { log } = setUp();
    await add(log, makeEntries(700));
    const parts: ActivityEntry[] = [];
    for await (const part of log.all('a')) parts.push(...part);
    expect(parts).toEqual(makeEntries(700));
  });

  it('looks through so many entries for one page, and goes on with the next', async () => {
    const { log, is } = setUp();
    is.limit = 100_000;
    await add(log, makeEntries(30_000));
    const matches = (entry: ActivityEntry) => entry.id === 'e3';
    const first = await log.page('a', { ...all, matches });
    expect([first.entries, first.next]).toEqual([[], expect.any(Number)]);
    const second = await log.page('a', { ...all, matches, before: first.next });
    expect(second.entries).toEqual([{ number: 3, entry: makeEntry(3) }]);
  });
});
