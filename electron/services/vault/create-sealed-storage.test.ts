import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeTempFolder } from '../../../tests/support/temp-folder.ts';
import { createTestKeyWrapper, type TestKeyWrapper } from '../testing/test-key-wrapper.ts';
import { noteSpec, openTestFiles, startStorage, type NoteSpec } from '../testing/test-storage.ts';
import type { SealedStorage } from './sealed-storage.ts';

const spec = noteSpec('note.sealed');
let folder: string;
let keyWrapper: TestKeyWrapper;
let storage: SealedStorage;

beforeEach(() => {
  const temp = makeTempFolder();
  onTestFinished(() => temp[Symbol.dispose]());
  folder = temp.path;
  keyWrapper = createTestKeyWrapper();
  storage = startStorage(folder, keyWrapper);
});

const restart = (): void => {
  storage = startStorage(folder, keyWrapper);
};
const write = (text: string, to: NoteSpec = spec): Promise<void> => storage.document(to).write({ text });
const read = async (from: NoteSpec = spec): Promise<string | undefined> => (await storage.document(from).read())?.text;
const path = (name: string): string => join(folder, name);
const noticed = (): unknown[] => storage.notices().map(({ kind, what, file }) => [kind, what, file]);
/** Puts files back to how they are now. */
function remember(...names: string[]): () => void {
  for (const name of names) copyFileSync(path(name), path(`${name}.copy`));
  return () => names.forEach((name) => copyFileSync(path(`${name}.copy`), path(name)));
}

