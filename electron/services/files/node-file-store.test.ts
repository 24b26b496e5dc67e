import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTempFolder } from '../../../tests/support/temp-folder.ts';
import { openTestFiles } from '../testing/test-storage.ts';
import { tempName } from './temp-files.ts';

function tempPath(): string {
  const folder = makeTempFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const isWindows = process.platform === 'win32';

describe('D5 files of the data folder', () => {
  it('gives back what was written last, and nothing for a name that is not there', async () => {
    const files = openTestFiles(tempPath());
    await files.write('a.sealed', bytes('first, and longer'));
    await files.write('a.sealed', bytes('second'));
    expect(Buffer.from((await files.read('a.sealed'))!).toString()).toBe('second');
    expect(await files.read('b.sealed')).toBeUndefined();
  });

  it('leaves nothing but the file itself', async () => {
    const folder = tempPath();
    const files = openTestFiles(folder);
    await Promise.all(Array.from({ length: 20 }, (_, n) => files.write(`file-${n % 4}.sealed`, bytes(String(n)))));
    expect(readdirSync(folder).sort()).toEqual(['file-0.sealed', 'file-1.sealed', 'file-2.sealed', 'file-3.sealed']);
  });

  it('removes a file, and does not mind one that is gone', async () => {
    const folder = tempPath();
    const files = openTestFiles(folder);
    await files.write('a.sealed', bytes('x'));
    await files.remove('a.sealed');
    await files.remove('a.sealed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(isWindows)('is for this person alone, also in a folder that was open to others', async () => {
    const folder = join(tempPath(), 'new', 'store');
    const files = openTestFiles(folder);
    await files.write('a.sealed', bytes('x'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'a.sealed')).mode & 0o777).toBe(0o600);
    chmodSync(folder, 0o755);
    openTestFiles(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.each(['../a', 'a/b', 'a\\b', '', '.', '..', '.hidden', 'a\0b', `${'a'.repeat(121)}`])(
    'refuses the name %j',
    async (name) => {
      const files = openTestFiles(tempPath());
      await expect(files.write(name, bytes('x'))).rejects.toThrow('not a plain file name');
      await expect(files.read(name)).rejects.toThrow('not a plain file name');
      await expect(files.remove(name)).rejects.toThrow('not a plain file name');
      await expect(files.setAside(name)).rejects.toThrow('not a plain file name');
    },
  );

  it('does not load a file that cannot be ours into memory', async () => {
    const folder = tempPath();
    writeFileSync(join(folder, 'huge.sealed'), '');
    truncateSync(join(folder, 'huge.sealed'), 17 * 1024 ** 2);
    await expect(openTestFiles(folder).read('huge.sealed')).rejects.toMatchObject({ code: 'storage-fault' });
  });

  it.skipIf(isWindows)('reads nothing through a link, a pipe or a device, and waits for none', async () => {
    const folder = tempPath();
    const files = openTestFiles(folder);
    writeFileSync(join(folder, 'elsewhere'), 'not ours');
    symlinkSync('/dev/zero', join(folder, 'endless.sealed'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'linked.sealed'));
    symlinkSync('linked-to-itself.sealed', join(folder, 'linked-to-itself.sealed'));
    expect(spawnSync('mkfifo', [join(folder, 'pipe.sealed')]).status).toBe(0);
    for (const name of ['endless', 'linked', 'linked-to-itself', 'pipe'])
      expect(await files.read(`${name}.sealed`), name).toEqual(new Uint8Array());
    expect(await files.setAside('pipe.sealed')).toMatch(/^pipe\.sealed\.damaged-/);
    await files.write('linked.sealed', bytes('ours'));
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('not ours');
  });

  it('keeps the old content and no half-written file when a write fails', async () => {
    const folder = tempPath();
    const files = openTestFiles(folder);
    mkdirSync(join(folder, 'a.sealed'));
    writeFileSync(join(folder, 'a.sealed', 'inside'), 'old');
    await expect(files.write('a.sealed', bytes('new'))).rejects.toMatchObject({ code: 'storage-fault' });
    expect(readdirSync(folder)).toEqual(['a.sealed']);
    expect(readFileSync(join(folder, 'a.sealed', 'inside'), 'utf8')).toBe('old');
  });

  it('replaces a link instead of writing through it', async () => {
    const folder = tempPath();
    const outside = join(tempPath(), 'outside');
    writeFileSync(outside, 'untouched');
    symlinkSync(outside, join(folder, 'a.sealed'));
    await openTestFiles(folder).write('a.sealed', bytes('x'));
    expect(readFileSync(outside, 'utf8')).toBe('untouched');
  });

  it('says so if a file stands where the folder should be', () => {
    const path = join(tempPath(), 'file');
    writeFileSync(path, '');
    expect(() => openTestFiles(path)).toThrow(expect.objectContaining({ code: 'storage-fault' }));
  });

  it.skipIf(process.platform !== 'linux')('closes every file it opens', async () => {
    const files = openTestFiles(tempPath());
    const openFiles = () => readdirSync('/proc/self/fd').length;
    await files.write('a.sealed', bytes('x'));
    const before = openFiles();
    for (let n = 0; n < 50; n += 1) {
      await files.write('a.sealed', bytes('x'));
      await files.read('a.sealed');
    }
    expect(openFiles()).toBeLessThan(before + 10);
  });
});

describe('D5 setting a file aside', () => {
  it('keeps it under a name that says when, and never over another', async () => {
    const folder = tempPath();
    const files = openTestFiles(folder);
    const names: string[] = [];
    for (const content of ['one', 'two', 'three']) {
      await files.write('a.sealed', bytes(content));
      names.push(await files.setAside('a.sealed'));
    }
    const name = 'a.sealed.damaged-20260101-000000';
    expect(names).toEqual([name, `${name}-1`, `${name}-2`]);
    expect(names.map((each) => readFileSync(join(folder, each), 'utf8'))).toEqual(['one', 'two', 'three']);
    expect(await files.read('a.sealed')).toBeUndefined();
  });
});

describe('D5 files of ended writers', () => {
  const temp = (pid: number, writer = 'a'.repeat(12)): string => `.a.sealed.${pid}-${writer}-${'b'.repeat(12)}.tmp`;
  /** Above what Linux, macOS and Windows give out. */
  const deadPid = 2 ** 30;

  it('removes what a dead writer, and one that had our process id, left half-written', () => {
    const folder = tempPath();
    for (const name of [temp(deadPid), temp(process.pid)]) writeFileSync(join(folder, name), 'half');
    openTestFiles(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves what another living process or this one is writing, and what is no file of ours', () => {
    const folder = tempPath();
    const names = [temp(process.ppid), tempName('a.sealed'), '.other.tmp', 'a.tmp', 'a.sealed'];
    for (const name of names) writeFileSync(join(folder, name), 'x');
    openTestFiles(folder);
    expect(readdirSync(folder).sort()).toEqual(names.sort());
  });
});
