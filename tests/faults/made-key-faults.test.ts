import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeKeyFiles } from '../../electron/services/features/ssh-keys/make/key-files.ts';
import { canMountDisks, mountTinyDisk } from '../support/tiny-disk.ts';

const isSkipped = !canMountDisks();
const why = isSkipped ? ' (skipped: mounting needs Linux and an administrator)' : '';
const halves = { private: Buffer.from('private half'), line: 'public half\n' };

/** Page by page, until there is no room. */
function fill(folder: string): number {
  for (let n = 0; ; n += 1) {
    try {
      writeFileSync(join(folder, `filler-${n}`), Buffer.alloc(4_096), { flag: 'wx' });
    } catch {
      rmSync(join(folder, `filler-${n}`), { force: true });
      return n;
    }
  }
}

describe.skipIf(isSkipped)(`K10 the files of a made key${why}`, () => {
  it('K10: on a full disk neither half is there, also where only one has room', async () => {
    using disk = mountTinyDisk(64);
    const count = fill(disk.path);
    const full = { code: 'storage-fault', details: { reason: 'disk-full' } };
    const before = readdirSync(disk.path).toSorted();
    await expect(writeKeyFiles(disk.path, 'id_x', halves)).rejects.toMatchObject(full);
    expect(readdirSync(disk.path).toSorted()).toEqual(before);
    rmSync(join(disk.path, `filler-${count - 1}`));
    await expect(writeKeyFiles(disk.path, 'id_x', halves)).rejects.toMatchObject(full);
    expect(readdirSync(disk.path).toSorted()).toEqual(before.filter((name) => name !== `filler-${count - 1}`));
    rmSync(join(disk.path, 'filler-0'));
    await writeKeyFiles(disk.path, 'id_x', halves);
    expect(readFileSync(join(disk.path, 'id_x'), 'utf8')).toBe('private half');
  });

  it('K10: a folder that is read-only is named as the reason', async () => {
    using disk = mountTinyDisk(64);
    disk.makeReadOnly();
    await expect(writeKeyFiles(disk.path, 'id_x', halves)).rejects.toMatchObject({
      code: 'storage-fault',
      details: { reason: 'folder-read-only' },
    });
    await expect(writeKeyFiles(join(disk.path, '.ssh'), 'id_x', halves)).rejects.toMatchObject({
      details: { reason: 'folder-read-only' },
    });
  });
});