describe('D5 sealed documents', () => {
  it('give back the newest value, in this run and the next', async () => {
    await write('one');
    await write('two');
    expect(await read()).toBe('two');
    restart();
    expect(await read()).toBe('two');
    expect(noticed()).toEqual([]);
  });

  it('are kept apart by name', async () => {
    await write('a');
    await write('b', noteSpec('other.sealed'));
    restart();
    expect([await read(), await read(noteSpec('other.sealed'))]).toEqual(['a', 'b']);
  });

  it('keep every acknowledged write, in the order asked, also by two handles at once', async () => {
    const [one, two] = [storage.document(spec), storage.document(spec)];
    const seen: string[] = [];
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        await (n % 2 ? one : two).write({ text: String(n) });
        seen.push(String(n));
      }),
    );
    expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
    expect(await read()).toBe('19');
    restart();
    expect(await read()).toBe('19');
  });

  it('are gone once removed, and may be written again', async () => {
    await write('secret');
    await storage.document(spec).remove();
    expect(readdirSync(folder)).not.toContain('note.sealed');
    restart();
    expect(await read()).toBeUndefined();
    await write('again');
    restart();
    expect(await read()).toBe('again');
    expect(noticed()).toEqual([]);
  });

  it('refuse a value that could not be read back, without naming it', async () => {
    const bad = storage.document({ ...spec, schema: z.strictObject({ text: z.string().max(3) }) });
    const error: unknown = await bad.write({ text: 'hunter2' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'internal', cause: { message: 'note.sealed would not be readable: text' } });
    expect(String((error as Error).stack) + String((error as Error & { cause: Error }).cause.stack)).not.toContain(
      'hunter2',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('D5 a changed file', () => {
  const aside = 'note.sealed.damaged-20260101-000000';

  it('is set aside with all its bytes, said once, and the next write starts anew', async () => {
    await write('one');
    const bytes = readFileSync(path('note.sealed'));
    bytes[40]! ^= 1;
    writeFileSync(path('note.sealed'), bytes);
    restart();
    let changes = 0;
    storage.onChange(() => (changes += 1));
    expect(await read()).toBeUndefined();
    expect(await read()).toBeUndefined();
    expect(storage.notices()).toEqual([
      { kind: 'damaged-file-set-aside', what: 'profile', file: aside, at: '2026-01-01T00:00:00.000Z' },
    ]);
    expect(changes).toBe(2);
    expect(readFileSync(path(aside))).toEqual(bytes);
    restart();
    expect(await read()).toBeUndefined();
    expect(noticed()).toEqual([]);
    await write('two');
    restart();
    expect(await read()).toBe('two');
  });

  it('is set aside also by a write that comes before any read', async () => {
    await write('one');
    writeFileSync(path('note.sealed'), 'garbage');
    restart();
    await write('two');
    expect(noticed()).toEqual([['damaged-file-set-aside', 'profile', aside]]);
    expect(readFileSync(path(aside), 'utf8')).toBe('garbage');
    expect(await read()).toBe('two');
  });

  it('is set aside if it holds what the schema does not allow', async () => {
    await storage.document({ ...spec, schema: z.strictObject({ other: z.number() }) }).write({ other: 1 });
    restart();
    expect(await read()).toBeUndefined();
    expect(noticed()).toEqual([['damaged-file-set-aside', 'profile', aside]]);
  });

  it('is noticed as older when an earlier copy is put back, in the same run and after a restart', async () => {
    await write('one');
    const putBack = remember('note.sealed');
    await write('two');
    putBack();
    expect(await read()).toBeUndefined();
    await write('three');
    putBack();
    restart();
    expect(await read()).toBeUndefined();
    expect(noticed()).toEqual([['older-file-set-aside', 'profile', `${aside}-1`]]);
  });

  it('is still older after the loss was noted', async () => {
    await write('one');
    const putBack = remember('note.sealed');
    await write('two');
    putBack();
    expect(await read()).toBeUndefined();
    putBack();
    restart();
    expect(await read()).toBeUndefined();
    expect(noticed()).toHaveLength(1);
  });

  it('is noticed when two files change places', async () => {
    const other = noteSpec('other.sealed', { account: 'account-2' });
    await write('a');
    await write('b', other);
    renameSync(path('note.sealed'), path('swap'));
    renameSync(path('other.sealed'), path('note.sealed'));
    renameSync(path('swap'), path('other.sealed'));
    restart();
    expect([await read(), await read(other)]).toEqual([undefined, undefined]);
    expect(storage.notices().map(({ kind }) => kind)).toEqual(['damaged-file-set-aside', 'damaged-file-set-aside']);
  });

  it('is noticed when it was taken away, once; and welcome when it comes back', async () => {
    await write('one');
    renameSync(path('note.sealed'), path('hidden'));
    restart();
    expect(await read()).toBeUndefined();
    expect(noticed()).toEqual([['file-missing', 'profile', 'note.sealed']]);
    restart();
    expect(await read()).toBeUndefined();
    expect(noticed()).toEqual([]);
    renameSync(path('hidden'), path('note.sealed'));
    expect(await read()).toBe('one');
  });

  it('does not bring back what was removed on purpose', async () => {
    await write('signed in');
    const putBack = remember('note.sealed');
    await storage.document(spec).remove();
    putBack();
    restart();
    expect(await read()).toBeUndefined();
    expect(readdirSync(folder)).not.toContain('note.sealed');
  });
});

describe('D5 the ledger', () => {
  it('if damaged, is set aside with a notice, and the documents are read as they are', async () => {
    await write('one');
    writeFileSync(path('ledger.sealed'), 'garbage');
    restart();
    expect(await read()).toBe('one');
    expect(noticed()).toEqual([['damaged-file-set-aside', 'ledger', 'ledger.sealed.damaged-20260101-000000']]);
  });

  it('if taken away, is missed', async () => {
    await write('one');
    rmSync(path('ledger.sealed'));
    restart();
    expect(await read()).toBe('one');
    expect(noticed()).toEqual([['file-missing', 'ledger', 'ledger.sealed']]);
  });

  it('raises no alarm after a crash between a write or a removal and its entry', async () => {
    await write('one');
    const ledgerBefore = remember('ledger.sealed');
    await write('two');
    ledgerBefore();
    restart();
    expect(await read()).toBe('two');
    const fileBefore = remember('note.sealed');
    await storage.document(spec).remove();
    fileBefore();
    restart();
    expect(await read()).toBeUndefined();
    expect(noticed()).toEqual([]);
  });

  it('raises no alarm after a crash before the very first entry', async () => {
    await write('first', noteSpec('earlier.sealed'));
    const ledgerBefore = remember('ledger.sealed');
    await write('one');
    ledgerBefore();
    restart();
    expect(await read()).toBe('one');
    await write('two');
    expect(noticed()).toEqual([]);
  });

  it('is written at most twice for many documents written at once', async () => {
    await write('makes the vault');
    const names: string[] = [];
    const files = openTestFiles(folder);
    storage = startStorage(
      { ...files, write: (name, content) => (names.push(name), files.write(name, content)) },
      keyWrapper,
    );
    await read();
    await Promise.all(Array.from({ length: 12 }, (_, n) => write('x', noteSpec(`note-${n}.sealed`))));
    expect(names.filter((name) => name === 'ledger.sealed').length).toBeLessThan(12);
    restart();
    for (let n = 0; n < 12; n += 1) expect(await read(noteSpec(`note-${n}.sealed`))).toBe('x');
  });
});
