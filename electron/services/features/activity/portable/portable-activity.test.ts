import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../../../shared/contract/activity.ts';
import { makeEntries, makeEntry } from '../../../testing/make-activity.ts';
import { createMemoryFiles } from '../../../testing/memory-files.ts';
import { createTestKeyWrapper } from '../../../testing/test-key-wrapper.ts';
import { startStorage } from '../../../testing/test-storage.ts';
import { createActivityDocuments, maxSlots } from '../activity-documents.ts';
import { emptyHead } from '../activity-head.ts';
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
});
