import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { FileStore } from '../../ports.ts';
import { createMemoryFiles, type MemoryFiles } from '../../testing/memory-files.ts';
import { createTestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { noteSpec, startStorage } from '../../testing/test-storage.ts';
import type { SealedStorage } from '../sealed-storage.ts';
import { changesSpec } from '../vault.stored.ts';

const specs = ['a.sealed', 'b.sealed', 'c.sealed'].map((name) => noteSpec(name));
const after = specs.map((spec) => ({ spec, value: { text: 'after' } }));
const readAll = (storage: SealedStorage) =>
  Promise.all(specs.map(async (spec) => (await storage.document(spec).read())?.text));
const keyWrapper = createTestKeyWrapper();
keyWrapper.is = 'open';

/** Two of three documents are there already. */
async function setUp(): Promise<MemoryFiles> {
  const files = createMemoryFiles();
  const storage = startStorage(files, keyWrapper);
  for (const spec of specs.slice(0, 2)) await storage.document(spec).write({ text: 'before' });
  return files;
}

/** Takes so many writes and removals, then none. */
function until(files: MemoryFiles, acts: number): FileStore {
  let left = acts;
  const act = (run: () => Promise<void>): Promise<void> =>
    (left -= 1) < 0 ? Promise.reject(new AppError('storage-fault', { reason: 'disk-full' })) : run();
  return {
    ...files,
    write: (name, bytes) => act(() => files.write(name, bytes)),
    remove: (name) => act(() => files.remove(name)),
  };
}

/** As the next start would find them, which changes them. */
function copyOf(files: MemoryFiles): MemoryFiles {
  const copy = createMemoryFiles();
  for (const [name, bytes] of files.content) copy.content.set(name, bytes);
  return copy;
}

/** Takes so many writes more; what is removed goes. */
class FullDisk implements FileStore {
  readonly #files: MemoryFiles;
  left = 100;

  constructor(files: MemoryFiles) {
    this.#files = files;
  }

  read = (name: string) => this.#files.read(name);
  write = (name: string, content: Uint8Array): Promise<void> =>
    (this.left -= 1) < 0
      ? Promise.reject(new AppError('storage-fault', { reason: 'disk-full' }))
      : this.#files.write(name, content);
  remove = (name: string) => this.#files.remove(name);
  setAside = (name: string) => this.#files.setAside(name);
}

describe('X14 documents written as one', () => {
  it('are all there, before and after a restart, and nothing is left beside them', async () => {
    const files = await setUp();
    const storage = startStorage(files, keyWrapper);
    await storage.writeAll(after);
    expect(await readAll(storage)).toEqual(['after', 'after', 'after']);
    expect(await readAll(startStorage(files, keyWrapper))).toEqual(['after', 'after', 'after']);
    expect(files.content.has(changesSpec.name)).toBe(false);
  });

  it('are all there or none, wherever the disk fills up or the app ends; and in this run as in the next', async () => {
    const outcomes = new Set<string>();
    for (let acts = 0; acts < 12; acts += 1) {
      const files = await setUp();
      const storage = startStorage(until(files, acts), keyWrapper);
      const isWritten = await storage.writeAll(after).then(
        () => true,
        () => false,
      );
      const expected = isWritten ? ['after', 'after', 'after'] : ['before', 'before', undefined];
      expect(await readAll(storage), `in the same run, ${String(acts)}`).toEqual(expected);
      const next = startStorage(files, keyWrapper);
      const found = await readAll(next);
      // Where the ledger alone could not be written, it was not acknowledged, and is there nevertheless.
      expect([expected, ['after', 'after', 'after']], String(acts)).toContainEqual(found);
      expect(next.notices()).toEqual([]);
      outcomes.add(found.join());
    }
    expect(outcomes).toEqual(new Set(['before,before,', 'after,after,after']));
  });

  it('stay as they were changed later, although the first change was not in its place yet', async () => {
    const files = await setUp();
    // The one that holds them all, and its entry.
    const storage = startStorage(until(files, 2), keyWrapper);
    await storage.writeAll(after);
    const later = startStorage(files, keyWrapper);
    const snapshot = new Map(files.content);
    await later.document(specs[0]!).write({ text: 'later' });
    // As if it could not be taken away.
    files.content.set(changesSpec.name, snapshot.get(changesSpec.name)!);
    expect(await readAll(startStorage(files, keyWrapper))).toEqual(['later', 'after', 'after']);
  });

  it('stay where the disk is full still as more is to be written as one: nothing takes their place', async () => {
    const files = await setUp();
    const disk = new FullDisk(files);
    const storage = startStorage(disk, keyWrapper);
    // The one that holds them all, and its entry.
    disk.left = 2;
    await storage.writeAll(after);
    const more = [{ spec: noteSpec('d.sealed'), value: { text: 'more' } }];
    for (const left of [0, 1, 2, 3, 3]) {
      disk.left = left;
      await expect(storage.writeAll(more), String(left)).rejects.toMatchObject({ code: 'storage-fault' });
      expect(await readAll(startStorage(copyOf(files), keyWrapper)), String(left)).toEqual(['after', 'after', 'after']);
    }
    disk.left = 100;
    await storage.writeAll(more);
    const next = startStorage(files, keyWrapper);
    expect([...(await readAll(next)), await next.document(more[0]!.spec).read()]).toEqual([
      ...['after', 'after', 'after'],
      { text: 'more' },
    ]);
    expect(files.content.has(changesSpec.name)).toBe(false);
  });

  it('do not come back once they were removed, although they were not in their place yet', async () => {
    for (const remove of [
      (storage: SealedStorage) => storage.document(specs[2]!).remove(),
      (storage: SealedStorage) => storage.removeAllOf('one'),
    ]) {
      const files = await setUp();
      const disk = new FullDisk(files);
      const storage = startStorage(disk, keyWrapper);
      const ofOne = { spec: noteSpec('note-one.sealed', { account: 'one' }), value: { text: 'after' } };
      disk.left = 2;
      await storage.writeAll([...after, ofOne]);
      await expect(remove(storage)).rejects.toMatchObject({ code: 'storage-fault' });
      disk.left = 100;
      await remove(storage);
      const next = startStorage(files, keyWrapper);
      const found = [await next.document(specs[2]!).read(), await next.document(ofOne.spec).read()];
      expect(found.filter((note) => note === undefined)).toHaveLength(1);
    }
  });

  it('of a later version of the app are left as they are, also where more is to be written as one', async () => {
    const files = await setUp();
    const later = { ...changesSpec, version: changesSpec.version + 1 };
    await startStorage(files, keyWrapper).document(later).write({ version: 1, documents: [] });
    const left = files.content.get(later.name);
    const storage = startStorage(files, keyWrapper);
    await expect(storage.writeAll(after)).rejects.toMatchObject({ code: 'storage-fault' });
    expect(await readAll(storage)).toEqual(['before', 'before', undefined]);
    expect(files.content.get(later.name)).toBe(left);
    expect(storage.notices()).toMatchObject([{ kind: 'later-or-damaged', file: later.name }]);
  });

  it('are refused as a whole where one could not be read back', async () => {
    const files = await setUp();
    const storage = startStorage(files, keyWrapper);
    const broken = { spec: specs[2]!, value: { text: 7 } };
    await expect(storage.writeAll([after[0]!, broken])).rejects.toMatchObject({ code: 'internal' });
    expect(await readAll(storage)).toEqual(['before', 'before', undefined]);
  });

  it('are in memory where nothing is kept, and on the disk once a passphrase is chosen', async () => {
    const files = createMemoryFiles();
    const absent = createTestKeyWrapper();
    absent.is = 'absent';
    const storage = startStorage(files, absent);
    await storage.writeAll(after);
    expect([await readAll(storage), files.content.size]).toEqual([['after', 'after', 'after'], 0]);
    const passphrase = { kind: 'new', text: 'correct horse', hint: null } as const;
    await storage.protect({ keyStore: false, passphrase, current: null });
    expect([...files.content.keys()]).toContain('c.sealed');
  });
});
