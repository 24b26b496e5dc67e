import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempFolder, type TempFolder } from '../../../tests/support/temp-folder.ts';
import { createFile, replaceFile } from './whole-file.ts';

let temp: TempFolder;
let folder: string;
beforeEach(() => {
  temp = makeTempFolder();
  folder = temp.path;
});
afterEach(() => temp[Symbol.dispose]());

const content = Buffer.from('1. k7mxp-2rtqa\n');
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('E5 a file for the person', () => {
  it('takes a name that is free, and is for its owner alone', async () => {
    expect(await createFile(folder, 'codes.txt', content)).toBe(join(folder, 'codes.txt'));
    expect(await createFile(folder, 'codes.txt', Buffer.from('second'))).toBe(join(folder, 'codes (2).txt'));
    expect(await createFile(folder, 'codes.txt', Buffer.from('third'))).toBe(join(folder, 'codes (3).txt'));
    expect([text('codes.txt'), text('codes (2).txt'), text('codes (3).txt')]).toEqual([
      content.toString(),
      'second',
      'third',
    ]);
    if (process.platform !== 'win32') expect(modeOf(join(folder, 'codes.txt'))).toBe(0o600);
  });

  it('does not follow a link that lies under its name', async () => {
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'codes.txt'));
    expect(await createFile(folder, 'codes.txt', content)).toBe(join(folder, 'codes (2).txt'));
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });

  it('takes the place of the one that the person was asked about, whole and for its owner alone', async () => {
    writeFileSync(join(folder, 'old.txt'), 'old and longer than the new content', { mode: 0o644 });
    await replaceFile(join(folder, 'old.txt'), content);
    expect(text('old.txt')).toBe(content.toString());
    if (process.platform !== 'win32') expect(modeOf(join(folder, 'old.txt'))).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['old.txt']);
  });

  it('is a storage fault where it cannot be written, and leaves what was there', async () => {
    mkdirSync(join(folder, 'a folder'));
    writeFileSync(join(folder, 'a folder', 'inside'), 'kept');
    const fault = { code: 'storage-fault' };
    await expect(replaceFile(join(folder, 'a folder'), content)).rejects.toMatchObject(fault);
    await expect(replaceFile(join(folder, 'no such', 'codes.txt'), content)).rejects.toMatchObject(fault);
    await expect(createFile(join(folder, 'no such'), 'codes.txt', content)).rejects.toMatchObject(fault);
    expect(readdirSync(folder)).toEqual(['a folder']);
    expect(readFileSync(join(folder, 'a folder', 'inside'), 'utf8')).toBe('kept');
  });
});
