import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempFolder, type TempFolder } from '../../tests/support/temp-folder.ts';
import { createDownloadsFilePicker } from './downloads-file-picker.ts';

let home: TempFolder;
beforeEach(() => (home = makeTempFolder()));
afterEach(() => home[Symbol.dispose]());

const save = (env: NodeJS.ProcessEnv = {}) =>
  createDownloadsFilePicker({ HOME: home.path, ...env }).save({
    suggestedName: 'codes.txt',
    content: Buffer.from('codes'),
  });

function writeUserDirs(value: string): void {
  mkdirSync(join(home.path, '.config'));
  writeFileSync(
    join(home.path, '.config', 'user-dirs.dirs'),
    `# made by a test\nXDG_DESKTOP_DIR="$HOME/Desktop"\nXDG_DOWNLOAD_DIR="${value}"\n`,
  );
}

describe('E5 saving in the browser shell', () => {
  it('goes to Downloads in the home folder, made if it is not there, under a free name', async () => {
    expect(await save()).toBe(join(home.path, 'Downloads', 'codes.txt'));
    expect(await save()).toBe(join(home.path, 'Downloads', 'codes (2).txt'));
    expect(readFileSync(join(home.path, 'Downloads', 'codes.txt'), 'utf8')).toBe('codes');
  });

  it.each([
    ['$HOME/Heruntergeladenes', 'Heruntergeladenes'],
    ['$HOME/with \\"quotes\\"', 'with "quotes"'],
    ['relative/path', 'Downloads'],
    ['$HOMEWORK/x', 'Downloads'],
  ])('follows the desktop’s own %j', async (value, folder) => {
    writeUserDirs(value);
    expect(await save()).toBe(join(home.path, folder, 'codes.txt'));
  });

  it('finds the desktop’s settings where they were moved to', async () => {
    mkdirSync(join(home.path, 'conf'));
    writeFileSync(join(home.path, 'conf', 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${home.path}/Elsewhere"`);
    expect(await save({ XDG_CONFIG_HOME: join(home.path, 'conf') })).toBe(join(home.path, 'Elsewhere', 'codes.txt'));
  });

  it('is a storage fault where nothing can be written', async () => {
    writeFileSync(join(home.path, 'Downloads'), 'a file, no folder');
    await expect(save()).rejects.toMatchObject({ code: 'storage-fault' });
    expect(readFileSync(join(home.path, 'Downloads'), 'utf8')).toBe('a file, no folder');
  });
});
