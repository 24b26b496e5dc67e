import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../../../shared/contract/activity.ts';
import { makeEntries, makeEntry } from '../../../testing/make-activity.ts';
import { createMemoryFiles } from '../../../testing/memory-files.ts';
import { createTestKeyWrapper } from '../../../testing/test-key-wrapper.ts';
import { silentLog, startStorage } from '../../../testing/test-storage.ts';
import { createActivityDocuments, maxSlots } from '../activity-documents.ts';
import { emptyHead } from '../activity-head.ts';
import { ActivityLog } from '../activity-log.ts';
import { createPortableActivity } from './portable-activity.ts';

function setUp(limit = 100_000) {
  const keyWrapper = createTestKeyWrapper();
  keyWrapper.is = 'open';
  const files = createMemoryFiles();
  const storage = startStorage(files, keyWrapper);
  const part = createPortableActivity({ storage, limit: () => limit });
  const documents = createActivityDocuments(storage);
  return {
    ...{ files, storage, part, documents },
    /** As a start of the app finds it. */
    again() {
      const log = new ActivityLog({
        documents: createActivityDocuments(startStorage(files, keyWrapper)),
        ...{ limit: () => limit, isKnown: async () => true, tolerate: (write) => write(), log: silentLog },
      });
      const ids = async () => {
        const found: ActivityEntry[] = [];
        for await (const entries of log.all('a')) found.push(...entries);
        return idsOf(found);
      };
      return { log, ids };
    },
    damageHead: () => files.content.set('activity-a.sealed', Buffer.from('damaged')),
    names: () => [...files.content.keys()].filter((name) => !name.includes('damaged')).sort(),
    async all(accountId = 'a') {
      const entries: ActivityEntry[] = [];
      for await (const entry of part.records(accountId)) entries.push(entry);
      return entries;
    },
    async keep(entries: readonly ActivityEntry[]) {
      await documents.saveSegment('a', 0, 0, entries.slice(0, 512));
      const segments = [{ slot: 0, first: 0, count: Math.min(entries.length, 512) }];
      await documents.save('a', { ...emptyHead, segments, first: 512, newest: entries.slice(512) });
    },
    async bring(entries: readonly ActivityEntry[], accountId = 'a') {
      const comparer = await part.compare(accountId);
      const gathering = part.gather(accountId);
      for (const entry of entries) if (comparer.of(entry).kind === 'fresh') await gathering.take(entry);
      return gathering;
    },
  };
}

const idsOf = (entries: readonly ActivityEntry[]) => entries.map(({ id }) => id);

describe('X14 activity', () => {
  it('comes whole, in order, to an account that has none', async () => {
    const { bring, storage, all, part } = setUp();
    const entries = makeEntries(1_300);
    const gathering = await bring(entries);
    expect(await part.count('a')).toBe(0);
    await storage.writeAll(await gathering.changes(storage));
    expect([await all(), await part.count('a')]).toEqual([entries, 1_300]);
  });

  it('is put in its place by time among what is here, each entry once', async () => {
    const { bring, keep, storage, all, files } = setUp();
    const entries = makeEntries(2_000);
    await keep(entries.filter((_, n) => n % 3 === 0));
    const gathering = await bring(entries);
    await storage.writeAll(await gathering.changes(storage));
    await gathering.written?.(storage);
    expect(idsOf(await all())).toEqual(idsOf(entries));
    expect(files.content.has('activity-0-a.sealed')).toBe(false);
    // And once more: nothing of it is new.
    const again = await bring(entries);
    expect(await again.changes(storage)).toEqual([]);
  });

  it('loses nothing of what was noted while it was gathered', async () => {
    const { bring, keep, storage, all, documents } = setUp();
    await keep(makeEntries(600));
    const gathering = await bring([makeEntry(10_000)]);
    const head = (await documents.load('a'))!;
    await documents.save('a', { ...head, newest: [...head.newest, makeEntry(10_001)] });
    await storage.writeAll(await gathering.changes(storage));
    expect(idsOf(await all()).slice(-3)).toEqual(['e599', 'e10000', 'e10001']);
  });

  it('is as it was, and leaves nothing, where the import is given up', async () => {
    const { bring, keep, storage, all, files } = setUp();
    const own = makeEntries(600);
    await keep(own);
    const before = [...files.content.keys()].sort();
    const gathering = await bring(makeEntries(3_000, 700));
    expect(files.content.size).toBeGreaterThan(before.length);
    await gathering.drop?.(storage);
    expect([idsOf(await all()), [...files.content.keys()].sort()]).toEqual([idsOf(own), before]);
  });

  it('takes no place of what is here, wherever earlier imports and later acts laid that', async () => {
    const { bring, storage, all, documents } = setUp();
    const own = makeEntries(1_024);
    const slots = [maxSlots - 1, maxSlots / 2 - 1];
    for (const [n, slot] of slots.entries())
      await documents.saveSegment('a', slot, n * 512, own.slice(n * 512, (n + 1) * 512));
    const segments = slots.map((slot, n) => ({ slot, first: n * 512, count: 512 }));
    await documents.save('a', { ...emptyHead, segments, first: 1_024, newest: [] });
    const gathering = await bring(makeEntries(1_200, 2_000));
    expect(idsOf(await all())).toEqual(idsOf(own));
    await storage.writeAll(await gathering.changes(storage));
    await gathering.written?.(storage);
    expect(idsOf(await all())).toEqual(idsOf([...own, ...makeEntries(1_200, 2_000)]));
  });

  it('keeps the newest where it is more than any limit, and none where none is wanted', async () => {
    const { bring, storage, all } = setUp();
    const gathering = await bring(makeEntries(101_000));
    await storage.writeAll(await gathering.changes(storage));
    const ids = idsOf(await all());
    expect([ids.length <= 100_864, ids.at(-1)]).toEqual([true, 'e100999']);
    const none = setUp(0);
    expect(await (await none.bring(makeEntries(10))).changes(none.storage)).toEqual([]);
  });

  it('is found again after an import where the head is damaged', async () => {
    const { bring, keep, storage, again, damageHead } = setUp();
    const entries = makeEntries(1_600);
    await keep(entries.slice(0, 600));
    const gathering = await bring(entries);
    await storage.writeAll(await gathering.changes(storage));
    await gathering.written?.(storage);
    damageHead();
    expect(await again().ids()).toEqual(idsOf(entries.slice(0, 1_536)));
  });
});

