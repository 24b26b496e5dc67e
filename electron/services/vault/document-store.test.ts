import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { makeTempFolder } from '../../../tests/support/temp-folder.ts';
import type { FileStore } from '../ports.ts';
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
  restart();
});

function restart(): void {
  storage = startStorage(folder, keyWrapper);
}
const write = (text: string, to: NoteSpec = spec): Promise<void> => storage.document(to).write({ text });
const read = async (from: NoteSpec = spec): Promise<string | undefined> => (await storage.document(from).read())?.text;
const path = (name: string): string => join(folder, name);

describe('D5 a later version of this app', () => {
  const newer = (): NoteSpec => noteSpec('note.sealed', { version: 2 });

  it('wrote the document: it is left as it is, whatever this version tries', async () => {
    await write('from the future', newer());
    restart();
    const before = readFileSync(path('note.sealed'));
    await expect(read()).rejects.toMatchObject({ code: 'storage-fault' });
    await expect(write('x')).rejects.toMatchObject({ code: 'storage-fault' });
    expect(readFileSync(path('note.sealed'))).toEqual(before);
    expect(storage.notices()).toMatchObject([{ kind: 'later-or-damaged', file: 'note.sealed' }]);
    restart();
    expect(await read(newer())).toBe('from the future');
  });

  it('wrote the format: it is left as it is', async () => {
    await write('one');
    const bytes = readFileSync(path('note.sealed'));
    bytes.writeUInt8(9, 4);
    writeFileSync(path('note.sealed'), bytes);
    restart();
    await expect(write('x')).rejects.toMatchObject({ code: 'storage-fault' });
    expect(readFileSync(path('note.sealed'))).toEqual(bytes);
  });
});

describe('L1 the person goes on without a document that is in the way', () => {
  const other = noteSpec('other.sealed');

  it('and it is kept under another name; the others stay as they are', async () => {
    await write('from the future', noteSpec('note.sealed', { version: 2 }));
    await write('of another', other);
    restart();
    await expect(read()).rejects.toMatchObject({ code: 'storage-fault' });
    expect(storage.notices()).toMatchObject([{ kind: 'later-or-damaged', file: 'note.sealed', isInTheWay: true }]);
    const before = readFileSync(path('note.sealed'));
    await storage.setAside('note.sealed');
    const [{ file = '' } = {}, ...more] = storage.notices();
    expect([storage.notices()[0]?.kind, more]).toEqual(['later-file-set-aside', []]);
    expect(readFileSync(path(file))).toEqual(before);
    expect(await read()).toBeUndefined();
    await write('anew');
    expect([await read(), await read(other)]).toEqual(['anew', 'of another']);
    restart();
    expect([await read(), await read(other), storage.notices()]).toEqual(['anew', 'of another', []]);
  });

  it('and finds it again where it is put back before anything took its place', async () => {
    const newer = noteSpec('note.sealed', { version: 2 });
    await write('from the future', newer);
    restart();
    await read().catch(() => undefined);
    await storage.setAside('note.sealed');
    const [{ file = '' } = {}] = storage.notices();
    renameSync(path(file), path('note.sealed'));
    restart();
    expect(await read(newer)).toBe('from the future');
  });

  it('once: what no notice names (any more) is not touched', async () => {
    await write('one');
    await write('from the future', noteSpec('later.sealed', { version: 2 }));
    restart();
    await read(noteSpec('later.sealed')).catch(() => undefined);
    await storage.setAside('later.sealed');
    const before = readdirSync(folder);
    for (const name of ['note.sealed', 'later.sealed', 'ledger.sealed', 'vault-key.json', '../elsewhere'])
      await expect(storage.setAside(name), name).rejects.toMatchObject({ code: 'not-found' });
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('D5 a disk that refuses', () => {
  const diskFull = new AppError('storage-fault', { reason: 'disk-full' });
  /** The real files, but writing `name` fails while `isFull` says so. */
  function failing(name: string, isFull: () => boolean): FileStore {
    const files = openTestFiles(folder);
    return {
      ...files,
      write: (each, content) => (each === name && isFull() ? Promise.reject(diskFull) : files.write(each, content)),
    };
  }

  it('keeps the old value, says why, and works again with room', async () => {
    await write('old');
    let isFull = true;
    storage = startStorage(
      failing('note.sealed', () => isFull),
      keyWrapper,
    );
    await expect(write('new')).rejects.toBe(diskFull);
    expect(await read()).toBe('old');
    isFull = false;
    await write('new');
    restart();
    expect(await read()).toBe('new');
  });

  it('still lets a document be removed when the ledger cannot be written, and raises no alarm later', async () => {
    await write('old');
    let isFull = true;
    storage = startStorage(
      failing('ledger.sealed', () => isFull),
      keyWrapper,
    );
    await expect(storage.document(spec).remove()).rejects.toBe(diskFull);
    expect(readdirSync(folder)).not.toContain('note.sealed');
    isFull = false;
    await write('x', noteSpec('other.sealed'));
    restart();
    expect(await read()).toBeUndefined();
    expect(storage.notices()).toEqual([]);
  });

  it('does not stop those who wait behind a failed write', async () => {
    let isFull = true;
    storage = startStorage(
      failing('note.sealed', () => isFull),
      keyWrapper,
    );
    const first = write('one');
    const second = first.catch(() => (isFull = false)).then(() => write('two'));
    await expect(first).rejects.toBe(diskFull);
    await second;
    expect(await read()).toBe('two');
  });

  it('has no key without a ledger, so that a missing ledger always means that somebody took it', async () => {
    storage = startStorage(
      failing('ledger.sealed', () => true),
      keyWrapper,
    );
    await expect(write('x')).rejects.toBe(diskFull);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes no key that it could not keep', async () => {
    storage = startStorage(
      failing('vault-key.json', () => true),
      keyWrapper,
    );
    await expect(write('x')).rejects.toBe(diskFull);
    expect(readdirSync(folder)).not.toContain('note.sealed');
    restart();
    await write('y');
    expect(await read()).toBe('y');
    expect(storage.notices()).toEqual([]);
  });
});
