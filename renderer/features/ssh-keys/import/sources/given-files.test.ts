import { describe, expect, it } from 'vitest';
import { filesOf } from './dropped-files.ts';
import { givenBy, maxFiles } from './given-files.ts';
import { packFiles } from './pack-files.ts';

const fileEntry = (fullPath: string) => ({
  isFile: true,
  isDirectory: false,
  fullPath,
  file: (give: (file: File) => void) => give(new File(['key'], fullPath.split('/').at(-1) ?? '')),
});

/** As a browser gives them: a hundred children at a time. */
function folderEntry(fullPath: string, children: readonly object[]) {
  return {
    isFile: false,
    isDirectory: true,
    fullPath,
    createReader() {
      let at = 0;
      return {
        readEntries(give: (part: readonly object[]) => void) {
          const part = children.slice(at, at + 100);
          at += part.length;
          give(part);
        },
      };
    },
  };
}

/** What is dropped: files by themselves, and folders. */
function drop(...entries: readonly { readonly isDirectory: boolean; readonly fullPath: string }[]): DataTransfer {
  const items = entries.map((entry) => ({
    kind: 'file',
    webkitGetAsEntry: () => entry,
    getAsFile: () => (entry.isDirectory ? null : new File(['key'], entry.fullPath.slice(1))),
  }));
  return { types: ['Files'], items } as unknown as DataTransfer;
}

describe('K7 files that the page hands over', () => {
  it('K7: keep their paths below the folder that was dropped', async () => {
    const sub = folderEntry('/keys/etc', [fileEntry('/keys/etc/authorized_keys')]);
    const given = await filesOf(drop(fileEntry('/id'), folderEntry('/keys', [fileEntry('/keys/id'), sub])));
    expect([given.files.map(({ name }) => name), given.left]).toEqual([
      ['id', 'keys/id', 'keys/etc/authorized_keys'],
      0,
    ]);
    const parts = [];
    for await (const part of packFiles(given.files).parts()) parts.push(...part);
    expect(parts.map(({ name }) => name)).toEqual(['id', 'keys/id', 'keys/etc/authorized_keys']);
  });

  it('K7: beyond the most are counted and left out, dropped or chosen', async () => {
    const many = Array.from({ length: maxFiles + 250 }, (_, at) => fileEntry(`/keys/${String(at)}`));
    const given = await filesOf(drop(folderEntry('/keys', many)));
    expect([given.files.length, given.left]).toEqual([maxFiles, 250]);
    const file = new File(['key'], 'id');
    expect(givenBy(Array.from({ length: maxFiles + 3 }, () => file))).toMatchObject({ left: 3 });
    expect(givenBy([file]).files).toEqual([{ file, name: 'id' }]);
  });
});
