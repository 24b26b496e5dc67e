import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { defaultDataFolder, prepareDataFolder } from './data-folder.ts';

describe('default data folder', () => {
  it('is where each platform keeps the data of applications', () => {
    expect(defaultDataFolder('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/profile-desk');
    expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/profile-desk');
    // An empty variable counts as unset (XDG Base Directory Specification).
    expect(defaultDataFolder('linux', { XDG_DATA_HOME: '' }, '/home/ada')).toBe('/home/ada/.local/share/profile-desk');
    expect(defaultDataFolder('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Application Support/profile-desk');
    expect(defaultDataFolder('win32', { LOCALAPPDATA: '/local' }, '/Users/ada')).toBe('/local/profile-desk');
  });
});

describe('preparing the data folder', () => {
  it('makes it for this person alone and leaves nothing in it', () => {
    using folder = makeTempFolder();
    const path = prepareDataFolder(join(folder.path, 'a', 'b'));
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(path)).toEqual([]);
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
    expect(() => prepareDataFolder(file)).toThrow(`${file} is not a folder: choose another with --data-dir`);
    expect(() => prepareDataFolder(join(file, 'below'))).toThrow('is not a folder');
  });

  it.skipIf(process.platform !== 'linux')('says so if it is read-only', () => {
    // The kernel lets nobody make folders there, root included.
    expect(() => prepareDataFolder('/sys/profile-desk')).toThrow('/sys/profile-desk is read-only: choose another with --data-dir');
  });
});