describe('X14 activity of an account that is here, where an import was killed', () => {
  it('is all that stays once it is tidied up, whatever the import had laid ready', async () => {
    const { bring, keep, names, again } = setUp();
    const own = makeEntries(600);
    await keep(own);
    const before = names();
    await bring(makeEntries(3_000, 700));
    expect(names().length).toBeGreaterThan(before.length + 2);
    const { log, ids } = again();
    await log.tidy('a');
    expect([await ids(), names()]).toEqual([idsOf(own), before]);
  });

  it('is not mixed with it where the head is damaged too', async () => {
    const { bring, keep, names, again, damageHead } = setUp();
    const own = makeEntries(600);
    await keep(own);
    await bring(makeEntries(3_000, 700));
    damageHead();
    const { log, ids } = again();
    expect(await ids()).toEqual(idsOf(own.slice(0, 512)));
    await log.tidy('a');
    expect([await ids(), names()]).toEqual([idsOf(own.slice(0, 512)), ['activity-0-a.sealed', ...others(names())]]);
  });

  it('stays as it was taken over, each entry once, where it ended before what was replaced was gone', async () => {
    const { bring, keep, storage, names, again, damageHead } = setUp();
    const entries = makeEntries(2_000);
    await keep(entries.slice(0, 600));
    const gathering = await bring(entries);
    await storage.writeAll(await gathering.changes(storage));
    expect(names()).toContain('activity-0-a.sealed');
    await again().log.tidy('a');
    expect([await again().ids(), names().includes('activity-0-a.sealed')]).toEqual([idsOf(entries), false]);
    damageHead();
    expect(await again().ids()).toEqual(idsOf(entries.slice(0, 1_536)));
  });

  it('has no room for what was noted meanwhile, once that is taken over too', async () => {
    const { bring, keep, storage, documents, names } = setUp();
    await keep(makeEntries(600));
    const gathering = await bring([makeEntry(10_000)]);
    const head = (await documents.load('a'))!;
    await documents.saveSegment('a', 1, 512, [...head.newest, makeEntry(10_001)]);
    const segments = [...head.segments, { slot: 1, first: 512, count: head.newest.length + 1 }];
    await documents.save('a', { ...head, segments, first: 512 + head.newest.length + 1, newest: [] });
    await storage.writeAll(await gathering.changes(storage));
    await gathering.written?.(storage);
    expect(names().filter((name) => /^activity-[01]-a/.test(name))).toEqual([]);
  });
});

const others = (names: readonly string[]) => names.filter((name) => !name.startsWith('activity'));
