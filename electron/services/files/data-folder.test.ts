import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../../tests/support/temp-folder.ts';
import { canMountDisks, mountTinyDisk } from '../../../tests/support/tiny-disk.ts';
import { defaultDataFolder, prepareDataFolder } from './data-folder.ts';
import { explainStorageFault } from './storage-fault.ts';

/** What the person is told about a folder that cannot be used. */
function refusal(path: string): string {
  try {
    prepareDataFolder(path);
    return 'none';
  } catch (error) {
    return explainStorageFault(error, path);
  }
}

describe('D5 preparing the data folder', () => {
  it('makes it for this person alone and leaves nothing in it', () => {
    using folder = makeTempFolder();
    const path = prepareDataFolder(join(folder.path, 'a', 'b'));
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(path)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('closes one that was open to others, but none that many people share', () => {
    using folder = makeTempFolder();
    chmodSync(folder.path, 0o755);
    prepareDataFolder(folder.path);
    expect(statSync(folder.path).mode & 0o7777).toBe(0o700);
    chmodSync(folder.path, 0o1777);
    prepareDataFolder(folder.path);
    expect(statSync(folder.path).mode & 0o7777).toBe(0o1777);
    chmodSync(folder.path, 0o700);
  });

  it('gives the real path, so that two names of one folder are one', () => {
    using folder = makeTempFolder();
    mkdirSync(join(folder.path, 'real'));
    symlinkSync('real', join(folder.path, 'link'));
    expect(prepareDataFolder(join(folder.path, 'link'))).toBe(prepareDataFolder(join(folder.path, 'real')));
  });

  it('says so if something else is in its place', () => {
    using folder = makeTempFolder();
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    expect(refusal(file)).toBe(`${file} is not a folder: choose another with --data-dir`);
    expect(refusal(join(file, 'below', 'deep'))).toContain('is not a folder');
  });

  it.skipIf(process.platform !== 'linux')('says so where the kernel lets nobody make folders, root included', () => {
    expect(refusal('/proc/profile-desk/deep')).toBe(
      'the data folder /proc/profile-desk/deep cannot be used (ENOENT): choose another with --data-dir',
    );
    expect(refusal('/sys/profile-desk')).toBe(
      'the data folder /sys/profile-desk is read-only: choose another with --data-dir',
    );
  });
});

describe.skipIf(!canMountDisks())(
  'D5 a data folder on a real disk (skipped: mounting needs Linux and an administrator)',
  () => {
    it.each([['a'], ['a', 'b', 'c']])('that is read-only, where it does not exist yet: %j', (...names) => {
      using disk = mountTinyDisk(512);
      disk.makeReadOnly();
      const path = join(disk.path, ...names);
      expect(refusal(path)).toBe(`the data folder ${path} is read-only: choose another with --data-dir`);
    });

    it('that is full', () => {
      using disk = mountTinyDisk(64);
      expect(refusal(join(disk.path, 'a'))).toBe(
        `the disk that holds ${join(disk.path, 'a')} is full: free some space and start again`,
      );
      expect(readdirSync(join(disk.path, 'a'))).toEqual([]);
    });
  },
);

describe('D5 the default data folder', () => {
  it('is where each platform keeps the data of applications', () => {
    expect(defaultDataFolder('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/profile-desk');
    expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/profile-desk');
    // An empty variable counts as unset (XDG Base Directory Specification).
    expect(defaultDataFolder('linux', { XDG_DATA_HOME: '' }, '/home/ada')).toBe('/home/ada/.local/share/profile-desk');
    expect(defaultDataFolder('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Application Support/profile-desk');
    expect(defaultDataFolder('win32', { LOCALAPPDATA: '/local' }, '/Users/ada')).toBe('/local/profile-desk');
  });
});
