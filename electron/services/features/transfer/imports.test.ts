import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PortablePart } from '../../resources/portable-part.ts';
import { createTestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { quickly, startStorage } from '../../testing/test-storage.ts';
import type { DeriveKey } from '../../vault/passphrase/derive-key.ts';
import { deriveFileKey, makeHead } from './file/file-head.ts';
import { writeFile } from './file/write-file.ts';
import { Imports, type ImportsDeps } from './imports.ts';
import { toLine } from './records.ts';

const kdf = { name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1, salt: 'c2FsdHNhbHRzYWx0c2FsdA==' } as const;
const passphrase = 'seven tulips behind the mill';

async function makeStart(): Promise<Buffer> {
  const { passphraseCheck } = await deriveFileKey(passphrase, kdf, quickly);
  return Buffer.concat([makeHead(kdf, passphraseCheck), Buffer.from('\n')]);
}

function setUp(deriveKey: DeriveKey, parts: ImportsDeps['parts'] = []): Imports {
  return new Imports({
    ...{ deriveKey, parts },
    storage: startStorage(createMemoryFiles(), createTestKeyWrapper()),
    targets: { normalise: () => ({ kind: 'embedded' }) },
    noteStaged: () => Promise.resolve(),
    renew: () => Promise.resolve(),
    onWritten: () => Promise.resolve(),
  });
}

describe('X14 files that are opened', () => {
  it('each take their memory after the one before, however often a file is opened', async () => {
    let running = 0;
    let most = 0;
    const imports = setUp(async (typed, cost) => {
      most = Math.max(most, (running += 1));
      const key = await quickly(typed, cost);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return key;
    });
    const start = await makeStart();
    const opened = await Promise.all([1, 2, 3, 4].map(() => imports.open(1_000, start, passphrase)));
    expect([new Set(opened.map(({ importId }) => importId)).size, most]).toEqual([4, 1]);
    // The last one counts.
    expect(() => imports.preview(opened[0]!.importId)).toThrow('not-found');
  });

  it('and of those that wait none is opened after a lock', async () => {
    let derived = 0;
    const imports: Imports = setUp((typed, cost) => {
      derived += 1;
      imports.stop();
      return quickly(typed, cost);
    });
    const start = await makeStart();
    const opening = [1, 2].map(() => imports.open(1_000, start, passphrase));
    for (const each of opening) await expect(each).rejects.toMatchObject({ code: 'key-store-unavailable' });
    expect(derived).toBe(1);
  });
});

async function makeFile(): Promise<Buffer> {
  const { key, passphraseCheck } = await deriveFileKey(passphrase, kdf, quickly);
  const lines = (async function* () {
    yield toLine.about({ version: '1', computer: 'desk', at: '2026-11-29T00:00:00.000Z' });
    yield toLine.part(0, 'settings', 'dark');
    // The last chunk is read at the end alone.
    yield toLine.part(0, 'settings', 'x'.repeat(70_000));
    yield toLine.end(2);
  })();
  const bytes: Buffer[] = [];
  for await (const part of writeFile(makeHead(kdf, passphraseCheck), key, lines)) bytes.push(part);
  return Buffer.concat(bytes);
}

describe('X14 an import that follows one which was given up', () => {
  it('lays nothing ready before that one has put its own away', async () => {
    const done: string[] = [];
    const part: PortablePart<string> = {
      ...{ name: 'settings', schema: z.string(), count: () => Promise.resolve(0), records: async function* () {} },
      compare: () => Promise.resolve({ of: () => ({ kind: 'fresh' }) }),
      gather: () => ({
        take: () => void done.push('take'),
        changes: () => Promise.resolve([]),
        drop: () => new Promise((resolve) => setImmediate(() => resolve(void done.push('drop')))),
      }),
    };
    const imports = setUp(quickly, [part]);
    const file = await makeFile();
    const take = async () => {
      const { importId } = await imports.open(file.length, file, passphrase);
      await imports.begin(importId, []);
      await imports.feed(importId, file);
    };
    await take();
    await take();
    expect(done).toEqual(['take', 'drop', 'take']);
  });
});
