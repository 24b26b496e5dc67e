import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { AccountState, createDocumentStore, type StateStore } from './account-state.ts';

const full = () => new AppError('storage-fault', { reason: 'disk-full' });

/** A disk of lists of words that can fill up, or lock what it holds. */
function setUp(changes: Partial<StateStore<readonly string[]>> = {}) {
  const disk = new Map<string, readonly string[]>();
  const is = { full: false, locked: false, known: true };
  const faults: unknown[] = [];
  const writes: string[] = [];
  const documents = {
    read: async (id: string) => {
      if (is.locked) throw new AppError('key-store-unavailable');
      return disk.get(id);
    },
    write: async (id: string, words: readonly string[]) => {
      if (is.full) throw full();
      writes.push(words.join(' '));
      disk.set(id, words);
    },
    remove: async (id: string) => void disk.delete(id),
  };
  const form = {
    empty: [],
    toStored: (words: readonly string[]) => words,
    fromStored: (words: readonly string[]) => words,
  };
  const start = () =>
    new AccountState<readonly string[]>(
      { isKnown: async () => is.known, tolerate: (write) => write().catch((error: unknown) => faults.push(error)) },
      { ...createDocumentStore<readonly string[], readonly string[]>(documents, form), ...changes },
    );
  return { disk, is, faults, writes, start, state: start() };
}

const add = (word: string) => (words: readonly string[]) => [...words, word];

describe('AccountState', () => {
  it('is there after a restart, each account’s own', async () => {
    const { state, start } = setUp();
    expect(await state.read('a')).toEqual([]);
    await state.note('a', add('one'));
    await state.keep('a', add('two'));
    expect(await start().read('a')).toEqual(['one', 'two']);
    expect(await start().read('b')).toEqual([]);
  });

  it('makes one change after another, also of those asked for at once', async () => {
    const { state, writes } = setUp();
    await Promise.all([state.note('a', add('one')), state.keep('a', add('two')), state.note('a', add('three'))]);
    expect(writes).toEqual(['one', 'one two', 'one two three']);
  });

  it('writes nothing where nothing changed', async () => {
    const { state, writes } = setUp();
    await state.keep('a', add('one'));
    await state.keep('a', (words) => [...words]);
    expect(writes).toEqual(['one']);
  });

  it('does not hide what was learnt if the disk is full, and keeps it as soon as there is room', async () => {
    const { state, disk, is, faults } = setUp();
    is.full = true;
    expect(await state.note('a', add('one'))).toEqual(['one']);
    expect(faults).toMatchObject([{ code: 'storage-fault' }]);
    expect(await state.read('a')).toEqual(['one']);
    await expect(state.keep('a', add('two'))).rejects.toMatchObject({ code: 'storage-fault' });
    expect(await state.read('a')).toEqual(['one']);
    // Not even what is as it was: it is not on the disk.
    await expect(state.keep('a', (words) => words)).rejects.toMatchObject({ code: 'storage-fault' });
    is.full = false;
    await state.keep('a', (words) => words);
    expect(disk.get('a')).toEqual(['one']);
  });

  it('keeps nothing of an account that is forgotten, also if it arrives later', async () => {
    const { state, disk, is } = setUp();
    await state.note('a', add('one'));
    is.known = false;
    await state.erase('a');
    expect(await state.note('a', add('late'))).toEqual(['late']);
    expect(await state.read('a')).toEqual([]);
    expect(disk.size).toBe(0);
  });

  it('is read from the disk again once it is dropped from memory', async () => {
    const { state, disk } = setUp();
    await state.note('a', add('one'));
    disk.set('a', ['other']);
    expect(await state.read('a')).toEqual(['one']);
    state.evict('a');
    expect(await state.read('a')).toEqual(['other']);
  });

  it('replaces nothing that it cannot open', async () => {
    const { state, disk, is } = setUp();
    disk.set('a', ['mine']);
    is.locked = true;
    await expect(state.note('a', add('one'))).rejects.toMatchObject({ code: 'key-store-unavailable' });
    is.locked = false;
    expect(await state.read('a')).toEqual(['mine']);
  });

  it('takes an answer where nothing but answers is stored, and no empty state in its place', async () => {
    const { state, disk, is } = setUp({ isOnlyAnswers: true });
    disk.set('a', ['old']);
    is.locked = true;
    expect(await state.note('a', (words) => words)).toEqual([]);
    await expect(state.keep('a', add('mine'))).rejects.toMatchObject({ code: 'key-store-unavailable' });
    is.locked = false;
    expect(await state.read('a')).toEqual(['old']);
    state.evict('a');
    is.locked = true;
    expect(await state.note('a', () => ['new'])).toEqual(['new']);
    expect(disk.get('a')).toEqual(['new']);
  });
});
