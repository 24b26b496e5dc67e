import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempFolder, type TempFolder } from '../../../tests/support/temp-folder.ts';
import { leavePlainFile, readPlainFile } from './plain-file.ts';

let folder: TempFolder;
beforeEach(() => (folder = makeTempFolder()));
afterEach(() => folder[Symbol.dispose]());

const path = () => join(folder.path, 'settings.json');
const elsewhere = () => join(folder.path, 'elsewhere');

const strangers: Readonly<Record<string, () => void>> = {
  'a link to a file': () => {
    writeFileSync(elsewhere(), 'of another');
    symlinkSync(elsewhere(), path());
  },
  'a link to nothing': () => symlinkSync(elsewhere(), path()),
  'a link to what never ends': () => symlinkSync('/dev/zero', path()),
  'a pipe': () => void spawnSync('mkfifo', [path()]),
  'a huge file': () => {
    writeFileSync(path(), '');
    truncateSync(path(), 3e9);
  },
};

describe.skipIf(process.platform === 'win32')('L2 a file that is read whole', () => {
  it.each(Object.keys(strangers))('is not read where it is %s', (what) => {
    strangers[what]?.();
    expect(() => readPlainFile(path(), 1_000)).toThrow(/ELOOP|storage-fault/);
  });

  it.each(Object.keys(strangers))('is not handed to a library where it is %s, and nothing of it is lost', (what) => {
    strangers[what]?.();
    const before = readdirSync(folder.path).length;
    leavePlainFile(path());
    expect(lstatSync(path(), { throwIfNoEntry: false })).toBeUndefined();
    expect(readdirSync(folder.path)).toHaveLength(before);
  });

  it('is a plain one, one that is not there, or none of ours to move: a folder', () => {
    expect(readPlainFile(path(), 4)).toBeUndefined();
    leavePlainFile(path());
    writeFileSync(path(), 'four');
    leavePlainFile(path());
    expect(readPlainFile(path(), 4)?.toString()).toBe('four');
    expect(() => readPlainFile(path(), 3)).toThrow('storage-fault');
    mkdirSync(elsewhere());
    leavePlainFile(elsewhere());
    expect(readdirSync(folder.path).sort()).toEqual(['elsewhere', 'settings.json']);
  });
});
