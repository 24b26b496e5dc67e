import { describe, expect, it } from 'vitest';
import { createTestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { quickly, startStorage } from '../../testing/test-storage.ts';
import type { DeriveKey } from '../../vault/passphrase/derive-key.ts';
import { deriveFileKey, makeHead } from './file/file-head.ts';
import { Imports } from './imports.ts';

const kdf = { name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1, salt: 'c2FsdHNhbHRzYWx0c2FsdA==' } as const;
const passphrase = 'seven tulips behind the mill';

async function makeStart(): Promise<Buffer> {
  const { passphraseCheck } = await deriveFileKey(passphrase, kdf, quickly);
  return Buffer.concat([makeHead(kdf, passphraseCheck), Buffer.from('\n')]);
}

function setUp(deriveKey: DeriveKey): Imports {
  return new Imports({
    ...{ deriveKey, parts: [] },
    storage: startStorage(createMemoryFiles(), createTestKeyWrapper()),
    targets: { normalise: () => ({ kind: 'embedded' }) },
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
