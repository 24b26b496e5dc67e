import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { noteSpec, openTestFiles, startStorage } from '../../electron/services/testing/test-storage.ts';
import { canMountDisks, mountTinyDisk } from '../support/tiny-disk.ts';

const isSkipped = !canMountDisks();
const why = isSkipped ? ' (skipped: mounting needs Linux and an administrator)' : '';
const diskFull = { code: 'storage-fault', details: { reason: 'disk-full' } };
const readOnly = { code: 'storage-fault', details: { reason: 'folder-read-only' } };

/** Takes the room that is left. */
function fill(folder: string): void {
  for (const size of [64, 16, 4].map((kilobytes) => kilobytes * 1_024)) {
    for (let n = 0; n < 100; n += 1) {
      try {
        writeFileSync(join(folder, `filler-${size}-${n}`), Buffer.alloc(size), { flag: 'wx' });
      } catch {
        break;
      }
    }
  }
}

describe.skipIf(isSkipped)(`D5 a real full disk${why}`, () => {
  it('refuses a file with the reason, keeps the old one and leaves nothing half-written', async () => {
    using disk = mountTinyDisk(64);
    const files = openTestFiles(disk.path);
    await files.write('a.sealed', Buffer.from('old'));
    await expect(files.write('a.sealed', Buffer.alloc(200_000))).rejects.toMatchObject(diskFull);
    expect(readFileSync(join(disk.path, 'a.sealed'), 'utf8')).toBe('old');
    expect(readdirSync(disk.path)).toEqual(['a.sealed']);
    await files.write('a.sealed', Buffer.from('new'));
    expect(readFileSync(join(disk.path, 'a.sealed'), 'utf8')).toBe('new');
  });

  it('loses no document: the old value stays, removal works, and there is room again', async () => {
    using disk = mountTinyDisk(128);
    const keyWrapper = createTestKeyWrapper();
    const storage = startStorage(disk.path, keyWrapper);
    const [note, removed] = [noteSpec('kept.sealed'), noteSpec('removed.sealed')].map((spec) => storage.document(spec));
    await note!.write({ text: 'old' });
    await removed!.write({ text: 'x'.repeat(20_000) });
    fill(disk.path);
    await expect(note!.write({ text: 'y'.repeat(20_000) })).rejects.toMatchObject(diskFull);
    expect(await note!.read()).toEqual({ text: 'old' });
    await removed!.remove();
    await note!.write({ text: 'new' });
    const next = startStorage(disk.path, keyWrapper);
    expect(await next.document(noteSpec('kept.sealed')).read()).toEqual({ text: 'new' });
    expect(await next.document(noteSpec('removed.sealed')).read()).toBeUndefined();
    expect(next.notices()).toEqual([]);
  });
});

describe.skipIf(isSkipped)(`D5 a real read-only folder${why}`, () => {
  it('can be read from, and says why nothing is kept', async () => {
    using disk = mountTinyDisk(64);
    const keyWrapper = createTestKeyWrapper();
    const spec = noteSpec('note.sealed');
    await startStorage(disk.path, keyWrapper).document(spec).write({ text: 'old' });
    disk.makeReadOnly();
    const document = startStorage(disk.path, keyWrapper).document(spec);
    await expect(document.write({ text: 'new' })).rejects.toMatchObject(readOnly);
    await expect(document.remove()).rejects.toMatchObject(readOnly);
    expect(await startStorage(disk.path, keyWrapper).document(spec).read()).toEqual({ text: 'old' });
  });

  it('is told at once if the folder cannot even be made', () => {
    using disk = mountTinyDisk(64);
    disk.makeReadOnly();
    expect(() => openTestFiles(join(disk.path, 'store'))).toThrow(expect.objectContaining(readOnly));
  });
});
